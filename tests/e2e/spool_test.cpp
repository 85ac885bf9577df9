// While the store is gone: what workers send is kept on the disk, and goes the way of every text afterwards. What came in
// while the server itself was gone is asked of the phone company.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Parts = std::vector<std::pair<std::string, std::string>>;

constexpr const char* line = "+15005550006";
const std::vector<std::string> english_to_story{"hi", "1", "2", "2", "1"};

class StoreGone : public testing::Test {
 protected:
    /// Redis dies and cannot come back: where its configuration belongs there is none.
    void lose_store() {
        std::filesystem::rename(configuration, configuration + ".away");
        std::ifstream children("/proc/" + std::to_string(hotline.server().pid()) + "/task/" +
                               std::to_string(hotline.server().pid()) + "/children");
        for (int child = 0; children >> child;) {
            ::kill(child, SIGKILL);
        }
    }
    void bring_store_back() { std::filesystem::rename(configuration + ".away", configuration); }
    void restart_after_kill() {
        hotline.server().kill();
        std::filesystem::remove(configuration + ".away");
        hotline.server().start();
    }
    bool drained() const {
        return eventually([&] { return hotline.metric("rightsline_spool_waiting") == 0; }, 20s);
    }
    /// What was sent to a phone, in order.
    std::vector<std::string> sent_to(const std::string& number) const {
        std::vector<std::string> all;
        for (const emulator::Entry& entry : twilio.accepted()) {
            if (entry.to == number && !entry.call) {
                all.push_back(twilio.words_of(entry.sid));
            }
        }
        return all;
    }
    /// Half an hour of silence files what was told.
    void pass_half_an_hour() { hotline.move_clock(moved += 31min); }
    testing::AssertionResult cases(std::size_t wanted) const {
        return eventually([&] { return hotline.cases().size() == wanted; }, 10s)
                   ? testing::AssertionSuccess()
                   : testing::AssertionFailure() << hotline.cases().size() << " cases";
    }
    std::vector<Parts> all_told() const {
        std::vector<Parts> all;
        for (const auto& one : hotline.cases()) {
            all.push_back(told(hotline.show(std::string(one.as_object().at("alias").as_string()))));
        }
        return all;
    }
    std::string words(const char* key) const { return hotline.words(std::string("common.") + key, "en"); }

    std::uint16_t port = free_port();
    Hotline hotline{{.own_clock = true, .api_base = "http://127.0.0.1:" + std::to_string(port)}};
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
    std::string configuration = hotline.path("state/redis/redis.conf");
    std::chrono::seconds moved{0};
};

TEST_F(StoreGone, TextsAreKeptOverAKillAndTakenOnceInOrder) {
    const TwilioPhone one = hotline.phone("+13055550191");
    const TwilioPhone other = hotline.phone("+13055550192");
    one.texts(english_to_story);
    lose_store();
    const std::string arrived = words("arrived").substr(0, 20);
    EXPECT_THAT(message(one.text("They cut our pay")), HasSubstr(arrived));
    EXPECT_THAT(message(one.text("Every week since May")), HasSubstr(arrived));
    const Fields again = other.form("The boss takes our passports and our money", fresh_sid("SM"));
    EXPECT_THAT(message(other.deliver(again)), HasSubstr(arrived));
    EXPECT_THAT(message(other.deliver(again)), HasSubstr(arrived)) << "a provider may say it twice";
    restart_after_kill();
    EXPECT_TRUE(drained());
    EXPECT_EQ(hotline.metric("rightsline_spool_damaged_total"), 0);
    EXPECT_TRUE(eventually([&] {
        return sent_to(one.number()).size() == 2 && sent_to(other.number()).size() == 1;
    })) << sent_to(one.number()).size()
        << " " << sent_to(other.number()).size();
    other.deliver(again);  // and once more, late
    pass_half_an_hour();
    ASSERT_TRUE(cases(2));
    EXPECT_THAT(
        all_told(),
        testing::UnorderedElementsAre(
            ElementsAre(std::pair("story", "They cut our pay"), std::pair("story", "Every week since May")),
            ElementsAre(std::pair("story", "The boss takes our passports and our money"))));
    EXPECT_EQ(sent_to(other.number()).size(), 1U) << "answered once";
}

TEST_F(StoreGone, StopActsBeforeAnythingIsSent) {
    const TwilioPhone phone = hotline.phone("+13055550193");
    phone.texts(english_to_story);
    lose_store();
    phone.text("They cut our pay and shout at us");
    EXPECT_TRUE(messages(phone.text("STOP")).empty()) << "the carrier answers it";
    bring_store_back();
    EXPECT_TRUE(drained());
    ASSERT_TRUE(cases(1)) << "what was told is filed";
    EXPECT_FALSE(eventually([&] { return !sent_to(phone.number()).empty(); }, 3s));
}

TEST_F(StoreGone, AnAnswerThatCameLateAnswersNoLaterQuestion) {
    const TwilioPhone phone = hotline.phone("+13055550194");
    phone.texts({"hi", "1", "2", "2"});  // what is it about?
    lose_store();
    phone.text("1");  // pay: an answer to what they read
    phone.text("1");  // impatient
    bring_store_back();
    EXPECT_TRUE(drained());
    EXPECT_TRUE(eventually([&] { return sent_to(phone.number()).size() == 2; }, 10s));
    EXPECT_THAT(sent_to(phone.number()), testing::Each(HasSubstr("Tell us what happened")));
    EXPECT_THAT(message(phone.text("they cut our pay")), HasSubstr(words("story_more").substr(0, 9)));
}

TEST_F(StoreGone, ACallerLeavesAMessageThatIsFetchedAfterwards) {
    lose_store();
    TwilioCall call = hotline.call("+13055550195");
    call.dial();
    call.redirect();
    call.redirect();
    ASSERT_EQ(call.now().all("Record").size(), 1U) << "after two moments there is the tone";
    const std::string sid = "RE0123456789abcdef0123456789abcdef";
    twilio.keep_recording(sid, "RIFF....WAVEfmt ");
    call.record(sid, "", 12);
    EXPECT_EQ(call.now().all("Hangup").size(), 1U);
    bring_store_back();
    EXPECT_TRUE(drained());
    hotline.move_clock(moved += 3min);  // a turn would have taken it by then
    ASSERT_TRUE(cases(1));
}

TEST_F(StoreGone, WhatNobodyHeardIsAskedForAfterTheStartAndTakenOnce) {
    const auto logged = [&](const std::string& event, std::size_t times) {
        return eventually(
            [&] {
                std::size_t found = 0;
                const std::string log = hotline.server().log();
                for (std::size_t at = log.find(event); at != std::string::npos;
                     at = log.find(event, at + 1)) {
                    ++found;
                }
                return found >= times;
            },
            15s);
    };
    ASSERT_TRUE(logged("pull_begins", 4))
        << "the first time it only begins to remember";  // two lines, two accounts
    hotline.server().stop();
    twilio.miss_text("+13055550196", line, "They took our passports and our pay", 60s);
    hotline.server().start();
    EXPECT_TRUE(logged("pulled_texts", 1)) << hotline.server().log();
    EXPECT_TRUE(eventually([&] { return sent_to("+13055550196").size() == 1; }));
    hotline.server().stop();
    hotline.server().start();
    EXPECT_TRUE(logged("pulled_texts", 2));
    pass_half_an_hour();
    ASSERT_TRUE(cases(1));
    EXPECT_THAT(all_told(),
                ElementsAre(ElementsAre(std::pair("story", "They took our passports and our pay"))));
    EXPECT_EQ(sent_to("+13055550196").size(), 1U);
}

TEST_F(StoreGone, WhatNobodyHeardIsTakenOldestFirstOverAllPagesOfTheList) {
    ASSERT_TRUE(
        eventually([&] { return hotline.server().log().find("pull_begins") != std::string::npos; }, 15s));
    hotline.server().stop();
    twilio.miss_text("+13055550196", line, "They took our passports and our pay", 180s);
    for (int other = 0; other < 210; ++other) {  // a page has 200
        twilio.miss_text("+1305556" + std::to_string(1000 + other), line, "hi", 120s);
    }
    twilio.miss_text("+13055550196", line, "And the rooms have no water", 60s);
    hotline.server().start();
    ASSERT_TRUE(
        eventually([&] { return hotline.server().log().find("pulled_texts") != std::string::npos; }, 60s));
    pass_half_an_hour();
    ASSERT_TRUE(cases(1));
    EXPECT_THAT(all_told(), ElementsAre(ElementsAre(std::pair("story", "They took our passports and our pay"),
                                                    std::pair("story", "And the rooms have no water"))));
}

TEST_F(StoreGone, WhatNobodyHeardWhileTheClockWasAheadIsAskedForWhenItIsBack) {
    const auto logged = [&](const std::string& event) {
        return eventually([&] { return hotline.server().log().find(event) != std::string::npos; }, 15s);
    };
    ASSERT_TRUE(logged("pull_begins"));
    hotline.server().stop();
    hotline.move_clock(72h);
    hotline.server().start();
    ASSERT_TRUE(logged("pulled_texts")) << "until a time that has not come";
    hotline.server().stop();
    hotline.move_clock(0s);
    twilio.miss_text("+13055550196", line, "They took our passports and our pay", 60s);
    hotline.server().start();
    EXPECT_TRUE(eventually([&] { return sent_to("+13055550196").size() == 1; }, 15s))
        << hotline.server().log();
}

}  // namespace
}  // namespace rightsline::tests
