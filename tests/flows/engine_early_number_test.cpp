// The number that is said before the tone: made for nothing yet, and the report's own from the first word on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "flows/engine.hpp"
#include "flows/words.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

/// A message for a person whose number comes first; 8 leads there from everywhere, 5 to a way that makes one once more.
PackPtr line_that_says_it_first() {
    PackBuilder b = hotline();
    b.flow("first");
    b.work("make", "report.number").exit("ok", "first.number").exit("else", "hotline.leave_message");
    b.say("number", "Your number: {code, spell}.").secret().next("hotline.leave_message");
    b.hotkey('8', "first.make");
    return b.build();
}

struct EarlyPhone : Phone {
    EarlyPhone() : Phone(line_that_says_it_first(), Mode::voice) {
        number_result = {"ok", {{"code", "123456789012"}, {"number", "where it leads"}}};
        context.fresh_id = {7, 7};
        call().press("1").press("2");
    }
    bool waits_with(const char* name) const {
        return !find_value(unpack_values(conversation.values), name).empty();
    }
};

TEST(EngineEarlyNumber, IsSaidBeforeTheToneAndWhoeverHangsUpAfterSpeakingHasIt) {
    EarlyPhone phone;
    phone.press("8");
    ASSERT_NE(phone.find<Record>(), nullptr);
    EXPECT_EQ(phone.keys().front(), "first.number.say");
    EXPECT_TRUE(phone.utterances().front().secret);
    EXPECT_TRUE(phone.conversation.code_said);
    EXPECT_TRUE(phone.filings.empty()) << "nothing was told";
    const auto draft = phone.conversation.draft;
    phone.context.fresh_id = {9, 9};
    phone.record(12).hang_up();
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().draft, draft) << "the number was made for this one";
}

TEST(EngineEarlyNumber, WhoeverStaysHearsTheSameOnceMoreAndNoOtherIsMade) {
    EarlyPhone phone;
    phone.file_result = {"ok", {}};
    phone.press("8").record(12);
    const auto filed = std::ranges::find(phone.requests, "report.file", &DoRequest::action);
    ASSERT_NE(filed, phone.requests.end());
    EXPECT_EQ(filed->with.at("number"), "where it leads");
    EXPECT_TRUE(phone.heard("hotline.receipt.say"));
    EXPECT_FALSE(phone.waits_with("number")) << "from here on it is as any other";
    EXPECT_EQ(std::ranges::count(phone.requests, "report.number", &DoRequest::action), 1);
}

TEST(EngineEarlyNumber, IsTheSameWhenItIsAskedForAgainBeforeAWord) {
    EarlyPhone phone;
    phone.press("8").press("8");
    EXPECT_EQ(phone.keys().front(), "first.number.say");
    EXPECT_EQ(std::ranges::count(phone.requests, "report.number", &DoRequest::action), 1);
}

TEST(EngineEarlyNumber, IsOfTheReportThatIsToldNextWhereverThatIs) {
    EarlyPhone phone;
    phone.file_result = {"ok", {}};
    phone.press("8").press("9");  // away from the tone
    phone.record(0);
    EXPECT_TRUE(phone.waits_with("number"));
    const auto draft = phone.conversation.draft;
    phone.context.fresh_id = {9, 9};
    phone.record(20).hang_up();
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().draft, draft);
}

TEST(EngineEarlyNumber, IsNotMadeWhereSomethingWasToldOrAnotherNumberIs) {
    EarlyPhone told;
    told.press("2").press("1").record(12).press("8");
    EXPECT_THAT(told.keys(), Not(Contains("first.number.say")));
    EarlyPhone filed;
    filed.press("2").press("1").record(12).press("1");
    ASSERT_TRUE(filed.heard("hotline.receipt.say"));
    filed.press("8");
    EXPECT_THAT(filed.keys(), Not(Contains("first.number.say")));
}

TEST(EngineEarlyNumber, OfWhatIsDeletedOpensNothingAndIsOfNoOtherReport) {
    EarlyPhone phone;
    phone.press("8").record(12);  // the excerpt's message is filed at once
    EarlyPhone before;
    before.press("8");
    EXPECT_TRUE(before.waits_with("number"));
    before.context.case_gone = true;
    before.conversation.filed = true;  // a report that is gone takes its number along
    before.press("9");
    EXPECT_FALSE(before.waits_with("number"));
    EXPECT_FALSE(before.waits_with("code"));
}

}  // namespace
}  // namespace rightsline::flows::testing
