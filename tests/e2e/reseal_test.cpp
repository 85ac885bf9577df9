// Somebody left a circle: what came before is sealed anew, so that the key that they kept opens nothing of the store any more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/journeys.hpp"
#include "tests/support/tone_audio.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

#ifdef RIGHTSLINE_TEST_POINTS
class SealingAnew : public testing::Test {
 protected:
    using Words = std::vector<std::string>;

    Ran run(Words words) const {
        words.insert(words.begin(), hotline.program());
        words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(words);
    }
    Ran reseal(Words more) const {
        more.insert(more.begin(), {"key", "reseal"});
        return run(std::move(more));
    }
    Ran show(const std::string& alias, const std::string& key, Words more = {}) const {
        more.insert(more.begin(), {"case", "show", alias, "--key", hotline.path(key)});
        return run(std::move(more));
    }
    void tell(const std::string& words, const std::string& command) const {
        const Ran told = run_command({"sh", "-c",
                                      "echo \"" + words + "\" | " + hotline.program() + " " + command +
                                          " --socket " + hotline.path("state/api.sock")});
        ASSERT_EQ(told.code, 0) << told.err;
    }
    std::string tasks(const std::string& key) const {
        return run({"case", "task", "list", spoken, "--key", hotline.path(key)}).out;
    }
    std::set<std::string> aliases() const {
        std::set<std::string> all;
        for (const boost::json::value& one : hotline.cases()) {
            all.emplace(one.as_object().at("alias").as_string());
        }
        return all;
    }
    /// A spoken report, a written one and a reply, all sealed to the first version.
    void fill() {
        TwilioCall call = hotline.call("+13055550181");
        call.dial();
        for (const char* key : {"2", "2", "2", "1"}) {
            call.press(key);
        }
        const std::string sid = fresh_sid("RE");
        call.record(sid, hotline.provider().keep(sid, sound), 12);
        ASSERT_TRUE(eventually([&] { return !hotline.provider().holds(sid); }))  // held, and so erased there
            << hotline.server().log();
        call.press("1");
        call.hang_up();
        ASSERT_TRUE(eventually([this] { return hotline.cases().size() == 1; }));
        spoken = *aliases().begin();
        report_by_text(hotline.phone("+13055550182"), "canary of the old key");
        std::set<std::string> both = aliases();
        both.erase(spoken);
        ASSERT_THAT(both, SizeIs(1));
        written = *both.begin();
        ASSERT_EQ(hotline.reply(spoken, "We heard it.").code, 0);
        tell("a canary's note", "case note " + spoken);
        tell("a canary's task", "case task add " + spoken + " --in 2d");
    }
    void renew_circle() {
        const Ran made =
            run_command({hotline.program(), "key", "renew-circle", "--keys-dir", hotline.path("keys"),
                         "--circle", "fair-food", "--out", hotline.path("second.key")});
        ASSERT_EQ(made.code, 0) << made.err;
        restart();
    }
    void restart() {
        hotline.server().kill();
        hotline.server().start();
    }

    // The server dies in the second commit of what was sealed anew; the one after it has one left of each.
    Hotline hotline{{.environment = {"RL_TEST_POINT=before_resealing:2"}}};
    const std::string sound = little_wav(4711, 3000);
    std::string spoken;
    std::string written;
};

TEST_F(SealingAnew, AfterItTheOldKeyOpensNothingThoughItWasKilledOnTheWay) {
    fill();
    renew_circle();
    const std::string old = hotline.path("circle.key");
    const std::string fresh = hotline.path("second.key");
    EXPECT_EQ(show(written, "circle.key").code, 0) << "or this shows nothing";
    EXPECT_THAT(tasks("circle.key"), HasSubstr("a canary's task"));

    const Ran dry = reseal({"--dry-run"});
    EXPECT_EQ(dry.code, 1);
    EXPECT_THAT(dry.out, HasSubstr(written + "  "));
    EXPECT_THAT(dry.out, HasSubstr("1 recording\n"));
    EXPECT_EQ(reseal({"--key", old}).code, 65) << "the newest is not there";
    EXPECT_EQ(hotline.append_only_bytes().find("sealed_anew"), std::string::npos);

    EXPECT_NE(reseal({"--key", old, "--key", fresh}).code, 0);
    restart();
    EXPECT_NE(hotline.append_only_bytes().find("sealed_anew"), std::string::npos)
        << "it was killed on the way";
    for (int tries = 0; tries < 3 && reseal({"--dry-run"}).code == 1; ++tries) {
        const Ran done = reseal({"--key", old, "--key", fresh});
        if (done.code != 0) {
            restart();  // it dies at every second commit
        }
    }
    EXPECT_EQ(reseal({"--dry-run"}).code, 0);
    const Ran again = reseal({"--key", old, "--key", fresh});
    EXPECT_EQ(again.code, 0) << again.err;

    EXPECT_THAT(show(written, "second.key").out, HasSubstr("canary of the old key"));
    EXPECT_THAT(show(spoken, "second.key").out, HasSubstr("We heard it."));
    EXPECT_THAT(show(spoken, "second.key").out, HasSubstr("a canary's note"));
    EXPECT_THAT(tasks("second.key"), HasSubstr("a canary's task"));
    EXPECT_EQ(tasks("circle.key").find("canary"), std::string::npos);
    for (const std::string& alias : {written, spoken}) {
        const Ran shut = show(alias, "circle.key");
        EXPECT_EQ(shut.code, 65);
        EXPECT_EQ(shut.out.find("canary"), std::string::npos);
        EXPECT_EQ(shut.out.find("We heard it."), std::string::npos);
    }
    const std::string folder = hotline.path("saved");
    EXPECT_EQ(show(spoken, "second.key", {"--recordings", folder}).code, 0);
    EXPECT_NE(show(spoken, "circle.key", {"--recordings", hotline.path("none")}).code, 0);
    EXPECT_EQ(run({"fsck"}).code, 0);
    EXPECT_EQ(run({"audit", "verify"}).code, 0);
}
#endif

}  // namespace
}  // namespace rightsline::tests
