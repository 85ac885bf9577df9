// Time passes: silence files what was told, and whoever picks the phone up afterwards sees nothing of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Silence, AfterHalfAnHourFilesTheStoryAndTheNextTextIsNeutral) {
    Hotline hotline({.own_clock = true});
    const TwilioPhone phone = hotline.phone("+13055550161");
    phone.texts(spanish_to_story);
    phone.texts({"me robaron las horas"});
    hotline.move_clock(25min);  // and not 29: what a busy machine takes comes on top
    rest(1500ms);               // a round of the timers
    EXPECT_EQ(hotline.cases().size(), 0U);
    hotline.move_clock(31min);
    ASSERT_TRUE(eventually([&] { return hotline.cases().size() == 1; }));
    EXPECT_EQ(hotline.cases().at(0).as_object().at("reason").as_string(), "silence");
    const std::string id(hotline.cases().at(0).as_object().at("id").as_string());
    const std::vector<std::pair<std::string, std::string>> sent{{"story", "me robaron las horas"}};
    EXPECT_EQ(told(hotline.show(id)), sent);
    const std::string next = phone.texts({"hola"});
    EXPECT_THAT(next, HasSubstr(hotline.words("common.opener", "en")));
    EXPECT_THAT(next, HasSubstr("2 Español"));
    EXPECT_THAT(next, Not(HasSubstr(hotline.words("hotline.keep.menu", "es"))));
    EXPECT_THAT(next, Not(HasSubstr("horas")));
    EXPECT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(told(hotline.show(id)), sent);
}

TEST(Silence, ThatNoTimerSawIsFiledByTheNextText) {
    Hotline hotline({.own_clock = true});
    const TwilioPhone phone = hotline.phone("+13055550162");
    phone.texts(spanish_to_story);
    phone.texts({"me robaron las horas"});
    hotline.server().stop();  // nobody looks at timers
    hotline.move_clock(2h);
    hotline.server().start();
    phone.texts({"hola"});
    ASSERT_TRUE(eventually([&] { return hotline.cases().size() == 1; }));
    const std::string id(hotline.cases().at(0).as_object().at("id").as_string());
    const std::vector<std::pair<std::string, std::string>> sent{{"story", "me robaron las horas"}};
    EXPECT_EQ(told(hotline.show(id)), sent);
}

}  // namespace
}  // namespace rightsline::tests
