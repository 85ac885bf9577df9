// The first text of a conversation: the story itself, or a word that leads somewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::ElementsAre;

constexpr const char* opening = "My boss did not pay me this week";

std::vector<std::string> languages_of(const Phone& phone) {
    std::vector<std::string> tags;
    for (const Utterance& said : phone.utterances()) {
        tags.push_back(said.language.str());
    }
    return tags;
}

TEST(EngineOpening, FourWordsAreTheStoryAndEveryLanguageHearsThatItIsKept) {
    Phone phone(hotline().build());
    phone.text(opening);
    EXPECT_THAT(phone.keys(),
                ElementsAre("common.first_text", "common.first_text_short", "common.first_text_short"));
    EXPECT_THAT(languages_of(phone), ElementsAre("en", "es", "ht"));
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts.front().name, "story");
    EXPECT_EQ(phone.parts.front().text.reveal(), opening);
    EXPECT_TRUE(phone.conversation.files);
    EXPECT_EQ(phone.last.timer.op, TimerOp::set);
}

TEST(EngineOpening, ALineWithALanguageAnswersInItAlone) {
    Phone phone(hotline().build());
    phone.context.line_language = LanguageIndex{1};
    phone.text(opening);
    EXPECT_THAT(phone.keys(), ElementsAre("common.first_text"));
    phone.text("2");
    EXPECT_THAT(languages_of(phone), ElementsAre("es"));
}

TEST(EngineOpening, OnlyASecondTwoDeletes) {
    Phone phone(hotline().build());
    phone.text(opening).text("2");
    EXPECT_FALSE(phone.last.discard_draft);
    EXPECT_THAT(phone.keys(),
                ElementsAre("common.first_text_sure", "common.first_text_sure", "common.first_text_sure"));
    phone.text("2");
    EXPECT_TRUE(phone.last.discard_draft);
    EXPECT_TRUE(phone.last.ended);
    EXPECT_THAT(languages_of(phone), ElementsAre("en", "es", "ht"));
    EXPECT_TRUE(phone.filings.empty());
}

TEST(EngineOpening, AYesOrANoAfterAStoryIsNoPartOfIt) {
    for (const char* answer : {"1", "no", "yes", "done", "3"}) {
        Phone phone(hotline().build());
        phone.text(opening).text("2").text(answer);
        EXPECT_TRUE(phone.parts.empty()) << answer;
        EXPECT_TRUE(phone.heard("hotline.language.menu")) << answer;
    }
}

TEST(EngineOpening, TheQuestionAboutDangerComesBeforeTheStoryGoesOn) {
    Phone phone(hotline().build());
    phone.text(opening).text("and the water is bad");
    EXPECT_EQ(phone.parts.size(), 1U);
    EXPECT_TRUE(phone.heard("hotline.language.menu"));
    phone.text("2");
    EXPECT_TRUE(phone.heard("hotline.danger_now.menu"));
    EXPECT_EQ(phone.conversation.language, 1);
    phone.text("2");
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
}

TEST(EngineOpening, NineAfterAStoryFilesItAtOnceAndHelpsInTheLanguageThatIsPicked) {
    Phone phone(hotline().build());
    phone.text(opening).text("9");
    EXPECT_TRUE(phone.heard("hotline.language.menu"));
    phone.text("2");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
    EXPECT_EQ(phone.conversation.language, 1);
    phone.text("X");
    ASSERT_EQ(phone.filings.size(), 1U);
}

TEST(EngineOpening, AWordForHelpChoosesItsLanguageAndDoesNotSkipTheQuestion) {
    Phone phone(hotline().build());
    phone.text("ayuda");
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.help.say", "hotline.danger_now.menu",
                                          "hotline.danger_now.danger", "hotline.danger_now.safe"));
    EXPECT_EQ(phone.conversation.language, 1);
    Phone script(hotline().build());
    script.text("HELP");
    EXPECT_TRUE(script.heard("hotline.help.say"));
    EXPECT_TRUE(script.heard("hotline.language.menu"));
}

TEST(EngineOpening, WordsOfDangerGuessTheLanguageOfTheAnswerAndItIsAskedForAllTheSame) {
    PackBuilder b = hotline();
    b.danger_word("peligro", 1);
    Phone phone(b.build());
    phone.text("aqui hay mucho peligro hoy");
    EXPECT_EQ(phone.utterances().front().key, "common.sorry");
    EXPECT_EQ(phone.utterances().front().language.str(), "es");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.text("1").heard("hotline.language.menu"));
}

TEST(EngineOpening, ALanguagePickedAfterwardsIsToldOfTheCaseThatWasFiledBefore) {
    Phone phone(hotline().build());
    phone.text("he has a gun and waits");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.back().language, 0);
    phone.text("1");
    EXPECT_FALSE(phone.last.spoken);
    phone.text("2");
    ASSERT_TRUE(phone.last.spoken);
    EXPECT_EQ(phone.last.spoken->language, 1);
    EXPECT_EQ(phone.last.spoken->draft, phone.filings.back().draft);
    EXPECT_FALSE(phone.text("2").last.spoken);
}

TEST(EngineOpening, AGreetingGuessesTheLanguageOfTheMenuAndOfTheAnswerToAStory) {
    Phone menu(hotline().build());
    menu.text("Hola!");
    EXPECT_TRUE(menu.heard("hotline.language.menu"));
    EXPECT_EQ(menu.utterances().front().language.str(), "es");
    EXPECT_FALSE(menu.conversation.language_chosen);
    Phone story(hotline().build());
    story.text("hola no me pagaron esta semana");
    EXPECT_EQ(story.utterances().front().language.str(), "es");
}

TEST(EngineOpening, TheLanguageMenuTakesACodeAndANameAndSaysInAllLanguagesThatItTookNeither) {
    for (const char* named : {"ht", "HT", "Kreyòl", "haitian"}) {
        Phone phone(hotline().build());
        phone.text("hi").text(named);
        EXPECT_EQ(phone.conversation.language, 2) << named;
        EXPECT_TRUE(phone.conversation.language_chosen) << named;
    }
    Phone none(hotline().build());
    none.text("hi").text("zzz").text("zzz");
    EXPECT_THAT(languages_of(none), ::testing::IsSupersetOf({"en", "es", "ht"}));
    EXPECT_EQ(none.keys()[2], "common.invalid");
}

TEST(EngineOpening, XFilesAtOnceInEveryLanguageAndOnlyTheNumberWaitsForALanguage) {
    PackBuilder builder = hotline();
    Condition told{};
    told.test = Condition::Test::told;
    told.at_least = 1;
    builder.flow("leaving");
    builder.branch("leave_if").when(told, "leave_report").otherwise("hotline.leave");
    builder.work("leave_report", "report.file")
        .exit("ok", "hotline.receipt")
        .exit("else", "hotline.not_saved");
    Phone phone(builder.keyword("x", "leaving.leave_if").build());
    phone.text(opening).text("X");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().reason, "left");
    const std::vector<std::string> keys = phone.keys();
    EXPECT_EQ(std::count(keys.begin(), keys.end(), "common.words_kept"), 3);
    EXPECT_TRUE(phone.heard("hotline.language.menu"));
    Phone again = phone;
    again.text("X");
    EXPECT_TRUE(again.last.ended);
    EXPECT_TRUE(again.heard("common.words_kept"));
    EXPECT_EQ(again.filings.size(), 1U);
    phone.text("2");
    EXPECT_EQ(phone.requests.back().action, "report.file");  // for its number
    EXPECT_TRUE(phone.heard("hotline.safe_to_text.menu"));
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineOpening, AWordOfDangerAfterALongSilenceIsAnsweredWithHelp) {
    PackBuilder b = hotline();
    b.danger_word("peligro", 1);
    Phone phone(b.build());
    phone.text("hi").text("1").text("2").wait(std::chrono::minutes{31}).text("peligro");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
    EXPECT_EQ(phone.conversation.language, 1);
}

TEST(EngineOpening, AConversationThatWaitsForALanguageSurvivesBeingStored) {
    Phone phone(hotline().build());
    phone.text("9");
    ASSERT_NE(phone.conversation.then, no_block);
    phone.text("zzz").text("zzz").text("zzz");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));  // help is worth more than a language that nobody picked
    EXPECT_EQ(phone.conversation.then, no_block);
}

}  // namespace
}  // namespace rightsline::flows::testing
