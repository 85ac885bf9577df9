#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string many_words(int count) {
    std::string words;
    for (int i = 0; i < count; ++i) {
        words += "word" + std::to_string(i) + " ";
    }
    return words;
}

TEST(EngineUssd, AMenuIsOneScreen) {
    Phone phone(hotline().build(), Mode::ussd);
    phone.call();
    ASSERT_NE(phone.find<Screen>(), nullptr);
    EXPECT_TRUE(phone.find<Screen>()->more);
    EXPECT_EQ(phone.body(), "Choose a language.\n1 English\n2 Español\n3 Kreyòl");
}

TEST(EngineUssd, LongWordsArePagedAndNoneIsLost) {
    PackBuilder b;
    b.say("long", many_words(60)).next("pick");
    b.menu("pick", "Pick.").choice("a", "Apples").choice("b", "Pears").next("out");
    b.say("out", "Out.").end();
    Phone phone(b.build(), Mode::ussd);
    phone.call();
    std::string all;
    for (int screens = 0; screens < 10; ++screens) {
        const std::string body = phone.body();
        EXPECT_LE(body.size(), limits::ussd_gsm);
        all += body.substr(0, body.find("\n98 More")) + "\n";
        if (body.find("\n98 More") == std::string::npos) {
            break;
        }
        phone.text("98");
    }
    for (int i = 0; i < 60; ++i) {
        EXPECT_THAT(all, HasSubstr("word" + std::to_string(i)));
    }
    EXPECT_THAT(all, HasSubstr("2 Pears"));
    phone.text("2");
    EXPECT_TRUE(phone.heard("hotline.out.say"));
}

TEST(EngineUssd, AnEndThatTakesSeveralScreensEndsWithTheLast) {
    PackBuilder b;
    b.say("long", many_words(60)).end();
    Phone phone(b.build(), Mode::ussd);
    phone.call();
    EXPECT_FALSE(phone.last.ended);
    int screens = 1;
    while (!phone.last.ended && screens < 10) {
        EXPECT_TRUE(phone.find<Screen>()->more);
        phone.text("98");
        ++screens;
    }
    EXPECT_TRUE(phone.last.ended);
    EXPECT_FALSE(phone.find<Screen>()->more);
    EXPECT_THAT(phone.body(), HasSubstr("word59"));
}

TEST(EngineUssd, AQuestionIsNotTornFromItsChoices) {
    PackBuilder b;
    b.say("long", many_words(24)).next("pick");
    b.menu("pick", "Pick one of these.")
        .choice("a", "Apples")
        .choice("b", "Pears")
        .choice("c", "Plums")
        .next("out");
    b.say("out", "Out.").end();
    Phone phone(b.build(), Mode::ussd);
    phone.call();
    EXPECT_THAT(phone.body(), HasSubstr("word23"));
    EXPECT_THAT(phone.body(), Not(HasSubstr("Pick")));
    phone.text("98");
    EXPECT_EQ(phone.body(), "Pick one of these.\n1 Apples\n2 Pears\n3 Plums");
}

TEST(EngineUssd, OtherScriptsGetEightyCharacters) {
    std::string words;
    for (int i = 0; i < 100; ++i) {
        words += "ሰላም ";
    }
    PackBuilder b;
    b.say("long", words).end();
    Phone phone(b.build(), Mode::ussd);
    phone.call();
    std::size_t characters = 0;
    for (const char c : phone.body()) {
        characters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80 ? 1 : 0;
    }
    EXPECT_LE(characters, limits::ussd_ucs2);
}

TEST(EngineUssd, AWrongAnswerIsSaidAndHotkeysWork) {
    Phone phone(hotline().build(), Mode::ussd);
    phone.call().text("7");
    EXPECT_TRUE(phone.heard("common.invalid"));
    phone.text("9");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
}

TEST(EngineUssd, AnExpiredSessionFilesTheDraft) {
    Phone phone(hotline().build(), Mode::ussd);
    phone.call().text("1").text("2").text("2").text("1").text("he did not pay us");
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
    phone.wait(std::chrono::minutes{3}).give(Elapsed{});
    EXPECT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.last.ended);
}

}  // namespace
}  // namespace rightsline::flows::testing
