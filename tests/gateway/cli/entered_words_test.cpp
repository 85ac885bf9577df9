// What the command line says of a report that was told in a call, and of which calls one can be entered.
#include "gateway/cli/casework/entered_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "gateway/cli/casework/enter_command.hpp"

namespace rightsline::cli {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

TEST(EnteredWords, SayWhoEnteredItAndInWhichCallTheyWereTold) {
    EXPECT_EQ(entered_words({{"entered_by", ""}, {"call_hour", 0}}), "");
    EXPECT_EQ(entered_words({{"entered_by", "maria"}}), "  entered for its worker by maria\n");
    const std::string told = entered_words({{"entered_by", "maria"}, {"call_hour", 1'795'442'400}});
    EXPECT_THAT(
        told, HasSubstr("  entered for its worker by maria\n  told in a call to maria at 2026-11-23 14:00"));
}

TEST(EnterCommand, OfACallIsRefusedBeforeAWordIsTypedWhereItIsNotTheirsOrHasAReport) {
    const json::object form{
        {"calls", json::array{json::object{{"call", "3fa9c2d1"}, {"at", 1}, {"report", nullptr}},
                              json::object{{"call", "11111111"}, {"at", 1}, {"report", "7K4-921"}},
                              json::object{{"call", "22222222"}, {"at", 1}, {"report", ""}}}}};
    const auto refused = [&](const char* call) {
        testing::internal::CaptureStderr();
        const bool may = may_be_entered_of(call, form);
        const std::string said = testing::internal::GetCapturedStderr();
        return may ? std::string() : said;
    };
    EXPECT_EQ(refused(""), "");
    EXPECT_EQ(refused("3fa9c2d1"), "");
    EXPECT_THAT(refused("33333333"), HasSubstr("You took no call of this name in the last day"));
    EXPECT_THAT(refused("11111111"), HasSubstr("a report was entered already: 7K4-921"));
    EXPECT_THAT(refused("22222222"), HasSubstr("and deleted since"));
}

}  // namespace
}  // namespace rightsline::cli
