// The starter program as it is shipped: what must hold for its words whatever a translator changes.
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/engine/read.hpp"
#include "locales/segments.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows {
namespace {

using testing::Phone;

PackPtr fair_food_pack() {
    const Compiled compiled = compile(tests::shipped("fair-food"));
    EXPECT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    return compiled.pack;
}

/// A phone that went to the main menu after it opened a report with its number.
Phone returned() {
    Phone phone(fair_food_pack());
    phone.text("hi").text("1").text("no").text("572400000000").text("5").text("4");
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
    EXPECT_TRUE(phone.conversation.returned);
    return phone;
}

TEST(FairFood, WordsForANewReportAreNoPartOfTheOneThatWasOpenedOnThisPhone) {
    for (const char* words : {"Luis here, the boss takes my pay", "the boss has a gun"}) {
        Phone phone = returned();
        const auto opened = phone.conversation.draft;
        phone.text("2").text(words);
        EXPECT_EQ(phone.parts.size(), 1U) << words;
        EXPECT_NE(phone.conversation.draft, opened) << words;
        EXPECT_FALSE(phone.conversation.returned) << words;
        EXPECT_FALSE(phone.last.raise.has_value()) << words;
    }
}

TEST(FairFood, AReportThatWasOpenedIsDeletedOnlyWhereItIsSpokenOf) {
    Phone elsewhere = returned();
    EXPECT_TRUE(elsewhere.text("delete").heard("common.delete_hint"));
    EXPECT_TRUE(elsewhere.text("2").text("delete").heard("common.delete_hint"));
    Phone there(fair_food_pack());
    there.text("hi").text("1").text("no").text("572400000000");
    EXPECT_TRUE(there.text("delete").heard("return_with_code.sure.menu"));
}

TEST(FairFood, BackFromANewReportDoesNotLeadToTheOneThatWasOpened) {
    Phone phone = returned();
    phone.text("2").text("Luis here, the boss takes my pay").text("#").text("#").text("#");
    EXPECT_FALSE(phone.heard("return_with_code.choose.menu"));
}

TEST(FairFood, ARefusalInWordsIsNotKeptWithWhatItRefuses) {
    for (const char* words : {"I want to delete it", "please delete this", "por favor borralo todo"}) {
        Phone phone(fair_food_pack());
        phone.text("hi").text("1").text("2").text("2").text("1").text("they took my pay again").text("1");
        ASSERT_TRUE(phone.heard("hotline.keep.menu"));
        EXPECT_TRUE(phone.text(words).heard("hotline.sure.menu")) << words;
        EXPECT_TRUE(phone.parts.empty()) << words;
    }
    Phone phone(fair_food_pack());
    phone.text("hi").text("1").text("2").text("2").text("1").text("they took my pay again").text("1");
    EXPECT_TRUE(phone.text("I would rather not say this").heard("hotline.keep.again.1"));
    EXPECT_TRUE(phone.parts.empty());
    EXPECT_TRUE(phone.text("do not keep it").heard("hotline.sure.menu"));
}

TEST(FairFood, WhatIsNotClearWhereANumberWaitsIsNoPartAndInTheEndANo) {
    Phone phone(fair_food_pack());
    phone.text("hi")
        .text("1")
        .text("2")
        .text("2")
        .text("1")
        .text("they took my pay again")
        .text("1")
        .text("1");
    phone.text("0").text("0").text("0").text("0");
    ASSERT_TRUE(phone.heard("hotline.safe_to_text.menu"));
    for (int i = 0; i < 3; ++i) {
        phone.text("my husband reads my phone");
        EXPECT_TRUE(phone.parts.empty());
    }
    EXPECT_TRUE(phone.heard("hotline.not_clear.say"));
    EXPECT_FALSE(phone.heard("hotline.receipt.sms"));
}

TEST(FairFood, AYesWithMoreWordsIsAYesToDangerAndItsWordsAreFiled) {
    const std::pair<const char*, const char*> said[] = {
        {"1", "yes he is here"}, {"2", "Si, mi hermano"}, {"3", "wi li la"}};
    for (const auto& [language, words] : said) {
        Phone phone(fair_food_pack());
        phone.text("hi").text(language).text(words);
        EXPECT_TRUE(phone.body().find("911") != std::string::npos) << words;
        ASSERT_EQ(phone.filings.size(), 1U) << words;
        EXPECT_EQ(phone.filings.back().urgency, Urgency::p1) << words;
        EXPECT_EQ(phone.parts.size(), 1U) << words;
    }
    Phone phone(fair_food_pack());
    phone.text("hola").text("2").text("si no me pagan me voy");
    EXPECT_TRUE(phone.filings.empty());
}

TEST(FairFood, TheNameOfALanguageAtAnyMenuIsTheLanguageFromThereOn) {
    Phone phone(fair_food_pack());
    phone.text("hola").text("2").text("2").text("kreyol");
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
    EXPECT_EQ(phone.pack->languages[phone.conversation.language].str(), "ht");
    EXPECT_TRUE(phone.text("English").body().find("What do you need") != std::string::npos);
}

TEST(FairFood, NothingIsDeletedOnTheBeginningOfAWordOrOnATypo) {
    const std::pair<const char*, const char*> said[] = {
        {"1", "era"}, {"1", "delette"}, {"2", "el"}, {"3", "si"}};
    for (const auto& [language, words] : said) {
        Phone phone(fair_food_pack());
        phone.text("hi")
            .text(language)
            .text("2")
            .text("2")
            .text("1")
            .text("they took my pay again")
            .text("1");
        phone.text("3").text(words);
        EXPECT_TRUE(phone.requests.empty()) << words;
        EXPECT_FALSE(phone.heard("hotline.deleted.say")) << words;
        EXPECT_TRUE(phone.text("2").heard("hotline.deleted.say")) << words;
    }
}

TEST(FairFood, TheNeutralOpenerIsOneSegmentWhateverTheLineSpeaks) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    for (LanguageIndex language = 0; language < pack->languages.size(); ++language) {
        Phone phone(pack);
        phone.context.line_language = language;
        phone.text("hi").wait(std::chrono::minutes(31)).text("hello");
        ASSERT_TRUE(phone.heard("common.opener"));
        const locales::SegmentPlan plan = locales::plan_segments(phone.body());
        EXPECT_EQ(plan.encoding, locales::Encoding::gsm7) << phone.body();
        EXPECT_LE(plan.units, 160U) << phone.body();
        EXPECT_NE(phone.body().find('9'), std::string::npos);
        for (LanguageIndex other = 0; other < pack->languages.size(); ++other) {
            const std::string word = pack->text(other, pack->find_text("common.opener_word")).text({});
            EXPECT_EQ(phone.body().find(word) != std::string::npos, other != language) << phone.body();
        }
    }
}

void expect_one_segment(const Phone& phone) {
    const locales::SegmentPlan plan = locales::plan_segments(phone.body());
    EXPECT_EQ(plan.encoding, locales::Encoding::gsm7) << phone.body();
    EXPECT_LE(plan.units, 160U) << phone.body();
}

TEST(FairFood, WhatIsAnsweredToAnOpeningStoryIsOneSegmentAndSoIsTheQuestionBeforeItIsDeleted) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    for (LanguageIndex language = 0; language < pack->languages.size(); ++language) {
        Phone known(pack);
        known.context.line_language = language;
        known.text("My crew leader took my pay");
        ASSERT_TRUE(known.heard("common.first_text"));
        expect_one_segment(known);
        Phone unknown(
            pack);  // after a silence the line's language is a default, and each language is answered in
        unknown.context.line_language = language;
        unknown.text("hi").wait(std::chrono::minutes(31)).text("My crew leader took my pay");
        ASSERT_TRUE(unknown.heard("common.first_text_short"));
        expect_one_segment(unknown);
        unknown.text("2");
        ASSERT_TRUE(unknown.heard("common.first_text_sure"));
        expect_one_segment(unknown);
    }
}

TEST(FairFood, ACallOffersNoLanguageThatNoVoiceCanSay) {
    const PackPtr pack = fair_food_pack();  // without recordings; no speech engine may speak Haitian Creole
    ASSERT_NE(pack, nullptr);
    Phone phone(pack, Mode::voice);
    phone.call();
    EXPECT_TRUE(phone.heard("hotline.language.es"));
    EXPECT_FALSE(phone.heard("hotline.language.ht"));
    phone.press("3");
    EXPECT_TRUE(phone.heard("common.invalid"));
    Phone text(pack);
    EXPECT_TRUE(text.text("hi").heard("hotline.language.ht"));
}

TEST(FairFood, HelpInDangerIsOneScreenWithAllItsChoicesInEveryLanguage) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    for (const char* language : {"1", "2", "3"}) {
        Phone phone(pack, Mode::ussd);
        phone.call().text(language).text("1");
        ASSERT_TRUE(phone.heard("danger.first.ussd")) << phone.body();
        EXPECT_NE(phone.body().find("911"), std::string::npos);
        EXPECT_NE(phone.body().find("\n3 "), std::string::npos) << phone.body();
        EXPECT_EQ(phone.body().find("98 "), std::string::npos) << phone.body();
    }
}

TEST(FairFood, WhatIsDangerInOneLanguageIsDangerInEachOther) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    const std::vector<std::array<const char*, 3>> said{
        {"danger", "peligro", "danje"},
        {"it is an emergency", "es una emergencia", "se yon ijans"},
        {"he has a gun", "tiene una pistola", "li gen yon revòlvè"},
        {"he has a knife", "tiene un cuchillo", "li gen yon kouto"},
        {"he beats us", "nos golpean", "li bat nou"},
        {"he hits me", "me pega", "li frape m"},
        {"he wants to kill us", "nos quiere matar", "li vle touye nou"},
        {"he threatened me", "me amenazo", "li menase m"},
        {"he attacked me", "me ataco", "li atake m"},
        {"I was raped", "me violaron", "kadejak"},
        {"he touched me", "me toco", "li manyen m"},
        {"he grabbed me", "me agarro a la fuerza", "li kenbe m ak fòs"},
        {"they locked us in", "nos tienen encerrados", "yo fèmen nou"},
        {"they won't let me leave", "no me dejan salir", "yo pa kite m soti"},
        {"they took my passport", "me quitaron el pasaporte", "yo pran paspò m"},
        {"he has my papers", "tiene mis papeles", "li gen papye m"},
        {"she is not breathing", "no respira", "li pa respire"},
        {"he fainted", "se desmayo", "li endispoze"},
        {"heat stroke", "golpe de calor", "kou chalè"},
        {"he is dying", "se esta muriendo", "l ap mouri"},
        {"he is bleeding", "esta sangrando", "l ap senyen"},
        {"they poisoned us: poisoned", "envenenado", "pwazonnen"},
        {"I want to die", "me quiero morir", "mwen vle mouri"},
        {"suicide", "suicidio", "touye tèt mwen"},
        {"kidnapped", "secuestro", "yo kidnape nou"},
    };
    for (const auto& one : said) {
        for (LanguageIndex language = 0; language < one.size(); ++language) {
            const DangerRead read = read_danger(*pack, fold_text(one[language]));
            EXPECT_TRUE(read.named && (read.languages & just(language)) != 0) << one[language];
        }
    }
}

TEST(FairFood, StopWordsOfEveryLanguageStandAloneOrWithACourtesy) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    for (const char* stop : {"STOP", "Stop. Thank you", "Alto, por favor", "kanpe", "Rete", "ARRÊT",
                             "kanpe souple", "sispann mèsi", "Kanpe. Tanpri!"}) {
        Phone phone(pack);
        phone.text("hi").text(stop);
        EXPECT_TRUE(phone.has_fact("opt_out")) << stop;
    }
    for (const char* story : {"rete nan kay la", "Kanpe la yo di nou", "yo kanpe nou nan wout la",
                              "arrêt de travail", "He said stop and hit me"}) {
        Phone phone(pack);
        phone.text("hi").text(story);
        EXPECT_FALSE(phone.has_fact("opt_out")) << story;
    }
}

}  // namespace
}  // namespace rightsline::flows
