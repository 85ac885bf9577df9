// A worker texts in: language, danger, a report in two messages, the code, and back with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "locales/gsm7.hpp"
#include "tests/support/hotline.hpp"

namespace rightsline::tests {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

/// The twelve digits in "8862 7622 8191".
std::string code_in(const std::string& text) {
    std::string digits;
    for (std::size_t i = 0; i + 14 <= text.size(); ++i) {
        digits.clear();
        for (const char c : text.substr(i, 14)) {
            if (c >= '0' && c <= '9') {
                digits += c;
            }
        }
        if (digits.size() == 12 && text[i + 4] == ' ' && text[i + 9] == ' ') {
            return digits;
        }
    }
    return "";
}

std::vector<std::pair<std::string, std::string>> told(const json::object& opened) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const json::value& part : opened.at("parts").as_array()) {
        out.emplace_back(part.at("name").as_string(), part.at("text").as_string());
    }
    return out;
}

const std::vector<std::string> spanish_to_story{"hola", "2", "2", "2", "1"};

TEST(SmsReport, IsKeptWordByWordAndOnlyTheCircleOpensIt) {
    Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550101");
    EXPECT_THAT(phone.texts({"hola"}), HasSubstr("2 Español"));
    EXPECT_THAT(phone.texts({"2"}), HasSubstr("peligro"));
    phone.texts({"2", "2"});
    EXPECT_THAT(phone.texts({"1"}), HasSubstr("Cuenta el problema"));
    EXPECT_THAT(phone.texts({"El capataz pegó a mi compañero ayer"}), HasSubstr("1 cuando acabes"));
    phone.texts({"y hoy no nos dio agua 🥵"});
    EXPECT_THAT(phone.texts({"1"}), HasSubstr("1 Guardarlo"));
    EXPECT_THAT(phone.texts({"1"}), HasSubstr("queda guardado"));
    phone.texts({"cerca de Immokalee", "0", "0"});
    const std::string last = phone.texts({"1"});
    EXPECT_EQ(code_in(last).size(), 12U) << last;

    const json::array cases = hotline.cases();
    ASSERT_EQ(cases.size(), 1U);
    EXPECT_EQ(cases[0].at("family").as_string(), "pay");
    EXPECT_EQ(cases[0].at("language").as_string(), "es");
    EXPECT_EQ(cases[0].at("urgency").as_string(), "P3");
    const std::vector<std::pair<std::string, std::string>> expected{
        {"story", "El capataz pegó a mi compañero ayer"},
        {"story", "y hoy no nos dio agua 🥵"},
        {"where", "cerca de Immokalee"}};
    EXPECT_EQ(told(hotline.show(std::string(cases[0].at("alias").as_string()))), expected);

    const std::string kept = hotline.everything_kept();
    for (const char* secret : {"capataz", "Immokalee", "3055550101"}) {
        EXPECT_THAT(kept, Not(HasSubstr(secret)));
    }
    EXPECT_THAT(kept, Not(HasSubstr(code_in(last))));
}

}  // namespace
}  // namespace rightsline::tests
