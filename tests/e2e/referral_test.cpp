// Two organisations and one report: nothing goes before its worker said yes, nothing is read before it is accepted, and a no
// ends it; on a server that is killed at every second step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/vault/circle.hpp"
#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

#ifdef RIGHTSLINE_TEST_POINTS
class Referring : public testing::Test {
 protected:
    using Words = std::vector<std::string>;

    Referring() {
        const vault::CirclePair theirs = vault::make_circle("lesotho-investigators", 1);
        write("keys/circles/lesotho-investigators.1.pub", theirs.public_file);
        write("their.key", theirs.private_file);
        write("their.pub", theirs.public_file);
        write("forged.pub", vault::make_circle("lesotho-investigators", 1).public_file);
        write("other.pub", vault::make_circle("lesotho-gbvh", 1).public_file);
        restart();  // it knows the key from its start on
    }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(hotline.path(name)) << bytes;
        fs::permissions(hotline.path(name), fs::perms::owner_read | fs::perms::owner_write);
    }
    void restart() {
        hotline.server().kill();
        hotline.server().start();
    }
    Ran once(Words words) const {
        words.insert(words.begin(), hotline.program());
        words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(words);
    }
    /// Until the server lives to answer it.
    Ran run(const Words& words) {
        Ran ran = once(words);
        for (int i = 0; i < 3 && ran.code == 69; ++i) {
            ++killed;
            restart();
            ran = once(words);
        }
        return ran;
    }
    Ran refer(const std::string& circle, Words more = {}) {
        Words words{"case",
                    "refer",
                    alias,
                    "--to",
                    "investigators",
                    "--circle",
                    hotline.path(circle),
                    "--key",
                    hotline.path("circle.key"),
                    "--as",
                    "maria"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    Ran answer(const std::string& what, Words more = {}) {
        Words words{"case", what, alias, "--program", side};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    Ran their_show() {
        return run({"case", "show", alias, "--program", side, "--key", hotline.path("their.key")});
    }
    /// With the code, to what its worker agreed to.
    std::string change_of_mind(const Words& steps) {
        const TwilioPhone other = hotline.phone("+2665000001" + std::to_string(phones++));
        other.texts({"hi", "english", "2", "3"});
        std::string heard = open_by_text(hotline, other, code);
        heard += other.texts(steps);
        return heard;
    }

    static constexpr const char* side = "lesotho-gbvh/investigators";
    Hotline hotline{{.roster = "people:\n  maria: {phone: \"+26650000009\"}\norder: [maria]\n",
                     .environment = {"RL_TEST_POINT=before_referring:2"},
                     .program = "lesotho-gbvh"}};
    std::string alias;
    std::string code;
    int killed = 0;
    int phones = 0;
};

TEST_F(Referring, NothingGoesWithoutAYesNothingIsReadBeforeItIsAcceptedAndANoEndsIt) {
    const TwilioPhone phone = hotline.phone("+26650000001");
    phone.texts({"hi", "english", "2", "2", "1"});
    code = code_in(phone.texts({"canary of the sewing hall", "1", "1", "2", "0", "0", "1", "1"}));
    ASSERT_EQ(code.size(), 12U);
    ASSERT_EQ(hotline.cases().size(), 1U);
    alias = hotline.cases().at(0).as_object().at("alias").as_string();

    const Ran missing = refer("their.pub");
    EXPECT_EQ(missing.code, 1);
    EXPECT_THAT(missing.err, HasSubstr("has not agreed that this goes to the investigators"));
    EXPECT_EQ(run({"case", "status", alias, "referred", "--as", "maria"}).code, 1) << "it would not be true";

    change_of_mind({"5", "4", "1"});
    EXPECT_EQ(refer("forged.pub").code, 65)
        << "whatever key the server names, theirs is the one that they gave";
    EXPECT_THAT(refer("other.pub").err, HasSubstr("is sealed to lesotho-investigators. Name theirs"));
    const Ran offered = refer("their.pub");
    EXPECT_EQ(offered.code, 0) << offered.err;
    const Ran waits = run({"case", "referrals", "--program", side});
    EXPECT_THAT(waits.out, HasSubstr(alias + "  P3  offered  investigate"));
    EXPECT_EQ(their_show().code, 65) << "not before they accept";
    EXPECT_EQ(answer("decline", {"--reason", "capacity"}).code, 0);
    EXPECT_EQ(answer("accept").code, 65) << "it is not with them any more";

    const Ran again = refer("their.pub");
    EXPECT_EQ(again.code, 0) << again.err;
    const Ran accepted = answer("accept");
    EXPECT_EQ(accepted.code, 0) << accepted.err;
    EXPECT_THAT(accepted.err, HasSubstr(hotline.words("program.statuses.referred", "en")));
    const Ran shown = their_show();
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("canary of the sewing hall"));
    const Ran wrong = run({"case", "show", alias, "--program", side, "--key", hotline.path("circle.key")});
    EXPECT_EQ(wrong.code, 65) << "each has a key of its own";
    EXPECT_THAT(wrong.out, Not(HasSubstr("canary")));
    EXPECT_THAT(run({"case", "show", alias, "--key", hotline.path("circle.key")}).out, HasSubstr("canary"));

    EXPECT_THAT(change_of_mind({"2", "canary of the second shift", "1"}),
                HasSubstr(hotline.words("program.statuses.referred", "en")));
    EXPECT_THAT(their_show().out, Not(HasSubstr("second shift")));
    EXPECT_EQ(refer("their.pub", {"--more"}).code, 0);
    EXPECT_THAT(their_show().out, HasSubstr("canary of the second shift"));
    EXPECT_EQ(run({"fsck"}).code, 0) << "with copies for two circles";

    change_of_mind({"5", "3"});
    EXPECT_EQ(their_show().code, 65);
    EXPECT_EQ(refer("their.pub", {"--more"}).code, 1);
    EXPECT_THAT(run({"case", "consents", alias}).out, HasSubstr("went to investigators (investigator)"));
    const Ran log = run({"case", "log", alias});
    for (const char* said :
         {"maria offered it to investigators: investigate", "declined it for investigators: capacity",
          "accepted it for investigators", "passed what its worker told since to investigators",
          "took a yes back: investigator"}) {
        EXPECT_THAT(log.out, HasSubstr(said));
    }
    EXPECT_EQ(run({"fsck"}).code, 0);
    EXPECT_EQ(run({"audit", "verify"}).code, 0);
    EXPECT_GE(killed, 2) << "or this shows less than it says";
    EXPECT_EQ(hotline.everything_kept().find("canary"), std::string::npos);
}
#endif

}  // namespace
}  // namespace rightsline::tests
