#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

Phone at_keep() {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("1").record(12);
    return phone;
}

TEST(EngineVoice, TheLanguageMenuSpeaksEachItemInItsOwnLanguageAndEndsWithAnother) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call();
    const auto said = phone.utterances();
    ASSERT_EQ(said.size(), 5U);
    EXPECT_EQ(said[1].language.str(), "en");
    EXPECT_EQ(said[1].text, "For English, press 1.");
    EXPECT_EQ(said[2].language.str(), "es");
    EXPECT_EQ(said[2].text, "[es] For Español, press 2.");
    EXPECT_EQ(said[4].key, "common.other_language");
    EXPECT_NE(phone.find<Gather>(), nullptr);
}

TEST(EngineVoice, OnlyALineThatIsDeclaredFreeSaysSo) {
    Phone paid(hotline().build(), Mode::voice);
    paid.call();
    EXPECT_FALSE(paid.heard("common.call_is_free"));
    Phone free(hotline().build(), Mode::voice);
    free.context.costs_nothing = true;
    free.call();
    EXPECT_TRUE(free.heard("common.call_is_free"));
    free.press("1");
    EXPECT_FALSE(free.heard("common.call_is_free"));
}

TEST(EngineVoice, AnotherLanguageIsAMessageAfterTheToneThatIsFiled) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().silence();
    EXPECT_NE(phone.find<Record>(), nullptr);
    phone.record(20);
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts.front().name, "message");
    EXPECT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.silence().last.ended);
}

TEST(EngineVoice, NobodyIsWokenBySilence) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").silence();
    EXPECT_THAT(phone.keys(), Contains("common.no_input"));
    EXPECT_THAT(phone.keys(), Contains("common.no_input_speak"));
    phone.silence();
    EXPECT_THAT(phone.keys(), ElementsAre("common.record_tone"));
    EXPECT_NE(phone.find<Record>(), nullptr);
    phone.record(0);
    EXPECT_TRUE(phone.heard("common.goodbye"));
    EXPECT_NE(phone.find<Hangup>(), nullptr);
    EXPECT_TRUE(phone.filings.empty());
    EXPECT_TRUE(phone.requests.empty());
}

TEST(EngineVoice, TheFirstTryOfAMenuDoesNotSpeakOfTheTone) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1");
    EXPECT_THAT(phone.keys(), Not(Contains("common.no_input_speak")));
}

TEST(EngineVoice, WordsAfterTheToneAreTheStory) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").silence().silence().record(30);
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts.front().name, "story");
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
    phone.hang_up();
    EXPECT_EQ(phone.filings.size(), 1U);
}

/// A radio, or somebody who finds no key: what they say is kept, once more, and nobody asks for ever.
TEST(EngineVoice, WordsAfterWordsWithoutAKeyAreKeptAndThenTheCallEnds) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").silence().silence().record(30);
    ASSERT_TRUE(phone.heard("hotline.keep.menu"));
    phone.silence().silence();
    ASSERT_NE(phone.find<Record>(), nullptr);
    phone.record(30);
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_TRUE(phone.heard("common.message_kept"));
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().urgency, Urgency::p3) << "they were asked whether there is danger";
    Phone other = phone;
    EXPECT_TRUE(phone.silence().last.ended);
    EXPECT_TRUE(other.press("2").last.discard_draft) << "a key deletes it all the same";
}

TEST(EngineVoice, AMessageOnlyLanguageRecordsAndFiles) {
    Phone phone(hotline().message_only("ht").build(), Mode::voice);
    phone.call().press("3");
    ASSERT_NE(phone.find<Record>(), nullptr);
    EXPECT_EQ(phone.utterances().front().language.str(), "ht");
    phone.record(30);
    EXPECT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.silence().last.ended);
}

TEST(EngineVoice, AHangUpAfterTheStoryFilesIt) {
    Phone phone = at_keep();
    phone.hang_up();
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().reason, "hang_up");
    EXPECT_EQ(phone.filings.front().family, "wages");
    EXPECT_TRUE(phone.last.ended);
    EXPECT_TRUE(phone.last.actions.empty());
}

TEST(EngineVoice, AHangUpBeforeAnyWordFilesNothing) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").hang_up();
    EXPECT_TRUE(phone.filings.empty());
}

TEST(EngineVoice, ACallThatExpiresFilesAndEnds) {
    Phone phone = at_keep();
    EXPECT_EQ(phone.last.timer.op, TimerOp::set);
    phone.wait(std::chrono::minutes{10}).give(Elapsed{});
    EXPECT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.last.ended);
}

TEST(EngineVoice, AHotkeyInsteadOfASpokenAnswerIsAHotkeyInEveryQuestionForWords) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("1");
    ASSERT_TRUE(phone.heard("hotline.story.prompt"));
    EXPECT_TRUE(phone.press("*").heard("hotline.story.prompt"));
    EXPECT_TRUE(phone.press("#").heard("common.nothing_recorded"));
    EXPECT_TRUE(phone.press("9").heard("hotline.danger.say"));
}

TEST(EngineVoice, AnEmptyRecordingIsAskedForAgain) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("1").record(0);
    EXPECT_THAT(phone.keys(), ElementsAre("common.nothing_recorded", "hotline.story.prompt"));
    EXPECT_TRUE(phone.parts.empty());
}

TEST(EngineVoice, SkipByPound) {
    Phone phone = at_keep();
    phone.press("1");
    EXPECT_TRUE(phone.heard("common.skip_voice"));
    phone.record(0);
    EXPECT_TRUE(phone.heard("contact.mode.menu"));
}

TEST(EngineVoice, ASayBeforeAMenuIsPlayedInsideItsGather) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("1");
    ASSERT_EQ(phone.last.actions.size(), 1U);
    EXPECT_THAT(phone.keys(), Contains("hotline.rights.say"));
    EXPECT_NE(phone.find<Gather>(), nullptr);
}

TEST(EngineVoice, TheCodeIsSpelledAsASecretAndKeyedBack) {
    Phone phone = at_keep();
    phone.press("1");
    const auto said = phone.utterances();
    ASSERT_EQ(said.front().key, "hotline.receipt.say");
    EXPECT_TRUE(said.front().secret);
    EXPECT_EQ(said.front().text, "Saved. Your number: 1234 5678 9012.");
    EXPECT_EQ(said.front().clips.size(), 13U);
    phone.record(0).press("1");
    EXPECT_TRUE(phone.heard("hotline.key_back.prompt"));
    phone.press("123456789012");
    EXPECT_TRUE(phone.heard("hotline.thanks.say"));
    EXPECT_TRUE(phone.has_fact("code_confirmed"));
}

TEST(EngineVoice, APendingRecordingIsNeverCalledSaved) {
    Phone phone = at_keep();
    phone.file_result.exit = "pending";
    phone.press("1");
    EXPECT_TRUE(phone.heard("hotline.pending.say"));
    EXPECT_FALSE(phone.heard("hotline.receipt.say"));
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineVoice, OpeningByCodeSaysOneMomentAndComesBack) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("3").press("572400000000");
    if (phone.requests.empty()) {
        GTEST_FAIL() << "the code's check digit is not the one of locales/spelling";
    }
    EXPECT_TRUE(phone.last.pending->after_redirect);
    EXPECT_TRUE(phone.heard("common.one_moment"));
    EXPECT_NE(phone.find<Redirect>(), nullptr);
    phone.come_back();
    EXPECT_TRUE(phone.heard("hotline.opened.say"));
    EXPECT_TRUE(phone.conversation.filed);
    EXPECT_EQ(phone.conversation.draft[15], 0x0f);
    phone.record(5).hang_up();
    EXPECT_TRUE(phone.filings.empty());
}

TEST(EngineVoice, EveryTurnOfACallHasItsNumberAndResultsAreTheSameTurn) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call();
    EXPECT_EQ(phone.conversation.turn, 1U);
    phone.press("1").press("9");
    EXPECT_EQ(phone.conversation.turn, 3U);
}

TEST(EngineVoice, AnUnknownKeyIsAnsweredAndSoIsARecordingThatNobodyAskedFor) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("7");
    EXPECT_TRUE(phone.heard("common.invalid"));
    phone.record(5);
    EXPECT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineVoice, WithoutAudioAndWithoutPermissionNoSyntheticVoiceSpeaks) {
    Phone phone(hotline().tts(false).build(), Mode::voice);
    phone.call();
    for (const Utterance& said : phone.utterances()) {
        EXPECT_TRUE(said.clips.empty());
    }
}

TEST(EngineVoice, DraftAudioIsPlayedOnlyWhereTheProgramSaysSo) {
    for (const bool drafts : {false, true}) {
        PackBuilder b;
        b.tts(false).say("hello", "Hello.").end();
        auto pack = std::make_shared<Pack>(*b.build());
        const TextIndex text = pack->find_text("hotline.hello.say");
        pack->play_drafts = drafts;
        pack->audio[0].resize(pack->text_keys.size());
        pack->audio[0][text] = {AudioClip{"abc", std::chrono::milliseconds{900}, true}};
        Phone phone(pack, Mode::voice);
        phone.call();
        EXPECT_EQ(phone.utterances().front().clips.size(), drafts ? 1U : 0U);
    }
}

TEST(EngineVoice, AMessageInAnotherLanguageIsFiledAtOnceAsP2AndAKeyDeletesIt) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().silence().record(20);
    EXPECT_TRUE(phone.heard("common.message_kept"));
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.back().urgency, Urgency::p2);
    EXPECT_TRUE(phone.come_back().heard("common.message_kept"));  // the provider lost its place
    phone.press("2");
    EXPECT_TRUE(phone.last.discard_draft);
    EXPECT_TRUE(phone.heard("common.deleted"));
    EXPECT_TRUE(phone.last.ended);
    Phone kept(hotline().build(), Mode::voice);
    kept.call().silence().record(20).silence();
    EXPECT_FALSE(kept.last.discard_draft);
    EXPECT_TRUE(kept.last.ended);
    EXPECT_EQ(kept.filings.size(), 1U);
}

TEST(EngineVoice, AStarOrAPoundAtTheNumberIsNoWrongNumber) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("3").press("*");
    EXPECT_TRUE(phone.heard("hotline.enter_code.prompt"));
    EXPECT_EQ(phone.conversation.attempt, 0);
    EXPECT_TRUE(phone.press("#").heard("hotline.main.menu"));
}

TEST(EngineVoice, ThePoundOfARecordingThatSilenceEndedIsNoWayBack) {
    Phone phone = at_keep();
    ASSERT_TRUE(phone.heard("hotline.keep.menu"));
    EXPECT_TRUE(phone.press("#").heard("hotline.keep.menu"));
    EXPECT_TRUE(phone.press("#").heard("hotline.keep.menu"));
    phone.press("9");
    phone.press("#");
    EXPECT_FALSE(phone.heard("hotline.what_happened.menu"));
    phone.hang_up();
    EXPECT_EQ(phone.filings.size(), 1U) << "what was told is still there";
}

}  // namespace
}  // namespace rightsline::flows::testing
