// Two servers on one store: each serves any worker's next text, and either may end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <thread>

#include "tests/e2e/journeys.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* worker = "+13055550191";

class TwoServers : public testing::Test {
 protected:
    static HotlineWishes on(const RedisServer& store) {
        HotlineWishes wishes;
        wishes.redis = store.url();
        return wishes;
    }
    /// The first one's configuration with addresses and a folder of its own.
    ServerProcess::Setup second() {
        std::ifstream in(one.path("rightsline.yaml"));
        std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const std::string hooks = std::to_string(one.twilio().port);
        text.replace(text.find(hooks), hooks.size(), std::to_string(there.port));
        text = std::regex_replace(text, std::regex("ops: \"127.0.0.1:[0-9]+"),
                                  "ops: \"127.0.0.1:" + std::to_string(ops));
        text = std::regex_replace(text, std::regex("state_dir: \\S+"), "state_dir: " + one.path("other"));
        std::ofstream(one.path("second.yaml")) << text;
        return {one.program(), one.path("second.yaml"), one.path("second.log"), ops, {}};
    }
    /// The answer to one text. On a machine that is busy elsewhere the store may be too slow: then the very same text comes
    /// again, as a provider repeats it.
    std::string said(const TwilioPhone& phone, const std::string& words) const {
        const Fields form = phone.form(words, fresh_sid("SM"));
        std::string answer;
        for (int tries = 0; tries < 5; ++tries) {
            answer = message(phone.deliver(form));
            const bool taken = answer.find(one.words("common.not_kept", "en")) == std::string::npos &&
                               answer.find(one.words("common.not_sure", "en")) == std::string::npos;
            if (taken) {
                break;
            }
        }
        return answer;
    }
    void SetUp() override {
        there.port = free_port();
        two = std::make_unique<ServerProcess>(second());
        two->start();
    }

    RedisServer store;
    Hotline one{on(store)};
    TwilioAccount there = one.twilio();
    std::uint16_t ops = free_port();
    std::unique_ptr<ServerProcess> two;
};

TEST_F(TwoServers, ServeOneConversationInTurns) {
    const TwilioPhone phones[] = {one.phone(worker), {there, worker}};
    std::string last;
    int turn = 0;
    for (const char* words : {"hello", "1", "no", "2", "1", "they cut an hour every day", "1", "1"}) {
        last = said(phones[turn++ % 2], words);
    }
    EXPECT_THAT(last, HasSubstr("Your report is saved"));
    EXPECT_EQ(one.cases().size(), 1U);
}

TEST_F(TwoServers, AnEventThatReachesBothChangesThingsOnce) {
    const TwilioPhone here = one.phone(worker);
    const TwilioPhone other{there, worker};
    for (int round = 0; round < 10; ++round) {
        const Fields form = here.form("hello", "SM" + std::string(30, 'a') + std::to_string(10 + round));
        HttpReply second;
        std::thread beside([&] { second = other.deliver(form); });
        const HttpReply first = here.deliver(form);
        beside.join();
        EXPECT_EQ(first.status, 200);
        EXPECT_EQ(first.body, second.body) << "the one that was slower gives the stored answer";
    }
}

TEST_F(TwoServers, OneMayEndAndTheOtherGoesOnWithItsConversations) {
    const TwilioPhone other{there, worker};
    EXPECT_THAT(message(one.phone(worker).text("hello")), HasSubstr("Pick a language"));
    EXPECT_EQ(one.server().stop(), 0);
    EXPECT_THAT(message(other.text("1")), HasSubstr("danger"));
    EXPECT_EQ(two->stop(), 0);
}

}  // namespace
}  // namespace rightsline::tests
