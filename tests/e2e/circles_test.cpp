// A program whose reports of force are for fewer people: who has the ordinary circle's key sees that one is there, and reads
// nothing of it, takes nothing of it out and moves nothing of it; each circle is renewed and sealed anew by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/journeys.hpp"
#include "tests/support/tone_audio.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* force = "packing-shed-force";

class SmallerCircle : public testing::Test {
 protected:
    using Words = std::vector<std::string>;

    void SetUp() override {
        const std::string file = hotline.flows_folder() + "/program.yaml";
        std::ifstream in(file);
        std::string program{std::istreambuf_iterator<char>(in), {}};
        const std::string family = "violence or force\", urgency: P1";
        ASSERT_NE(program.find(family), std::string::npos);
        program.insert(program.find(family) + family.size(), std::string(", circle: ") + force);
        program.insert(program.find("\nfamilies:") + 1, std::string("circles: [") + force + "]\n");
        std::ofstream(file) << program;
        without_key = command({"check", "--config", hotline.path("rightsline.yaml")});
        make_key("init", "force.key");
        restart();
    }
    void make_key(const char* how, const std::string& out) const {
        const Ran made = command(
            {"key", how, "--keys-dir", hotline.path("keys"), "--circle", force, "--out", hotline.path(out)});
        ASSERT_EQ(made.code, 0) << made.err;
    }
    void restart() {
        hotline.server().kill();
        hotline.server().start();
    }
    Ran command(Words words) const {
        words.insert(words.begin(), hotline.program());
        return run_command(words);
    }
    Ran run(Words words) const {
        words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
        return command(std::move(words));
    }
    Ran show(const std::string& alias, const std::string& key, Words more = {}) const {
        more.insert(more.begin(), {"case", "show", alias, "--key", hotline.path(key)});
        return run(std::move(more));
    }
    void tell(const std::string& words, const std::string& what) const {
        const Ran told = run_command({"sh", "-c",
                                      "echo \"" + words + "\" | " + hotline.program() + " " + what +
                                          " --socket " + hotline.path("state/api.sock")});
        ASSERT_EQ(told.code, 0) << told.err;
    }
    /// A whole report about what has that number in the menu; its code.
    std::string report(const std::string& number, const std::string& about, const std::string& story) const {
        const TwilioPhone phone = hotline.phone(number);
        phone.texts({"hola", "2", "2", "2", about});
        return code_in(phone.texts({story, "1", "1", "0", "0", "0", "0", "1"}));
    }
    /// The alias of the one report that is sealed to that circle.
    std::string alias_of(const std::string& circle) const {
        std::string found;
        for (const boost::json::value& one : hotline.cases()) {
            if (one.at("circle").as_string() == circle) {
                EXPECT_EQ(found, "") << "more than one";
                found = one.at("alias").as_string();
            }
        }
        EXPECT_NE(found, "") << circle;
        return found;
    }

    Hotline hotline{{.own_program = true}};
    Ran without_key;
};

TEST_F(SmallerCircle, IsNamedByCheckWhileItHasNoKey) {
    EXPECT_EQ(without_key.code, 1);
    EXPECT_THAT(without_key.out + without_key.err, HasSubstr(std::string("key new-circle ") + force));
    EXPECT_EQ(command({"check", "--config", hotline.path("rightsline.yaml")}).code, 0);
}

TEST_F(SmallerCircle, AScriptIsNotReadAnewWithACircleWhoseKeyTheServerDidNotBeginWith) {
    const std::string file = hotline.flows_folder() + "/program.yaml";
    std::ifstream in(file);
    std::string program{std::istreambuf_iterator<char>(in), {}};
    program.replace(program.find("circles: ["), 10, "circles: [no-key-yet, ");
    std::ofstream(file) << program;
    hotline.server().hang_up();
    ASSERT_TRUE(eventually(
        [&] { return hotline.server().log().find("reload_refused_keeping_pack") != std::string::npos; }));
    EXPECT_THAT(hotline.server().log(), HasSubstr("key new-circle no-key-yet"));
    hotline.phone("+13055550190").text("help me they have my passport");
    EXPECT_THAT(show(alias_of(force), "force.key").out, HasSubstr("they have my passport"));
}

TEST_F(SmallerCircle, WhoHasTheOrdinaryKeyAloneReadsNothingOfIt) {
    const std::string code = report("+13055550191", "3", "canary of the packing shed");
    report("+13055550192", "1", "me deben dos semanas");
    const std::string shut = alias_of(force);
    const std::string open = alias_of("");
    ASSERT_EQ(hotline.reply(shut, "A canary's answer.").code, 0);
    tell("a canary's note", "case note " + shut);
    tell("a canary's task", "case task add " + shut + " --in 2d");
    const TwilioPhone again = hotline.phone("+13055550193");
    again.texts({"hola", "2", "2", "3"});
    open_by_text(hotline, again, code);
    again.texts({"1", "another canary", "1"});

    const Ran theirs = show(shut, "circle.key");
    EXPECT_EQ(theirs.code, 65);
    EXPECT_THAT(theirs.out, HasSubstr(shut)) << "that it is there everybody of the team sees";
    EXPECT_THAT(theirs.err, HasSubstr(std::string("sealed to the circle ") + force));
    const std::string task = run({"case", "task", "list", shut, "--key", hotline.path("circle.key")}).out;
    const Ran taken = run({"case", "export", shut, "--for", "investigator", "--to", hotline.path("taken.txt"),
                           "--key", hotline.path("circle.key")});
    EXPECT_EQ(taken.code, 65) << taken.err;
    EXPECT_FALSE(fs::exists(hotline.path("taken.txt")));
    for (const std::string& said : {theirs.out, theirs.err, task, taken.out, taken.err}) {
        EXPECT_THAT(said, Not(HasSubstr("canary")));
    }
    EXPECT_THAT(show(open, "circle.key").out, HasSubstr("me deben dos semanas"));

    const std::string read = show(shut, "force.key").out;
    for (const char* words :
         {"canary of the packing shed", "A canary's answer.", "a canary's note", "a canary's task"}) {
        EXPECT_THAT(read, HasSubstr(words));
    }
    EXPECT_THAT(read, HasSubstr("another canary")) << "what its worker adds goes where the report is";
    EXPECT_EQ(show(open, "force.key").code, 65) << "the smaller circle is no larger one's";
    EXPECT_EQ(run({"fsck"}).code, 0);
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("canary")));
}

TEST_F(SmallerCircle, GetsWhatNobodyKnowsYetAndASpokenReportWithItsRecording) {
    hotline.phone("+13055550194").text("help me they have my passport");
    const std::string danger = alias_of(force);
    EXPECT_EQ(show(danger, "circle.key").code, 65);
    EXPECT_THAT(show(danger, "force.key").out, HasSubstr("they have my passport"));

    TwilioCall call = hotline.call("+13055550195");
    call.dial();
    for (const char* key : {"2", "2", "2", "3"}) {
        call.press(key);
    }
    const std::string sid = fresh_sid("RE");
    call.record(sid, hotline.provider().keep(sid, little_wav(4711, 3000)), 12);
    ASSERT_TRUE(eventually([&] { return !hotline.provider().holds(sid); })) << hotline.server().log();
    call.press("1");
    call.hang_up();
    std::string spoken;
    ASSERT_TRUE(eventually([&] {
        for (const boost::json::value& one : hotline.cases()) {
            spoken =
                one.at("mode").as_string() == "voice" ? std::string(one.at("alias").as_string()) : spoken;
        }
        return !spoken.empty();
    }));
    EXPECT_NE(show(spoken, "circle.key", {"--recordings", hotline.path("none")}).code, 0);
    EXPECT_TRUE(!fs::exists(hotline.path("none")) || fs::is_empty(hotline.path("none")));
    EXPECT_EQ(show(spoken, "force.key", {"--recordings", hotline.path("saved")}).code, 0);
    EXPECT_FALSE(fs::is_empty(hotline.path("saved")));
}

TEST_F(SmallerCircle, IsRenewedAndSealedAnewByItselfAndTheOtherStays) {
    const std::string code = report("+13055550196", "3", "canary of the packing shed");
    report("+13055550197", "1", "me deben dos semanas");
    const std::string shut = alias_of(force);
    make_key("renew-circle", "force2.key");
    const Ran early =
        run({"key", "reseal", "--key", hotline.path("force.key"), "--key", hotline.path("force2.key")});
    EXPECT_EQ(early.code, 65) << "the server does not know of it yet, and nothing is done that only looks so";
    EXPECT_THAT(early.err, HasSubstr("restart the server"));
    restart();
    const std::string second = std::string(force) + ".2";
    const Ran dry = run({"key", "reseal", "--dry-run"});
    EXPECT_EQ(dry.code, 1);
    EXPECT_THAT(dry.out, HasSubstr(shut + "  " + second));
    EXPECT_THAT(dry.out, Not(HasSubstr("fair-food.")));
    const Ran others = run({"key", "reseal", "--key", hotline.path("circle.key")});
    EXPECT_EQ(others.code, 65);
    EXPECT_THAT(others.err, HasSubstr(second));
    EXPECT_EQ(show(shut, "force.key").code, 0) << "nobody touched it";

    const Ran done =
        run({"key", "reseal", "--key", hotline.path("force.key"), "--key", hotline.path("force2.key")});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(run({"key", "reseal", "--dry-run"}).code, 0);
    EXPECT_EQ(show(shut, "force.key").code, 65);
    EXPECT_THAT(show(shut, "force2.key").out, HasSubstr("canary of the packing shed"));
    EXPECT_THAT(show(alias_of(""), "circle.key").out, HasSubstr("me deben dos semanas"));
    EXPECT_EQ(run({"fsck"}).code, 0);
    EXPECT_EQ(run({"audit", "verify"}).code, 0);
}

TEST_F(SmallerCircle, IsWhereItsReportsAreAfterTheBackupComesBack) {
    report("+13055550198", "3", "canary of the packing shed");
    ASSERT_EQ(command({"key", "init-backup", "--keys-dir", hotline.path("keys"), "--out",
                       hotline.path("backup.key")})
                  .code,
              0);
    const Ran made = run({"backup", "--to", hotline.path(".")});
    ASSERT_EQ(made.code, 0) << made.err;
    hotline.server().kill();
    fs::remove_all(hotline.path("state"));
    const Ran back = command({"restore", "--from", made.out.substr(0, made.out.find('\n')), "--key",
                              hotline.path("backup.key"), "--config", hotline.path("rightsline.yaml")});
    ASSERT_EQ(back.code, 0) << back.err;
    hotline.server().start();
    const std::string shut = alias_of(force);
    EXPECT_EQ(show(shut, "circle.key").code, 65);
    EXPECT_THAT(show(shut, "force.key").out, HasSubstr("canary of the packing shed"));
}

}  // namespace
}  // namespace rightsline::tests
