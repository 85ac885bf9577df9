#include "gateway/conversations/deeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/cases/unanswered.hpp"
#include "gateway/ops/error.hpp"
#include "gateway/vault/mailbox.hpp"
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
    std::int64_t today() const { return clock.now().time_since_epoch().count() / 86'400'000; }
    std::int64_t ms_of_day() const { return clock.now().time_since_epoch().count() % 86'400'000; }
    std::uint64_t tries(ops::Label outcome) {
        return metrics
            .counter("rightsline_code_tries_total", "Receipt codes tried, by what became of it",
                     {{ops::Dimension::outcome, outcome}})
            .value();
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

TEST_F(DeedsInTheStore, FilingGivesTheCaseAMailboxThatOnlyItsCodeOpens) {
    const std::string code = perform("report.file", about(case_id)).result.values.at("code");
    std::string locked = text({"GET", keys.mailbox(case_id)});
    EXPECT_FALSE(vault::open_mailbox(locked, *keys_of(code).opener)) << "locked under its month";
    const std::string stored =
        tests::run(io,
                   cases::unlock_one(*vault, cases::mailbox_context("fair-food", case_id), std::move(locked)))
            .value();
    EXPECT_TRUE(vault::open_mailbox(stored, *keys_of(code).opener));
    EXPECT_FALSE(vault::open_mailbox(stored, *keys_of("000000005724").opener));
    perform("report.delete", about(case_id));
    EXPECT_EQ(number({"EXISTS", keys.mailbox(case_id)}), 0);
}

TEST_F(DeedsInTheStore, WhoeverGivesTheCodeWithinADayHearsOfTheQuestionThatTheyLeft) {
    file_case(case_id);
    const Deed filed = perform("report.file", about(case_id));
    const std::string& code = filed.result.values.at("code");
    const std::string& given = filed.result.values.at("mailbox");
    vault::MailboxPublicKey mailbox{};
    ASSERT_EQ(given.size(), mailbox.size());
    std::ranges::copy(given, mailbox.begin());
    EXPECT_FALSE(perform("report.open", about(), code).result.values.contains("question"));
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now().time_since_epoch()).count();
    const redis::Write left = cases::unanswered_write(keys, case_id, mailbox, "hotline.who", now);
    apply({left});
    EXPECT_GT(number({"TTL", keys.unanswered(case_id)}), 0);
    const Deed opened = perform("report.open", about(), code);
    EXPECT_EQ(opened.result.values.at("question"), "hotline.who");
    EXPECT_EQ(opened.result.values.at("mailbox"), given);
    clock.advance(std::chrono::hours(24));
    EXPECT_FALSE(perform("report.open", about(), code).result.values.contains("question"));
    ask({"SET", keys.mailbox(case_id), "junk"});  // nothing about it keeps a worker from their case
    EXPECT_EQ(perform("report.open", about(), code).result.exit, "ok");
    perform("report.delete", about(case_id));
    EXPECT_EQ(number({"EXISTS", keys.unanswered(case_id)}), 0);
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

// Forty callers whose numbers are faked try five codes each. Nobody else is refused for it: the next code waits.
TEST_F(DeedsInTheStore, TheTwoHundredWrongCodesOfFakedNumbersShutNobodyOut) {
    file_case(case_id);
    const std::string code = perform("report.file", about(case_id)).result.values.at("code");
    ask({"SET", keys.program_wrong_codes(today()), "200"});
    ask({"SET", keys.next_code(today()), std::to_string(ms_of_day() + 600)});
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(perform("report.open", about(), code).result.exit, "ok");
    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(600));
    EXPECT_EQ(number({"INCRBY", keys.program_wrong_codes(today()), "0"}), 200);
    EXPECT_EQ(tries("slowed"), 1U);
}

// A code that is right is no wrong try; but each look takes the machine a tenth of a second.
TEST_F(DeedsInTheStore, ARightCodeInALoopLeavesRoomForTheOthers) {
    file_case(case_id);
    const std::string code = perform("report.file", about(case_id)).result.values.at("code");
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(perform("report.open", about(), code).result.exit, "ok");
    }
    const int before = derived;
    EXPECT_EQ(perform("report.open", about(), code).result.exit, "busy");
    EXPECT_EQ(derived, before);
    DeedContext other = about();
    other.limit_id = "phone-2";
    EXPECT_EQ(perform("report.open", other, code).result.exit, "ok");
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(perform("report.open", about(), code).result.exit, "ok");
}

// The turn's answer must still be committed: a look-up that would take all its time is given up before.
TEST_F(DeedsInTheStore, ALookUpLeavesTheTurnTimeForItsAnswer) {
    Deadline given{};
    CodeStock slow(
        *client, clock,
        [&given](vault::ReceiptCode, Deadline deadline) -> Awaitable<Result<CodeKeys>> {
            given = deadline;
            co_return ops::errc::deadline;
        },
        0);
    Deeds hurried(*client, *vault, slow, clock, metrics);
    flows::DoRequest request;
    request.action = "report.open";
    request.secret = locales::PrivateText(vault::ReceiptCode::random().reveal());
    const DeedContext context = about();
    EXPECT_EQ(await(hurried.perform(request, context, held)).result.exit, "busy");
    EXPECT_EQ(given, context.budget - std::chrono::milliseconds(500));
    EXPECT_EQ(text({"GET", keys.wrong_codes("phone-1", today())}), "0") << "and keeps the try";
}

// The code was right and the turn failed after it, in the last second of a day: its repeat costs no try on either day.
TEST_F(DeedsInTheStore, ARightCodeCostsNoTryThoughItsTurnFailsAtMidnight) {
    file_case(case_id);
    const std::string code = perform("report.file", about(case_id)).result.values.at("code");
    clock.advance(std::chrono::milliseconds(86'399'500 - ms_of_day()));
    const std::int64_t before = today();
    DeedContext context = about();
    context.event = "the turn's";
    flows::DoRequest request;
    request.action = "report.open";
    request.secret = locales::PrivateText(code);
    deriving = [this]() -> Awaitable<void> {
        clock.advance(std::chrono::seconds(1));
        co_return;
    };
    EXPECT_EQ(await(deeds->perform(request, context, held)).result.exit, "ok");  // its writes are lost
    EXPECT_EQ(today(), before + 1);
    EXPECT_EQ(text({"GET", keys.wrong_codes("phone-1", before)}), "0");
    EXPECT_EQ(perform("report.open", context, code).result.exit, "ok");
    EXPECT_EQ(text({"GET", keys.wrong_codes("phone-1", before)}), "0");
    EXPECT_EQ(
        number({"EXISTS", keys.wrong_codes("phone-1", before + 1), keys.program_wrong_codes(before + 1)}), 0);
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

TEST_F(DeedsInTheStore, DeletingTakesCopiesOfRecordingsThatAreBroughtForOthers) {
    file_case(case_id);
    ask({"HSET", keys.case_copies(case_id), "brought/rec3", "investigators", "investigators/0", "sealed"});
    const Deed deed = perform("report.delete", about(case_id));
    EXPECT_EQ(deed.result.exit, "ok");
    EXPECT_EQ(deed.forgotten, std::vector<std::string>{"rec3"}) << "an offer that takes it now is too late";
    EXPECT_EQ(number({"EXISTS", keys.case_copies(case_id)}), 0);
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
