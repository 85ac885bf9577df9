#include "gateway/conversations/code_tries.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class CodeTriesInTheStore : public WithTurns {
 protected:
    /// A wrong code of `phone` ("" = no number is shown), by a call: "" or why it is not looked at.
    std::string take(std::string phone, std::string call = "call") {
        return await(taken(std::move(phone), std::move(call)));
    }
    Awaitable<std::string> taken(std::string phone, std::string call) {
        const Deadline budget = redis::in(std::chrono::milliseconds(2500));
        CodeTry one{"fair-food", std::move(phone), std::move(call), "", budget};
        const Result<CodeTaken> taken = co_await tries().take(std::move(one));
        co_return taken ? taken->refused : "store";
    }
    CodeTries& tries() {
        if (!tries_) {
            tries_ = std::make_unique<CodeTries>(*client, clock, metrics);
        }
        return *tries_;
    }
    std::int64_t ms_of_day() const { return clock.now().time_since_epoch().count() % 86'400'000; }
    std::string phone() { return "phone-" + std::to_string(++phones_); }
    /// To the moment when the next code may be looked up.
    void pass_the_gap() {
        const std::int64_t next = number({"INCRBY", keys.next_code(today()), "0"});
        clock.advance(std::chrono::milliseconds(std::max<std::int64_t>(0, next - ms_of_day())));
    }
    std::int64_t today() const { return clock.now().time_since_epoch().count() / 86'400'000; }

 private:
    std::unique_ptr<CodeTries> tries_;
    int phones_ = 0;
};

TEST_F(CodeTriesInTheStore, EachWrongCodeMakesTheNextOneWaitLonger) {
    ask({"SET", keys.program_wrong_codes(today()), "999"});
    EXPECT_EQ(take(phone()), "");
    EXPECT_EQ(take("hurried"), "busy") << "the gap is 10 s, a call has 2.5 s";
    clock.advance(std::chrono::milliseconds(10'000));
    EXPECT_EQ(take("hurried"), "");
    EXPECT_EQ(take(phone()), "busy");
    EXPECT_EQ(text({"GET", keys.wrong_codes("hurried", today())}), "1") << "who has to wait loses no try";
}

// The arithmetic beside the bound, played: sqrt(2 * 86,400,000 / 10) = 4,157, and the twenty that are free.
TEST_F(CodeTriesInTheStore, AWholeDayOfGuessingFromFakedNumbersGetsFourThousandCodes) {
    const std::int64_t day = today();
    ask({"SET", keys.program_wrong_codes(day), "3900"});  // 21 hours of it
    clock.advance(std::chrono::milliseconds(std::int64_t{3900} * 3900 * 10 / 2 - ms_of_day()));
    int codes = 3900;
    for (; today() == day; ++codes) {
        ASSERT_EQ(take(phone()), "");
        pass_the_gap();
    }
    EXPECT_LE(codes, 4'180);
}

TEST_F(CodeTriesInTheStore, GuessersAtOnceGetNoMoreThanOneAfterTheOther) {
    ask({"SET", keys.program_wrong_codes(today()), "200"});
    std::map<std::string, int> exits;
    int ended = 0;
    for (int i = 0; i < 15; ++i) {
        at_once(taken(phone(), "call"), [&](const std::string& exit) {
            ++exits[exit];
            ++ended;
        });
    }
    tests::run_until(io, [&ended] { return ended == 15; });
    EXPECT_EQ(exits[""], 1);
    EXPECT_EQ(exits["busy"], 14);
}

TEST_F(CodeTriesInTheStore, TheFirstTwentyOfADayWaitForNobody) {
    int ended = 0;
    for (int i = 0; i < 20; ++i) {
        at_once(taken(phone(), "call"), [&ended](const std::string& exit) {
            EXPECT_EQ(exit, "");
            ++ended;
        });
    }
    tests::run_until(io, [&ended] { return ended == 20; });
    EXPECT_EQ(number({"EXISTS", keys.next_code(today())}), 0);
}

TEST_F(CodeTriesInTheStore, CallersWithoutANumberSlowOnlyEachOther) {
    for (int i = 0; i < 11; ++i) {
        EXPECT_EQ(take("", phone()), "");
    }
    EXPECT_EQ(take("", phone()), "busy") << "the gap is 2.75 s";
    EXPECT_EQ(take("phone"), "");
    EXPECT_EQ(number({"INCRBY", keys.program_wrong_codes(today()), "0"}), 1);
    clock.advance(std::chrono::milliseconds(2'750));
    EXPECT_EQ(take("", phone()), "");
}

TEST_F(CodeTriesInTheStore, WhoeverIsRefusedForTheDayIsOnlyThePhoneThatTried) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(take("phone"), "");
    }
    EXPECT_EQ(take("phone"), "limited");
    EXPECT_EQ(take("another"), "");
    clock.advance(std::chrono::hours(24));
    EXPECT_EQ(take("phone"), "");
}

}  // namespace
}  // namespace rightsline::conversations
