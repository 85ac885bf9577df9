// Texts that nobody wrote a menu for: there is always an answer, and words of danger are heard at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(OddTexts, StopGetsNoSecondAnswer) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550151");
    phone.texts({"hi", "1"});
    for (const char* word : {"STOP", " stop ", "Unsubscribe", "STOPALL"}) {
        EXPECT_THAT(messages(phone.text(word)), IsEmpty()) << word;
    }
    const TwilioPhone stranger = hotline.phone("+13055550152");
    EXPECT_THAT(messages(stranger.text("STOP")), IsEmpty());
}

TEST(OddTexts, AfterStopOnlyStartAndHelpAreAnsweredAndAStoryIsStillKept) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550156");
    phone.texts({"hi", "1"});
    for (const char* text : {"STOP", "hello", "9", "1"}) {
        EXPECT_THAT(messages(phone.text(text)), IsEmpty()) << text;
    }
    EXPECT_THAT(phone.texts({"HELP"}), HasSubstr("START"));
    EXPECT_THAT(messages(phone.text("the crew leader keeps our pay")), IsEmpty());
    EXPECT_EQ(hotline.cases().size(), 1U);
    EXPECT_THAT(phone.texts({"START"}), HasSubstr("1 English"));
    const TwilioPhone own_word = hotline.phone("+13055550157");
    EXPECT_THAT(own_word.texts({"hola", "2", "basta"}), HasSubstr("START"));
    EXPECT_THAT(messages(own_word.text("hola")), IsEmpty());
}

// "We have it" must not be taken for the picture of the bruise: the answer says in the same breath that it is not kept.
TEST(OddTexts, PicturesAreNotKeptAndTheAnswerSaysSo) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550158");
    const auto with_picture = [&](const std::string& body) {
        Fields fields = phone.form(body, fresh_sid("MM"));
        std::erase_if(fields, [](const auto& field) { return field.first == "NumMedia"; });
        fields.insert(fields.end(), {{"NumMedia", "1"},
                                     {"MediaUrl0", "https://api.twilio.com/canary-picture"},
                                     {"MediaContentType0", "image/jpeg"}});
        return messages(phone.deliver(fields));
    };
    const auto first = with_picture("the crew leader shouts and keeps our pay");
    ASSERT_EQ(first.size(), 1U);
    for (const char* language : {"en", "es", "ht"}) {
        EXPECT_THAT(first.front(), HasSubstr(hotline.words("common.picture_lost", language)));
    }
    EXPECT_THAT(first.front(), HasSubstr(hotline.words("common.first_text_short", "ht")));
    phone.texts({"1", "2"});
    const auto only = with_picture("");
    ASSERT_EQ(only.size(), 1U);
    EXPECT_THAT(only.front(), HasSubstr(hotline.words("common.picture_lost", "es")));
    EXPECT_THAT(only.front(), testing::Not(HasSubstr(hotline.words("common.picture_lost", "en"))));
    EXPECT_EQ(hotline.metric("rightsline_pictures_not_kept_total"), 2.0);
    EXPECT_EQ(hotline.everything_kept().find("canary-picture"), std::string::npos);
    phone.texts({"hi"});
    phone.text("STOP");
    EXPECT_THAT(with_picture(""), IsEmpty());
}

TEST(OddTexts, HelpIsAnswered) {
    const Hotline hotline;
    EXPECT_THAT(hotline.phone("+13055550153").texts({"hi", "1", "2", "HELP"}), HasSubstr("STOP"));
}

TEST(OddTexts, DangerRaisesThePriority) {
    const Hotline hotline;
    const TwilioPhone by_word = hotline.phone("+13055550154");
    by_word.texts({"hola", "2"});
    EXPECT_THAT(by_word.texts({"peligro"}), HasSubstr("911"));
    const TwilioPhone by_key = hotline.phone("+13055550155");
    by_key.texts({"hola", "2", "2", "2"});
    EXPECT_THAT(by_key.texts({"9"}), HasSubstr("911"));
    EXPECT_THAT(by_key.texts({"2", "nos tiene encerrados", "1"}),
                HasSubstr(hotline.words("hotline.saved.say", "es")));
    ASSERT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(hotline.cases().at(0).as_object().at("urgency").as_string(), "P1");
}

using namespace std::string_literals;  // counts the bytes itself, zeroes included

struct Odd {
    const char* name;
    std::string text;
};

std::string ten_thousand(const char* character) {
    std::string all;
    for (int i = 0; i < 10'000; ++i) {
        all += character;
    }
    return all;
}

const std::vector<Odd> odd_texts{
    {"ten thousand letters", std::string(10'000, 'a')},
    {"ten thousand Ethiopic letters", ten_thousand("ሰ")},
    {"ten thousand emoji", ten_thousand("😡")},  // 12 bytes each on their way: the longest there is
    {"ten thousand words",
     [] {
         std::string all;
         for (int i = 0; i < 2'000; ++i) {
             all += "hola ";
         }
         return all;
     }()},
    {"emoji only", "😡😡😡"},
    {"one joined emoji", "👩🏽‍🌾"},
    {"empty", ""},
    {"blanks", " \t\n "},
    {"invalid UTF-8", "\xC3\x28 \xFF\xFE \xE2\x82"},
    {"overlong and surrogate", "\xC0\xAF \xED\xA0\x80"},
    {"control characters", "a\x01\x02\x07\x1B[31m\x7F z\0y"s},
    {"bidi overrides", "\u202Eabc\u202D\u2066def\u2069\u200F"},
    {"XML", "<Response><Dial>+15005551234</Dial></Response>&amp;]]>"},
    {"placeholders", "{code, spell} {0} %s %n ${x}"},
    {"NUL first", "\0hola"s},
};

TEST(OddTexts, AlwaysGetAnAnswer) {
    const Hotline hotline;
    int number = 0;
    for (const Odd& odd : odd_texts) {
        SCOPED_TRACE(odd.name);
        const std::string last = std::to_string(100 + number++);
        const TwilioPhone stranger = hotline.phone("+13055551" + last);
        EXPECT_FALSE(message(stranger.text(odd.text)).empty());
        const TwilioPhone at_a_menu = hotline.phone("+13055552" + last);
        at_a_menu.texts({"hi", "1"});
        EXPECT_FALSE(message(at_a_menu.text(odd.text)).empty());
    }
    EXPECT_EQ(hotline.turns("store_gone"), 0);
    EXPECT_EQ(hotline.turns("unreadable"), 0);
}

TEST(OddTexts, InAStoryAreKeptAndOpenedWithoutHarm) {
    const Hotline hotline;
    int number = 0;
    for (const Odd& odd : odd_texts) {
        SCOPED_TRACE(odd.name);
        const TwilioPhone phone = hotline.phone("+13055553" + std::to_string(100 + number++));
        phone.texts({"hi", "1", "2", "2", "1"});
        EXPECT_FALSE(message(phone.text(odd.text)).empty());
        EXPECT_FALSE(phone.texts({"and more", "1", "1"}).empty());
        const auto cases = hotline.cases();
        ASSERT_EQ(cases.size(), static_cast<std::size_t>(number));
        EXPECT_FALSE(told(hotline.show(std::string(cases.at(0).as_object().at("id").as_string()))).empty());
    }
}

}  // namespace
}  // namespace rightsline::tests
