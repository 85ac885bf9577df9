#include "gateway/conversations/deeds.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class WithDeeds : public WithTurns {
 protected:
    static DeedContext about(std::string case_id = "aa") {
        DeedContext context;
        context.program = "fair-food";
        context.limit_id = "phone-1";
        context.case_id = std::move(case_id);
        context.budget = far();
        return context;
    }
    Deed perform(const char* action, DeedContext context, const std::string& secret = "") {
        flows::DoRequest request;
        request.action = action;
        request.secret = locales::PrivateText(secret);
        Deed deed = await(deeds->perform(request, std::move(context), held));
        apply(deed.writes);
        return deed;
    }
    void file_case(const std::string& id) {
        cases::CaseFacts facts;
        facts.id = id;
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.language = "en";
        facts.mode = "sms";
        facts.reason = "asked";
        apply(cases::filing_writes(keys, facts));
    }
    Awaitable<std::string> guess(std::string event, std::string code) {
        return WithTurns::guess(std::move(event), std::move(code), about());
    }
    std::optional<ReadyCode> held;
};
using DeedsInTheStore = WithDeeds;

const std::string case_id = "0123456789abcdef0123456789abcdef";

TEST_F(DeedsInTheStore, FilingGivesACodeThatOpensTheCaseAgain) {
    file_case(case_id);
    const Deed filed = perform("report.file", about(case_id));
    EXPECT_EQ(filed.result.exit, "ok");
    const std::string code = filed.result.values.at("code");
    EXPECT_TRUE(vault::ReceiptCode::parse(code));
    const Deed opened = perform("report.open", about(), code);
    EXPECT_EQ(opened.result.exit, "ok");
    EXPECT_EQ(opened.result.values.at("status"), "received");
    EXPECT_EQ(opened.result.values.at("draft"), case_id);
}

TEST_F(DeedsInTheStore, FilingSaysPendingWhileARecordingIsNotHeld) {
    DeedContext context = about(case_id);
    context.parts_pending = 1;
    context.records_now = true;  // nothing of it is in the store yet
    EXPECT_EQ(perform("report.file", context).result.exit, "pending");
    context.records_now = false;
    context.conversation = "c1";
    ask({"SET", keys.pending_recordings("c1"), "1"});
    EXPECT_EQ(perform("report.file", context).result.exit, "pending");
}

TEST_F(DeedsInTheStore, ALostRaceUsesNoSecondCode) {
    const std::string first = perform("report.file", about(case_id)).result.values.at("code");
    EXPECT_EQ(perform("report.file", about(case_id)).result.values.at("code"), first);
    EXPECT_EQ(derived, 1);
}

TEST_F(DeedsInTheStore, FiveWrongCodesADayThenEvenTheRightOneIsNotLookedAt) {
    file_case(case_id);
    const std::string code = perform("report.file", about(case_id)).result.values.at("code");
    std::string unknown;
    do {
        unknown = vault::ReceiptCode::random().reveal();
    } while (unknown == code);
    for (const std::string& typed : std::vector<std::string>{"1", "", "000000000001", unknown, unknown}) {
        EXPECT_EQ(perform("report.open", about(), typed).result.exit, "wrong") << typed;
    }
    const int before = derived;
    EXPECT_EQ(perform("report.open", about(), code).result.exit, "limited");
    EXPECT_EQ(derived, before);
    DeedContext other = about();
    other.limit_id = "phone-2";
    EXPECT_EQ(perform("report.open", other, code).result.exit, "ok");
    clock.advance(std::chrono::hours(24));
    EXPECT_EQ(perform("report.open", about(), code).result.exit, "ok");
}

TEST_F(DeedsInTheStore, TwentyWrongCodesAnHourSlowEverybodyAndStopNobody) {
    const auto took = [&](const std::string& phone) {
        DeedContext context = about();
        context.limit_id = phone;
        const auto begun = std::chrono::steady_clock::now();
        EXPECT_EQ(perform("report.open", context, "1").result.exit, "wrong") << phone;
        return std::chrono::steady_clock::now() - begun;
    };
    for (int i = 0; i < 20; ++i) {
        took("phone-" + std::to_string(i));
    }
    EXPECT_GE(took("phone-99"), std::chrono::milliseconds(900));
}

TEST_F(DeedsInTheStore, TwoHundredWrongCodesAnHourStopTheProgramForThatHour) {
    const std::int64_t hour = clock.now().time_since_epoch().count() / 3'600'000;
    ask({"SET", keys.program_wrong_codes(hour), "200"});
    EXPECT_EQ(perform("report.open", about(), "1").result.exit, "too_many");
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(perform("report.open", about(), "1").result.exit, "wrong");
}

TEST_F(DeedsInTheStore, CallersWithoutANumberShareASmallBoundThatTouchesNobodyElse) {
    DeedContext withheld = about();
    withheld.limit_id.clear();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(perform("report.open", withheld, "1").result.exit, "wrong");
    }
    EXPECT_EQ(perform("report.open", withheld, "1").result.exit, "too_many");
    EXPECT_EQ(perform("report.open", about(), "1").result.exit, "wrong");
    const std::int64_t hour = clock.now().time_since_epoch().count() / 3'600'000;
    EXPECT_EQ(number({"INCRBY", keys.program_wrong_codes(hour), "0"}), 1);
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(perform("report.open", withheld, "1").result.exit, "wrong");
}

// The tries are counted before a code is looked at: whoever sends fifteen at once gets five, as one after the other.
TEST_F(DeedsInTheStore, TriesAtOnceAreNoMoreThanTriesOneAfterTheOther) {
    std::map<std::string, int> exits;
    for (int i = 0; i < 15; ++i) {
        at_once(guess(std::to_string(i), "1"), [&exits](const std::string& exit) { ++exits[exit]; });
    }
    tests::run_until(io, [&exits] { return exits["wrong"] + exits["limited"] == 15; });
    EXPECT_EQ(exits["wrong"], 5);
    EXPECT_EQ(exits["limited"], 10);
}

TEST_F(DeedsInTheStore, ARepeatedAttemptOfOneTurnIsOneTry) {
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(await(guess("the same event", "1")), "wrong");
    }
    EXPECT_EQ(text({"GET", keys_like("{fair-food}:w:*").front()}), "1");
}

TEST_F(DeedsInTheStore, WhoeverCannotBeLookedUpNowIsToldToWaitAndKeepsTheTry) {
    Gate gate(io);
    deriving = [&gate] { return gate.pass(); };
    const std::string code = vault::ReceiptCode::random().reveal();
    std::map<std::string, int> exits;
    for (int i = 0; i < 4; ++i) {
        at_once(guess(std::to_string(i), code), [&exits](const std::string& exit) { ++exits[exit]; });
    }
    tests::run_until(io, [&exits] { return exits["busy"] == 2; });
    EXPECT_EQ(derived, 2);
    gate.open();
    tests::run_until(io, [&exits] { return exits["wrong"] == 2; });
    EXPECT_EQ(text({"GET", keys_like("{fair-food}:w:*").front()}), "2");
}

TEST_F(DeedsInTheStore, DeletingLeavesNothingOfTheCaseAndNamesItsRecordings) {
    file_case(case_id);
    ask({"SADD", keys.case_recordings(case_id), "rec1", "rec2"});
    ask({"RPUSH", keys.case_parts(case_id), "sealed"});
    const Deed deed = perform("report.delete", about(case_id));
    EXPECT_EQ(deed.result.exit, "ok");
    EXPECT_EQ(std::set<std::string>(deed.forgotten.begin(), deed.forgotten.end()),
              (std::set<std::string>{"rec1", "rec2"}));
    EXPECT_EQ(
        number({"EXISTS", keys.case_facts(case_id), keys.case_parts(case_id), keys.case_recordings(case_id)}),
        0);
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 0);
}

TEST_F(DeedsInTheStore, WhatNobodyDoesYetIsSaidSo) {
    EXPECT_EQ(perform("handoff", about()).result.exit, "else");
    EXPECT_EQ(perform("no such deed", about()).result.exit, "else");
}

TEST_F(DeedsInTheStore, AStoreThatIsGoneIsNeverAnOk) {
    redis::shared_server().kill();
    DeedContext context = about(case_id);
    context.budget = redis::in(std::chrono::milliseconds(100));
    for (const char* action : {"report.open", "report.delete"}) {
        flows::DoRequest request;
        request.action = action;
        const Deed deed = await(deeds->perform(request, context, held));
        EXPECT_EQ(deed.result.exit, "else") << action;
        EXPECT_TRUE(deed.writes.empty());
    }
    redis::shared_server().start();
}

}  // namespace
}  // namespace rightsline::conversations
