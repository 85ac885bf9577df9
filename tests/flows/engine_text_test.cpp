#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Phone at_story() {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("1");
    return phone;
}

TEST(EngineText, AnswersOfOneTurnAreOneMessage) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("1");
    ASSERT_EQ(phone.last.actions.size(), 1U);
    EXPECT_THAT(phone.body(), HasSubstr("You have rights.\nMore?\n1 More\n2 Back to the start"));
}

TEST(EngineText, TheWordStopInsideAStoryIsNotAWish) {
    Phone phone = at_story();
    phone.text("We have got to STOP this bill from passing now");
    EXPECT_FALSE(phone.last.silent);
    EXPECT_EQ(phone.parts.size(), 1U);
}

TEST(EngineText, HelpAndKeywordsWinOverTheWaitingBlock) {
    Phone phone = at_story();
    phone.text("HELP");
    EXPECT_TRUE(phone.heard("hotline.help.say"));
    EXPECT_TRUE(phone.parts.empty());
    phone.text("ayuda");
    EXPECT_TRUE(phone.heard("hotline.help.say"));
    phone.text("Menu");
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
}

TEST(EngineText, HelpThatReturnsAsksTheWaitingQuestionAgainAndSaysThatAStoryIsHeld) {
    PackBuilder b({"en"});
    b.menu("m", "Well?").choice("tell", "Tell", "story");
    b.ask("story", "Tell us.", AskKind::story).seal().files().next("kept");
    b.menu("kept", "Keep it?").choice("keep", "Keep it", "m");
    b.say("help", "Help.").returns();
    b.keyword("help", "help");
    Phone phone(b.build());
    phone.text("hi").text("help");
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.help.say", "hotline.m.menu", "hotline.m.tell"));
    phone.text("1").text("help");
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.help.say", "hotline.story.prompt"));
    phone.text("he did not pay us").text("help");
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.help.say", "common.story_held"));
    EXPECT_TRUE(phone.text("1").heard("hotline.kept.menu"));
    EXPECT_EQ(phone.conversation.parts, 1);
}

TEST(EngineText, AWordOfTheWorkersLanguageBeatsAKeywordOfAnother) {
    PackBuilder b({"en", "es"});
    b.menu("main", "What?").choice("help", "Alone", "leave").words({"ayuda"}).choice("b", "B", "main");
    b.say("help", "Help.").next("main");
    b.say("leave", "OK.").end();
    b.keyword("help", "help");
    const PackPtr pack = b.build();
    Phone english(pack);
    english.text("hi").text("ayuda");
    EXPECT_TRUE(english.heard("hotline.leave.say"));  // a choice here, help in Spanish
    Phone none(pack);
    none.text("hi").text("help");
    EXPECT_TRUE(none.heard("hotline.help.say"));  // the worker's own language and the script's own word
    Phone spanish(pack);
    spanish.context.line_language = LanguageIndex{1};
    spanish.text("hi").text("ayuda");
    EXPECT_TRUE(spanish.heard("hotline.help.say"));
}

TEST(EngineText, HotkeysWorkAsWholeMessagesInMenusAndStoriesNeverInsideAnotherAsk) {
    Phone menu(hotline().build());
    menu.text("hi").text("9");
    EXPECT_TRUE(menu.heard("hotline.danger.say"));
    Phone story = at_story();
    story.text("9");
    EXPECT_TRUE(story.heard("hotline.danger.say"));
    Phone hours = at_story();
    hours.text("he did not pay").text("1").text("1").text("1").text("0").text("2");
    ASSERT_TRUE(hours.heard("contact.number.prompt"));
    hours.text("9");
    EXPECT_TRUE(hours.heard("contact.done.say"));
}

TEST(EngineText, AShortOpeningTextStartsTheFlow) {
    Phone phone(hotline().build());
    phone.text("hola");
    EXPECT_TRUE(phone.heard("hotline.language.menu"));
}

TEST(EngineText, AStoryTakesManyTextsAndIsAcknowledgedThreeTimes) {
    Phone phone = at_story();
    for (int i = 0; i < limits::story_acknowledgements; ++i) {
        phone.text("more words");
        EXPECT_THAT(phone.keys(), ElementsAre("common.story_more"));
        EXPECT_EQ(phone.parts.size(), 1U);
    }
    phone.text("still more");
    EXPECT_TRUE(phone.last.actions.empty());
    EXPECT_TRUE(phone.last.silent);
    EXPECT_EQ(phone.parts.size(), 1U);
    phone.text("1");
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
    EXPECT_EQ(phone.conversation.parts, 4);
}

TEST(EngineText, DoneBeforeAnyWordIsExplained) {
    Phone phone = at_story();
    phone.text("1");
    EXPECT_TRUE(phone.heard("common.story_done_hint"));
    EXPECT_TRUE(phone.parts.empty());
}

TEST(EngineText, ThirtySilentMinutesFileTheDraft) {
    Phone phone = at_story();
    phone.text("he did not pay us");
    EXPECT_EQ(phone.last.timer.due, phone.context.now + limits::neutral_after);
    phone.wait(limits::neutral_after).give(Elapsed{});
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().reason, "silence");
    EXPECT_TRUE(phone.last.actions.empty());
    EXPECT_FALSE(phone.last.ended);
}

TEST(EngineText, ATimerThatCameTooEarlyChangesNothing) {
    Phone phone = at_story();
    phone.text("he did not pay us").wait(std::chrono::minutes{29}).give(Elapsed{});
    EXPECT_TRUE(phone.filings.empty());
    EXPECT_EQ(phone.last.timer.op, TimerOp::set);
}

TEST(EngineText, AfterThirtySilentMinutesEveryShortTextGetsTheNeutralOpener) {
    for (const bool timer_fired : {true, false}) {
        for (const char* body : {"1", "hello", "HELP", "9"}) {
            Phone phone = at_story();
            phone.text("he did not pay us").wait(std::chrono::minutes{31});
            if (timer_fired) {
                phone.give(Elapsed{});
            }
            phone.text(body);
            EXPECT_THAT(phone.keys(), ElementsAre("common.opener")) << body;
            EXPECT_THAT(phone.body(), HasSubstr("9 danger. 2 [es] language 3 [ht] language"));
            EXPECT_EQ(phone.filings.size(), 1U);
            EXPECT_EQ(phone.conversation.draft, (std::array<std::uint8_t, 16>{}));
        }
    }
}

TEST(EngineText, TheOpenerLeadsOnByLanguageDangerOrCode) {
    const auto opened = [] {
        Phone phone(hotline().build());
        phone.text("hi").text("1").wait(std::chrono::minutes{31}).text("hello");
        return phone;
    };
    Phone language = opened();
    EXPECT_TRUE(language.text("2").heard("hotline.danger_now.menu"));
    EXPECT_EQ(language.conversation.language, 1);
    EXPECT_TRUE(opened().text("9").heard("hotline.danger.say"));
}

TEST(EngineText, SkipWithZeroIsOfferedAndTaken) {
    Phone phone = at_story();
    phone.text("he did not pay").text("1").text("1").text("2");
    EXPECT_TRUE(phone.heard("hotline.where.prompt"));
    EXPECT_TRUE(phone.heard("common.skip_text"));
    phone.text("0");
    EXPECT_TRUE(phone.parts.empty());
    EXPECT_TRUE(phone.heard("contact.mode.menu"));
}

TEST(EngineText, ASecretIsTextedOnlyAfterYes) {
    Phone yes = at_story();
    yes.text("he did not pay").text("1").text("1");
    EXPECT_TRUE(yes.heard("hotline.safe_to_text.menu"));
    EXPECT_THAT(yes.body(), Not(HasSubstr("1234")));
    yes.text("1");
    EXPECT_THAT(yes.body(), HasSubstr("1234 5678 9012"));
    EXPECT_TRUE(yes.find<Text>()->secret);
    EXPECT_TRUE(yes.conversation.code_said);

    Phone no = at_story();
    no.text("he did not pay").text("1").text("1").text("2");
    EXPECT_THAT(no.body(), Not(HasSubstr("1234")));
    EXPECT_FALSE(no.conversation.code_said);

    Phone puzzled = at_story();
    puzzled.text("he did not pay").text("1").text("1").text("zzz").text("zzz").text("zzz");
    EXPECT_THAT(puzzled.body(), Not(HasSubstr("1234")));
    EXPECT_TRUE(puzzled.heard("hotline.where.prompt"));
}

TEST(EngineText, LeavingIsNeutralAndFiles) {
    Phone phone = at_story();
    phone.text("he did not pay").text("x");
    EXPECT_EQ(phone.body(), "OK.");
    EXPECT_TRUE(phone.last.ended);
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineText, AWrongCheckDigitIsNoMatchBeforeAnyStoreRead) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("3").text("1234 5678 9012");
    const bool asked = !phone.requests.empty();
    EXPECT_FALSE(asked);
    EXPECT_TRUE(phone.heard("hotline.enter_code.prompt"));
}

TEST(EngineText, NastyTextsGetAnAnswer) {
    const std::string long_text(10000, 'a');
    for (const std::string& body :
         {std::string(), std::string("\xff\xfe"), std::string(40001, 'b'), long_text,
          std::string("\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1"), std::string("   ")}) {
        Phone phone(hotline().build());
        phone.text(body);
        EXPECT_FALSE(phone.last.actions.empty());
        Phone story = at_story();
        story.text(body);
        EXPECT_FALSE(story.last.actions.empty());
        Phone where = at_story();
        where.text("he did not pay").text("1").text("1").text("2").text(body);
        EXPECT_FALSE(where.last.actions.empty());
    }
}

TEST(EngineText, WordsAtAMenuAreKeptAndTheMenuComesAgainUntilTheyAreAnswered) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("they did not pay us last week");
    EXPECT_THAT(phone.keys(),
                ElementsAre("common.words_kept", "hotline.main.menu", "hotline.main.rights",
                            "hotline.main.report", "hotline.main.check", "hotline.main.person"));
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts[0].name, "story");
    EXPECT_EQ(phone.conversation.attempt, 0);
    EXPECT_TRUE(phone.last.timer.op == TimerOp::set);
    phone.text("nor today");  // two words: something was told
    EXPECT_EQ(phone.conversation.parts, 2);
    phone.wait(std::chrono::minutes{30}).give(Elapsed{});
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings[0].reason, "silence");
}

TEST(EngineText, FewWordsAtAMenuAreNoReport) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("nor today");
    EXPECT_TRUE(phone.heard("common.invalid"));
    EXPECT_TRUE(phone.parts.empty());
    EXPECT_FALSE(phone.conversation.files);
}

}  // namespace
}  // namespace rightsline::flows::testing
