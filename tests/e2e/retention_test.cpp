// The end of a report: its time goes by and it is deleted, its month's key is destroyed, and then no copy of it opens: not the
// files of the store that somebody took, not a backup, each with every key that is left. Also when the server is killed on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "gateway/vault/epoch.hpp"
#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

constexpr auto day = std::chrono::seconds(24h);
constexpr const char* canary = "canary under the third tree";

class EndOfAReport : public testing::Test {
 protected:
    explicit EndOfAReport(std::vector<std::string> environment = {})
        : hotline{{.own_clock = true, .environment = std::move(environment)}} {}

    /// The exit code and all that it said.
    Ran run(std::vector<std::string> words) const {
        words.insert(words.begin(), hotline.program());
        words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(words);
    }
    /// The alias of the new case; those of one hour stand in no order.
    std::string report(const std::string& number, const std::string& story) {
        const std::set<std::string> before = aliases();
        report_by_text(hotline.phone(number), story);
        for (const std::string& alias : aliases()) {
            if (!before.contains(alias)) {
                return alias;
            }
        }
        return "";
    }
    std::set<std::string> aliases() const {
        std::set<std::string> all;
        for (const boost::json::value& one : hotline.cases()) {
            all.emplace(one.as_object().at("alias").as_string());
        }
        return all;
    }
    void close(const std::string& alias) const {
        const Ran closed = run({"case", "status", alias, "closed"});
        ASSERT_EQ(closed.code, 0) << closed.err;
    }
    /// Time goes by while no server runs: one that sees its clock jump deletes nothing for ten minutes.
    void pass(std::chrono::seconds time) {
        hotline.server().kill();
        passed += time;
        hotline.move_clock(passed);
        hotline.server().start();
    }
    std::string month() const {
        const auto now = std::chrono::system_clock::now() + passed;
        return vault::to_text(vault::month_at(std::chrono::floor<std::chrono::seconds>(now)));
    }
    Ran destroy(const std::string& which, std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"key", "destroy-epoch", which});
        return run(more);
    }
    std::string back_up() const {
        const Ran made = run({"backup", "--to", hotline.path(".")});
        EXPECT_EQ(made.code, 0) << made.err;
        return made.out.substr(0, made.out.find('\n'));
    }
    void copy(const std::string& from,
              const std::string& to) const {  // with the sockets that a kill has left
        ASSERT_EQ(run_command({"cp", "-a", hotline.path(from), hotline.path(to)}).code, 0);
    }
    void lose_state() {
        hotline.server().kill();
        fs::remove_all(hotline.path("state"));
    }
    /// Nothing of it opens for somebody with the circle's private key, though the case is there.
    void expect_noise(const std::string& alias) const {
        ASSERT_THAT(hotline.cases(), Not(testing::IsEmpty())) << "or this shows nothing";
        const Ran shown = run({"case", "show", alias, "--key", hotline.path("circle.key")});
        EXPECT_THAT(shown.out, Not(HasSubstr("canary"))) << shown.err;
        EXPECT_THAT(shown.err, HasSubstr("the key of its month was destroyed"));
        const Ran checked = run({"fsck"});
        EXPECT_EQ(checked.code, 1);
        EXPECT_THAT(checked.out + checked.err, HasSubstr("month_gone"));
    }

    Hotline hotline;
    std::chrono::seconds passed{0};
};

TEST_F(EndOfAReport, OnceItsMonthIsDestroyedNoCopyOfAReportOpens) {
    const std::string its_month = month();
    const Ran made = run_command({hotline.program(), "key", "init-backup", "--keys-dir", hotline.path("keys"),
                                  "--out", hotline.path("backup.key")});
    ASSERT_EQ(made.code, 0) << made.err;
    const std::string alias = report("+13055550171", canary);
    ASSERT_THAT(told(hotline.show(alias)), Contains(Pair("story", canary)));
    close(alias);
    const std::string backup = back_up();
    hotline.server().kill();
    copy("state", "stolen");

    pass(366 * day);
    EXPECT_TRUE(eventually([this] { return hotline.cases().empty(); }, 30s)) << hotline.server().log();
    EXPECT_THAT(run({"case", "retention"}).err, HasSubstr("1 done"));
    EXPECT_EQ(run({"case", "show", alias, "--key", hotline.path("circle.key")}).code, 65);
    EXPECT_EQ(run({"fsck"}).code, 0);

    const Ran early = destroy(its_month);
    EXPECT_EQ(early.code, 1);
    EXPECT_THAT(early.out, HasSubstr("thirty days"));
    pass(31 * day);
    const Ran dry = destroy(its_month, {"--dry-run"});
    EXPECT_EQ(dry.code, 0) << dry.out << dry.err;
    EXPECT_THAT(run({"key", "destroy-epoch"}).out, Not(HasSubstr("destroyed")));
    const Ran destroyed = destroy(its_month);
    EXPECT_EQ(destroyed.code, 0) << destroyed.out << destroyed.err;
    EXPECT_THAT(run({"key", "destroy-epoch"}).out, HasSubstr(its_month + "  destroyed"));

    lose_state();
    copy("stolen", "state");
    hotline.move_clock(0s);  // the thief's machine has a clock of its own; so nothing is deleted for its age
    hotline.server().start();
    expect_noise(alias);

    lose_state();
    const Ran restored =
        run_command({hotline.program(), "restore", "--from", backup, "--key", hotline.path("backup.key"),
                     "--config", hotline.path("rightsline.yaml")});
    ASSERT_EQ(restored.code, 0) << restored.err;
    hotline.server().start();
    expect_noise(alias);
}

#ifdef RIGHTSLINE_TEST_POINTS
/// It dies at the second of each step; whoever goes on has one left.
class KilledAtTheEnd : public EndOfAReport {
 protected:
    KilledAtTheEnd()
        : EndOfAReport({"RL_TEST_POINT=before_shredding:2,before_moving:2,before_destroying:2"}) {}
    void comes_back() {
        hotline.server().kill();
        hotline.server().start();
    }
};

TEST_F(KilledAtTheEnd, RetentionGoesOnWhereItWasKilled) {
    close(report("+13055550172", "first"));
    close(report("+13055550173", "second"));
    pass(366 * day);
    EXPECT_NE(run({"case", "retention", "--now"}).code, 0) << "or it was killed before it was asked";
    comes_back();
    int code = run({"case", "retention", "--now"}).code;
    for (int tries = 0; tries < 2 && code != 0; ++tries) {  // the day's run and ours may have died together
        comes_back();
        code = run({"case", "retention", "--now"}).code;
    }
    EXPECT_EQ(code, 0);
    EXPECT_TRUE(hotline.cases().empty());
    EXPECT_EQ(run({"fsck"}).code, 0);
    const Ran verified = run({"audit", "verify"});
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
}

TEST_F(KilledAtTheEnd, MovingAndDestroyingGoOnWhereTheyWereKilled) {
    const std::string first_month = month();
    const std::vector<std::string> open{report("+13055550174", canary), report("+13055550175", canary)};
    pass(70 * day);
    EXPECT_NE(destroy(first_month, {"--move"}).code, 0);
    comes_back();
    const Ran moved = destroy(first_month, {"--move"});
    EXPECT_THAT(moved.out, HasSubstr("1 case was locked anew")) << moved.err;

    const std::string second_month =
        vault::to_text(*vault::parse_month(first_month) + std::chrono::months(1));
    EXPECT_EQ(destroy(second_month, {"--backups-gone"}).code, 0);
    EXPECT_NE(destroy(first_month, {"--backups-gone"}).code, 0);
    comes_back();
    EXPECT_THAT(run({"key", "destroy-epoch"}).out, Not(HasSubstr(first_month + "  destroyed")));
    EXPECT_EQ(destroy(first_month, {"--backups-gone"}).code, 0);
    for (const std::string& alias : open) {
        EXPECT_THAT(told(hotline.show(alias)), Contains(Pair("story", canary))) << "what is kept was moved";
    }
    EXPECT_EQ(run({"fsck"}).code, 0);
}
#endif

}  // namespace
}  // namespace rightsline::tests
