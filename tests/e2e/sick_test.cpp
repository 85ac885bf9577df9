// When things are sick, from outside: the operator is told, the level is shown, clocks that disagree delete nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr const char* keeper = "+15005550109";
constexpr const char* worker = "+13055550191";

TEST(Sick, TheOperatorIsTextedOnceThatADiskIsNearlyFullAndWorkersAreServed) {
    const std::uint16_t port = free_port();
    HotlineWishes wishes;
    wishes.environment = {"RL_DISK_PERCENT=93"};
    wishes.more = std::string("operator: {numbers: [\"") + keeper + "\"]}\n";
    wishes.api_base = "http://127.0.0.1:" + std::to_string(port);
    const emulator::TwilioEmulator twilio(
        {Hotline::sid, Hotline::token, "https://hotline.example.org", "http://127.0.0.1:1"}, port);
    Hotline hotline(wishes);
    ASSERT_TRUE(eventually([&] { return !twilio.accepted().empty(); }));
    EXPECT_EQ(twilio.accepted()[0].to, keeper);
    EXPECT_THAT(twilio.words_of(twilio.accepted()[0].sid), HasSubstr("a disk is over 90 % full"));
    EXPECT_THAT(hotline.readiness(), HasSubstr("\"level\":1,\"reason\":\"disk\""));
    EXPECT_THAT(message(hotline.phone(worker).text("hello")), HasSubstr("Pick a language"));
    EXPECT_EQ(hotline.server().stop(), 0);
    hotline.server().start();  // another server of the same day: it is told no second time
    EXPECT_FALSE(eventually([&] { return twilio.accepted().size() > 1; }, 2s));
    EXPECT_THAT(hotline.server().log(), HasSubstr("disk_fills"));
    EXPECT_THAT(hotline.server().log(), Not(HasSubstr(keeper)));
}

/// Three hundred texts at the same moment, and a store that answers none of them for a second.
TEST(Sick, EverybodyIsAnsweredInTimeWhenAllComeAtOnceAndListsWait) {
    RedisServer store;
    HotlineWishes wishes;
    wishes.redis = store.url();
    wishes.limits = ", connections_per_peer: 0";
    Hotline hotline(wishes);
    std::atomic<int> answered = 0;
    std::atomic<int> late = 0;
    std::vector<std::thread> workers;
    store.freeze();
    for (int i = 0; i < 300; ++i) {
        workers.emplace_back([&, i] {
            const auto begun = std::chrono::steady_clock::now();
            try {
                const HttpReply reply = hotline.phone("+1305555" + std::to_string(1000 + i)).text("hello");
                answered += reply.status == 200 && !messages(reply).empty() ? 1 : 0;
            } catch (const std::runtime_error&) {
            }
            late += std::chrono::steady_clock::now() - begun > 5s ? 1 : 0;
        });
    }
    rest(700ms);
    const Ran list = run_command({hotline.program(), "outbox", "--socket", hotline.path("state/api.sock")});
    store.thaw();
    for (std::thread& one : workers) {
        one.join();
    }
    EXPECT_EQ(answered, 300);
    EXPECT_EQ(late, 0);
    EXPECT_EQ(list.code, 69);
    EXPECT_THAT(list.err, HasSubstr("busy with workers"));
    EXPECT_GE(hotline.metric("rightsline_shed_total"), 1);
    EXPECT_GE(hotline.metric("rightsline_admission_total{outcome=\"waited\"}"), 1) << "not all had a seat";
}

/// The store keeps the real clock, and the server's jumps two days ahead: then every pause would be a hang-up.
TEST(Sick, ClocksThatDisagreeAreNoticedAndNoTimerRunsUntilTheyAgree) {
    RedisServer store;
    HotlineWishes wishes;
    wishes.own_clock = true;
    wishes.redis = store.url();
    Hotline hotline(wishes);
    const TwilioPhone phone = hotline.phone(worker);
    phone.texts({"hello", "1", "no", "2", "1", "they cut an hour every day"});
    hotline.move_clock(48h);
    EXPECT_TRUE(eventually([&] { return hotline.metric("rightsline_clock_suspect") == 1; }, 15s));
    EXPECT_TRUE(eventually([&] {
        return hotline.readiness().find("\"level\":2,\"reason\":\"clocks_disagree\"") != std::string::npos;
    }));
    EXPECT_TRUE(hotline.cases().empty()) << "a pause was taken for a hang-up";
    EXPECT_THAT(hotline.server().log(), HasSubstr("clocks_disagree"));
    hotline.move_clock(0s);
    EXPECT_TRUE(
        eventually([&] { return hotline.readiness().find("\"level\":2") == std::string::npos; }, 30s));
    EXPECT_THAT(hotline.server().log(), HasSubstr("clocks_agree_again"));
}

/// What a person at the store would type.
std::string told(const RedisServer& store, std::vector<std::string> command) {
    command.insert(command.begin(), {"redis-cli", "-s", store.socket()});
    return run_command(command).out;
}

/// The texts that find no functions wait in the spool, and what waits there holds the timers back.
TEST(Sick, FunctionsThatWereFlushedAreBackAlthoughATextWaitsInTheSpool) {
    RedisServer store;
    HotlineWishes wishes;
    wishes.redis = store.url();
    Hotline hotline(wishes);
    const TwilioPhone phone = hotline.phone(worker);
    phone.text("hello");
    EXPECT_THAT(told(store, {"FUNCTION", "FLUSH"}), HasSubstr("OK"));
    phone.text("1");
    EXPECT_TRUE(eventually([&] { return hotline.metric("rightsline_spool_waiting") == 0; }, 20s));
    EXPECT_THAT(hotline.server().log(), HasSubstr("store_functions_gone"));
}

/// Written by a server whose clock was days ahead.
TEST(Sick, WhatWasPutOffByDaysIsPulledBack) {
    RedisServer store;
    const std::vector<std::string> schedules{"{fair-food}:pc:main", "{fair-food}:oq0:notices",
                                             "{fair-food}:oq1:+15005550006", "{fair-food}:at"};
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    for (const std::string& key : schedules) {
        told(store, {"ZADD", key, std::to_string((now + 72h).count()), "SM1"});
    }
    // A ladder rests for a quarter of an hour, a provider that has too much to do for minutes: not for hours.
    const std::string alerts_of_line = "{fair-food}:oq0:+15005550006";
    told(store, {"ZADD", "{fair-food}:at", std::to_string((now + 3h).count()), "hours"});
    told(store, {"ZADD", alerts_of_line, std::to_string((now + 3h).count()), "hours"});
    HotlineWishes wishes;
    wishes.redis = store.url();
    Hotline hotline(wishes);
    const std::string far = std::to_string((now + 71h).count());
    for (const std::string& key : schedules) {
        EXPECT_TRUE(eventually(
            [&] { return told(store, {"ZCOUNT", key, far, "(4503599627370496"}).starts_with("0"); }, 10s))
            << key;
    }
    const std::string hours = std::to_string((now + 2h).count());
    for (const std::string& key : {std::string("{fair-food}:at"), alerts_of_line}) {
        EXPECT_TRUE(eventually(
            [&] { return told(store, {"ZCOUNT", key, hours, "(4503599627370496"}).starts_with("0"); }, 10s))
            << key;
    }
    EXPECT_THAT(hotline.server().log(), HasSubstr("schedules_pulled_back"));
}

}  // namespace
}  // namespace rightsline::tests
