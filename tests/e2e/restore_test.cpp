// The drill: a machine that took reports is gone, and comes back from its backup.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <thread>
#include <utility>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

constexpr const char* roster =
    "people:\n  maria: {phone: \"+15005550101\", media: [sms]}\norder: [maria]\nstep_seconds: 600\n";

class Drill : public testing::Test {
 protected:
    using Words = std::vector<std::string>;

    Ran run(Words words, const std::string& bug = "") const {
        words.insert(words.begin(), hotline.program());
        if (!bug.empty()) {
            words.insert(words.begin(), {"env", "RL_SEEDED_BUG=" + bug});
        }
        return run_command(words);
    }
    std::string socket() const { return hotline.path("state/api.sock"); }
    Ran restore(const std::string& from, const std::string& bug = "") const {
        return run({"restore", "--from", from, "--key", hotline.path("backup.key"), "--config",
                    hotline.path("rightsline.yaml")},
                   bug);
    }
    void make_key() {
        twilio.behave(R"({"chances": [{"do": "503", "chance": 1.0}]})");  // until the backup is made
        const Ran made = run(
            {"key", "init-backup", "--keys-dir", hotline.path("keys"), "--out", hotline.path("backup.key")});
        ASSERT_EQ(made.code, 0) << made.err;
    }
    std::string back_up() const {
        const Ran made = run({"backup", "--to", hotline.path("."), "--socket", socket()});
        EXPECT_EQ(made.code, 0) << made.err;
        return made.out.substr(0, made.out.find('\n'));
    }
    /// An alert waits because Twilio has no time; after the backup it leaves, and then the machine is gone.
    void lose_everything(std::string& backup, std::size_t messages) {
        hotline.phone("+13055550160").text("help me they have my passport");
        ASSERT_TRUE(eventually([&] { return std::cmp_equal(waiting(), messages); })) << said_last;
        std::jthread load([this](const std::stop_token& stop) {
            for (int i = 0; !stop.stop_requested(); ++i) {
                hotline.phone("+1305555" + std::to_string(1000 + i)).text("hola");
            }
        });
        backup = back_up();
        load.request_stop();
        load.join();
        twilio.behave(R"({"chances": []})");
        ASSERT_TRUE(eventually([&] { return twilio.accepted().size() == messages; }, 60s));
        hotline.server().kill();
        fs::remove_all(hotline.path("state"));
    }
    std::int64_t waiting() const {
        const Ran asked = run({"outbox", "--socket", socket(), "--json"});
        said_last = asked.err;
        if (asked.out.empty()) {
            return -1;  // told to ask again: it is shed first when the machine is slow
        }
        const boost::json::value outbox = boost::json::parse(asked.out);
        std::int64_t all = 0;
        for (const boost::json::value& line : outbox.at("lines").as_array()) {
            all += line.at("waiting").at("alert").to_number<std::int64_t>();
        }
        return all;
    }
    std::string ledger() const {
        std::string all;
        for (const emulator::Entry& one : twilio.accepted()) {
            all += std::to_string(one.at.time_since_epoch().count()) + " " + one.status_url + "\n";
        }
        return all;
    }
    /// Of the message that was accepted most often.
    int copies() const {
        std::map<std::string, int> times;
        int most = 0;
        for (const emulator::Entry& entry : twilio.accepted()) {
            most = std::max(most, ++times[entry.status_url]);  // which names the message
        }
        return most;
    }

    mutable std::string said_last;
    std::uint16_t port = free_port();
    Hotline hotline{
        {.own_clock = true, .roster = roster, .api_base = "http://127.0.0.1:" + std::to_string(port)}};
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
};

TEST_F(Drill, EverythingComesBackAndNothingIsSentTwice) {
    make_key();
    const std::string code = report_by_text(hotline.phone("+13055550161"), "me deben dos semanas");
    const TwilioPhone teller = hotline.phone("+13055550162");
    for (const std::string& words : spanish_to_story) {
        teller.text(words);
    }
    teller.text("no nos dan agua");
    std::string backup;
    lose_everything(backup, 2);  // of the report as well
    ASSERT_FALSE(HasFatalFailure());

    const Ran restored = restore(backup);
    ASSERT_EQ(restored.code, 0) << restored.err;
    EXPECT_THAT(restored.err, HasSubstr("due then and may have left since"));
    EXPECT_EQ(restored.err.find("5550"), std::string::npos);
    hotline.server().start();

    const boost::json::array cases = hotline.cases();
    ASSERT_EQ(cases.size(), 2U);
    const std::string alias(cases.back().as_object().at("alias").as_string());
    EXPECT_THAT(told(hotline.show(alias)), Contains(Pair("story", "me deben dos semanas")));
    const TwilioPhone other = hotline.phone("+13055550163");
    other.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, other, code),
                HasSubstr(hotline.words("program.statuses.received", "en")));
    const Ran checked = run({"fsck", "--socket", socket()});
    EXPECT_EQ(checked.code, 0) << checked.out << checked.err;
    EXPECT_FALSE(eventually([&] { return copies() != 1; }, 4s)) << "sent again, though Twilio's list has it\n"
                                                                << ledger() << hotline.server().log();
    EXPECT_EQ(run({"outbox", "--socket", socket()}).code, 0);

    hotline.move_clock(3h);  // what was being told is filed by silence, once
    EXPECT_TRUE(eventually([&] { return hotline.cases().size() == 3; }, 20s));
    EXPECT_FALSE(eventually([&] { return hotline.cases().size() > 3; }, 3s));
}

TEST_F(Drill, IsRefusedWhereThereIsAStoreAndChangesNothing) {
    make_key();
    report_by_text(hotline.phone("+13055550164"), "algo");
    const std::string backup = back_up();
    const Ran live = restore(backup);
    EXPECT_EQ(live.code, 75) << live.err;
    hotline.server().stop();
    const Ran full = restore(backup);
    EXPECT_EQ(full.code, 75) << full.err;
    EXPECT_THAT(full.err, HasSubstr("mv "));
    hotline.server().start();
    EXPECT_EQ(hotline.cases().size(), 1U);
}

TEST_F(Drill, ABackupHoldsNoKeyAndNothingInClear) {
    make_key();
    report_by_text(hotline.phone("+13055550165"), "canario azul");
    const std::string kept = back_up();
    EXPECT_THAT(kept, testing::EndsWith(".backup"));
    const Ran again =
        run({"key", "init-backup", "--keys-dir", hotline.path("keys"), "--out", hotline.path("other.key")});
    EXPECT_EQ(again.code, 1) << again.err;
    EXPECT_FALSE(fs::exists(hotline.path("other.key")));
    const Ran wrong = run({"restore", "--from", kept, "--key", hotline.path("circle.key"), "--state-dir",
                           hotline.path("elsewhere")});
    EXPECT_EQ(wrong.code, 65) << wrong.err;
    EXPECT_FALSE(fs::exists(hotline.path("elsewhere/redis/appendonlydir")));
    EXPECT_EQ(hotline.server().log().find("keeper"), std::string::npos);
}

#ifdef RIGHTSLINE_TEST_POINTS
// What the drill would miss if it could not see it: the mutant M19.
TEST_F(Drill, WithoutQuarantineTheSameMessageLeavesTwice) {
    make_key();
    std::string backup;
    lose_everything(backup, 1);
    ASSERT_FALSE(HasFatalFailure());
    const Ran restored = restore(backup, "restore_without_quarantine");
    ASSERT_EQ(restored.code, 0) << restored.err;
    hotline.server().start();
    EXPECT_TRUE(eventually([&] { return copies() == 2; }, 20s));
}
#endif

}  // namespace
}  // namespace rightsline::tests
