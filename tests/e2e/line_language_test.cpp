// A number that is made known to speakers of one language: whoever calls or texts it is spoken to in that language from the first word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string said(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text + "\n";
    }
    return all;
}

TEST(LineLanguage, IsSpokenFromTheFirstWordOfACallAndNobodyPicksOne) {
    const Hotline hotline({.line = ", language: es"});
    TwilioCall call = hotline.call("+13055550141");
    ASSERT_EQ(call.dial().status, 200);
    EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("hotline.danger_now.menu", "es")));
    EXPECT_THAT(said(call.now()), Not(HasSubstr(hotline.words("hotline.language.menu", "es"))));
    EXPECT_THAT(said(call.now()), Not(HasSubstr(hotline.words("hotline.language.menu", "en"))));
    call.press("2");
    EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("hotline.main.menu", "es")));
    call.press("*");
    EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("hotline.main.menu", "es")));
}

TEST(LineLanguage, IsThatOfItsTextsToo) {
    const Hotline hotline({.line = ", language: es"});
    const TwilioPhone phone = hotline.phone("+13055550142");
    const std::string first = phone.texts({"hola"});
    EXPECT_THAT(first, HasSubstr(hotline.words("hotline.danger_now.menu", "es")));
    EXPECT_THAT(first, Not(HasSubstr("English")));
}

TEST(LineLanguage, WithoutOneALanguageIsPickedFirst) {
    const Hotline hotline;
    TwilioCall call = hotline.call("+13055550143");
    ASSERT_EQ(call.dial().status, 200);
    EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("hotline.language.menu", "en")));
    call.press("2");
    EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("hotline.danger_now.menu", "es")));
}

}  // namespace
}  // namespace rightsline::tests
