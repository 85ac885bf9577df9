#include "gateway/conversations/turn.hpp"
#include "gateway/cases/epoch_lock.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class Turn : public WithTurns {
 protected:
    Awaitable<std::string> answer_to(providers::Inbound inbound) {
        const LineContext here = line();
        const http::Response response = co_await turns->take(here, inbound);
        co_return response.body;
    }
};

TEST_F(Turn, AFirstTextIsAnsweredAndLivesInTheStoreSealed) {
    const std::string answer = say(text("SM1", "canary words of a worker"));
    EXPECT_NE(answer.find("\"do\":\"text\""), std::string::npos) << answer;
    EXPECT_EQ(count_of("{fair-food}:c:*"), 1U);
    EXPECT_EQ(count_of("{fair-food}:e:*"), 1U);
    const std::string disk = redis::shared_server().append_only_bytes();
    EXPECT_EQ(disk.find("canary words"), std::string::npos);
    EXPECT_EQ(disk.find("5005550001"), std::string::npos);
}

TEST_F(Turn, TakesTwoRoundTripsAndARepeatOne) {
    const auto before = client->traffic().commands;
    const std::string answer = say(text("SM1", "1"));
    EXPECT_EQ(client->traffic().commands - before, 2U);
    EXPECT_EQ(say(text("SM1", "1")), answer);
    EXPECT_EQ(client->traffic().commands - before, 3U);
}

TEST_F(Turn, ARepeatGetsTheSameBytesEvenAfterTheConversationWentOn) {
    const std::string first = say(text("SM1", "1"));
    const std::string second = say(text("SM2", "2"));
    EXPECT_NE(first, second);
    EXPECT_EQ(say(text("SM1", "1")), first);
    EXPECT_EQ(say(text("SM2", "2")), second);
}

TEST_F(Turn, AKnownEventWithOtherContentChangesNothing) {
    say(text("SM1", "1"));
    const std::string document = text_of_conversation();
    const std::string answer = say(text("SM1", "2"));
    EXPECT_NE(answer.find("\"actions\":[]"), std::string::npos) << answer;
    EXPECT_EQ(text_of_conversation(), document);
    EXPECT_NE(metrics.render().find("outcome=\"altered\"} 1"), std::string::npos) << metrics.render();
}

TEST_F(Turn, TwoTextsAtOnceAreBothTakenOneAfterTheOther) {
    say(text("SM1", "1"));
    std::vector<std::string> answers;
    for (const char* id : {"SM2", "SM3"}) {
        at_once(answer_to(text(id, "2")), [&](const std::string& answer) { answers.push_back(answer); });
    }
    tests::run_until(io, [&] { return answers.size() == 2; });
    EXPECT_NE(metrics.render().find("outcome=\"conflict\"} 1"), std::string::npos) << metrics.render();
    EXPECT_NE(metrics.render().find("outcome=\"committed\"} 3"), std::string::npos) << metrics.render();
    EXPECT_EQ(count_of("{fair-food}:e:*"), 3U);
}

// A phone that finds the network again sends all that it has at once: none of it may be turned away.
TEST_F(Turn, ABurstOfTextsOfOneWorkerIsTakenWhole) {
    say(text("SM0", "1"));
    std::vector<std::string> answers;
    for (int i = 1; i <= 12; ++i) {
        at_once(answer_to(text("SM" + std::to_string(i), "MENU")),
                [&](const std::string& answer) { answers.push_back(answer); });
    }
    tests::run_until(io, [&] { return answers.size() == 12; });
    EXPECT_NE(metrics.render().find("outcome=\"committed\"} 13"), std::string::npos) << metrics.render();
    EXPECT_EQ(count_of("{fair-food}:e:*"), 13U);
}

TEST_F(Turn, AHelpThatTheCarrierAnsweredGetsNoSecondAnswerAndChangesNothing) {
    const std::string nothing = provider->encode(providers::Hook::sms, {}, {}).body;
    EXPECT_NE(say("1"), nothing);
    providers::Inbound help = text("SMhelp", "HELP");
    help.carrier_answered_help = true;
    EXPECT_EQ(say(std::move(help)), nothing);
    EXPECT_EQ(count_of("{fair-food}:e:*"), 1U);
}

TEST_F(Turn, SendersThatAreNoNumbersNeverShareAConversation) {
    for (const char* sender :
         {"sender|WAGE1", "sender|whatsapp:+13055550001", "sender|whatsapp:+13055550002"}) {
        providers::Inbound inbound = text(std::string("SM") + sender, "1");
        inbound.worker.reset();
        inbound.call = sender;
        say(std::move(inbound));
    }
    EXPECT_EQ(count_of("{fair-food}:c:*"), 3U);
}

// A hang-up that overtakes the recording ends the call; what was recorded is a report of its own, never erased unheard.
TEST_F(Turn, ARecordingThatComesAfterTheEndOfItsCallIsFiled) {
    providers::Inbound late;
    late.hook = providers::Hook::voice_step;
    late.mode = flows::Mode::voice;
    late.line = "+15005550006";
    late.call = "CA1";
    late.turn = 5;
    late.identity = "CA1|5";
    late.content = "RE1";
    late.event = flows::Recorded{"RE1", flows::Seconds{9}};
    late.recording = providers::RemoteRecording{"RE1", "https://api.example/RE1", ""};
    say(std::move(late));
    ASSERT_EQ(count_of("{fair-food}:k:*"), 1U);
    EXPECT_EQ(count_of("{fair-food}:kp:*"), 1U);
    EXPECT_EQ(count_of("{fair-food}:kr:*"), 1U);
    EXPECT_EQ(WithServer::text({"HGET", keys_like("{fair-food}:k:*").front(), "reason"}), "late_recording");
    EXPECT_EQ(adopted, 1);
}

// A caller's number can be faked: whoever does that must not use up the tries of the worker's texts.
TEST_F(Turn, WrongCodesOfCallsAndOfTextsAreCountedApart) {
    say("MENU");
    for (const char* words : {"1", "2", "3", "000000005724"}) {
        say(words);
    }
    ASSERT_EQ(count_of("{fair-food}:w:*"), 1U);
    providers::Inbound call = text("CA1", "");
    call.mode = flows::Mode::voice;
    call.call = "CA1";
    call.event = flows::Called{};
    say(call);
    call.hook = providers::Hook::voice_step;
    for (const char* keys : {"1", "2", "3", "000000005724", ""}) {
        ++call.turn;
        call.identity = "CA1|" + std::to_string(call.turn);
        call.event = flows::Keyed{locales::PrivateText(keys)};
        say(call);
    }
    EXPECT_EQ(count_of("{fair-food}:w:*"), 2U);
}

TEST_F(Turn, TwoPhonesNeverShareAConversation) {
    say(text("SM1", "1", "+15005550001"));
    say(text("SM2", "1", "+15005550002"));
    EXPECT_EQ(count_of("{fair-food}:c:*"), 2U);
}

TEST_F(Turn, SaysThatNothingWasKeptWhenTheStoreIsGoneAndGoesOnWhenItIsBack) {
    say(text("SM1", "1"));
    redis::shared_server().kill();
    const std::string sorry = say(text("SM2", "2"));
    redis::shared_server().start();
    EXPECT_NE(sorry.find("common.not_kept"), std::string::npos) << sorry;
    const std::string answer = say(text("SM2", "2"));
    EXPECT_EQ(answer.find("common.not_kept"), std::string::npos) << answer;
    EXPECT_EQ(count_of("{fair-food}:e:*"), 2U);
}

TEST_F(Turn, ADamagedConversationIsBegunAnewRatherThanLeftUnanswered) {
    say(text("SM1", "1"));
    const std::string key = keys_like("{fair-food}:c:*").front();
    std::string document = WithServer::text({"GET", key});
    document.back() = static_cast<char>(document.back() ^ 1);
    ask({"SET", key, document});
    EXPECT_NE(say(text("SM2", "1")).find("\"do\":\"text\""), std::string::npos);
    EXPECT_NE(metrics.render().find("outcome=\"unreadable\"} 1"), std::string::npos);
}

/// Words of these tests alone: what the store keeps of a program in clear holds other tests' words of danger.
constexpr const char* story_words = "canary: they keep our passports";

class Report : public WithTurns {
 protected:
    /// What a worker who reports answers to each question, until the story was told or the receipt code was said.
    std::string report(bool to_the_end = true) {
        static const std::pair<const char*, const char*> ways[] = {{"language.menu\"", "1"},
                                                                   {"danger_now.menu\"", "2"},
                                                                   {"main.menu\"", "2"},
                                                                   {"what_happened.menu\"", "1"},
                                                                   {"where.prompt\"", "skip"}};
        std::string answer = say("MENU");
        bool story = false;
        for (int i = 0; i < 16 && count_of("{fair-food}:es:*") == 0; ++i) {
            const bool asks_story = answer.find("hotline.story.sms\"") != std::string::npos;
            if (story && !to_the_end) {
                break;
            }
            const char* words = asks_story && !story ? story_words : "1";
            for (const auto& [key, way] : ways) {
                words = answer.find(key) != std::string::npos ? way : words;
            }
            story = story || asks_story;
            trace += words + std::string(" <- ") + answer.substr(0, 220) + "\n";
            answer = say(words);
        }
        return answer;
    }
    std::string trace;
};

TEST_F(Report, IsFiledSealedAndOpensWithTheCirclesKeyOnly) {
    const std::string answer = report();
    ASSERT_EQ(count_of("{fair-food}:kx"), 1U) << answer << trace;
    const std::vector<std::string> parts = keys_like("{fair-food}:kp:*");
    ASSERT_EQ(parts.size(), 1U);
    const std::string id = parts.front().substr(std::string("{fair-food}:kp:").size());
    const redis::Reply sealed = ask({"LRANGE", parts.front(), "0", "-1"});
    std::string told_words;
    for (const redis::Reply& part : *sealed.array()) {
        EXPECT_FALSE(cases::open_part(private_key(), "fair-food", id, *part.string())) << "without its month";
        const auto unlocked =
            tests::run(io, cases::unlock_one(*vault, cases::part_context("fair-food", id), *part.string()));
        ASSERT_TRUE(unlocked);
        const auto opened = cases::open_part(private_key(), "fair-food", id, *unlocked);
        ASSERT_TRUE(opened);
        told_words += opened->text + "\n";
        const auto elsewhere = cases::open_part(private_key(), "fair-food", "00" + id.substr(2), *unlocked);
        EXPECT_FALSE(elsewhere && id.substr(0, 2) != "00");
    }
    EXPECT_NE(told_words.find(story_words), std::string::npos) << told_words;
    EXPECT_EQ(redis::shared_server().append_only_bytes().find(story_words), std::string::npos);
}

TEST_F(Report, AnAnswerThatSaysTheCodeIsRepeatedForTenMinutesAndThenNeutral) {
    const std::string answer = report();
    ASSERT_NE(answer.find("\"secret\":true"), std::string::npos) << answer;
    const std::string last = "SM" + std::to_string(told);
    const std::vector<std::string> kept = keys_like("{fair-food}:es:*");
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_LE(number({"TTL", kept.front()}), 600);
    EXPECT_GT(number({"TTL", kept.front()}), 500);
    EXPECT_EQ(say(text(last, "1")), answer);
    ask({"DEL", kept.front()});  // what the time to live does after ten minutes
    const std::string neutral = say(text(last, "1"));
    EXPECT_NE(neutral.find("\"actions\":[]"), std::string::npos) << neutral;
    const std::string disk = redis::shared_server().append_only_bytes();
    for (const auto& [name, value] : std::map<std::string, std::string>{{"body", answer}}) {
        EXPECT_EQ(disk.find(value), std::string::npos) << name;
    }
}

TEST_F(Report, IsKnownAsOneWhoseNumberNobodyWasToldUntilItIsSaid) {
    report(false);
    std::string answer = say("1");  // the story is told: keep it, tell it again, delete it
    for (int i = 0; i < 8 && count_of("{fair-food}:k:*") == 0; ++i) {
        answer = say(answer.find("where.prompt\"") != std::string::npos ? "skip" : "1");
    }
    ASSERT_NE(answer.find("safe_to_text.menu\""), std::string::npos) << answer;
    const std::string facts = keys_like("{fair-food}:k:*").front();
    EXPECT_EQ(WithServer::text({"HGET", facts, "untold"}), "1");
    answer = say("1");
    ASSERT_EQ(count_of("{fair-food}:es:*"), 1U) << answer;
    EXPECT_EQ(number({"HEXISTS", facts, "untold"}), 0);
}

TEST_F(Report, TellsTheServerThatSomethingWasErasedOnlyWhenItWas) {
    report(false);
    const std::string keep = say("1");  // the story is told: keep it, tell it again, delete it
    ASSERT_EQ(count_of("{fair-food}:kp:*"), 1U) << keep;
    EXPECT_EQ(erased, 0);
    const std::string gone = say("3");
    EXPECT_EQ(count_of("{fair-food}:kp:*"), 0U) << gone;
    EXPECT_EQ(erased, 1);
}

TEST_F(Report, UsesOneCodeFromTheStockAndOneAlias) {
    tests::run(io, stock->refill({"fair-food"}));
    EXPECT_EQ(stock->codes(), 2U);
    report();
    EXPECT_EQ(stock->codes(), 1U);
    EXPECT_EQ(derived, 2);
    EXPECT_EQ(count_of("{fair-food}:r:*"), 1U);
}

TEST_F(Report, IsFiledBySilenceAndTheTimerIsGone) {
    report(false);
    ASSERT_EQ(count_of("{fair-food}:kx"), 0U);
    ASSERT_EQ(number({"ZCARD", keys.timers()}), 1);
    const std::string key = keys_like("{fair-food}:c:*").front();
    clock.advance(std::chrono::hours(25));
    for (int i = 0; i < 3 && number({"ZCARD", keys.timers()}) == 1; ++i) {
        tests::run(io, turns->elapse("fair-food", key));
    }
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
    EXPECT_EQ(number({"ZCARD", keys.timers()}), 0);
}

// The script of a told story is gone (an old build's, a lost value): the story is filed all the same.
TEST_F(Report, IsFiledThoughNoScriptContinuesItsConversation) {
    report(false);
    ASSERT_EQ(count_of("{fair-food}:kp:*"), 1U) << trace;
    restart_with_other_script();
    clock.advance(std::chrono::hours(25));
    tests::run(io, turns->elapse("fair-food", keys_like("{fair-food}:c:*").front()));
    ASSERT_EQ(number({"ZCARD", keys.cases()}), 1);
    EXPECT_EQ(WithServer::text({"HGET", keys_like("{fair-food}:k:*").front(), "reason"}), "script_gone");
    EXPECT_EQ(number({"ZCARD", keys.timers()}), 0);
    EXPECT_EQ(count_of("{fair-food}:c:*"), 0U);
}

TEST_F(Report, IsFiledWhenItsWorkerWritesOnAfterTheScriptIsGone) {
    report(false);
    restart_with_other_script();
    EXPECT_NE(say("hello").find("\"do\":\"text\""), std::string::npos);
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
    EXPECT_EQ(count_of("{fair-food}:c:*"), 1U);
}

// Other keys, or a damaged value: whoever puts that right finds the story still waiting.
TEST_F(Report, AStoryThatCannotBeOpenedKeepsItsTimer) {
    report(false);
    const std::string key = keys_like("{fair-food}:c:*").front();
    const std::string document = WithServer::text({"GET", key});
    std::string damaged = document;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    ask({"SET", key, damaged});
    clock.advance(std::chrono::hours(25));
    tests::run(io, turns->elapse("fair-food", key));
    ASSERT_EQ(number({"ZCARD", keys.timers()}), 1);
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 0);
    ask({"SET", key, document});
    tests::run(io, turns->elapse("fair-food", key));
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
}

TEST_F(Turn, ATimerOfNothingIsTakenOffTheList) {
    ask({"ZADD", keys.timers(), "1", keys.conversation("00")});
    tests::run(io, turns->elapse("fair-food", keys.conversation("00")));
    EXPECT_EQ(number({"ZCARD", keys.timers()}), 0);
}

}  // namespace
}  // namespace rightsline::conversations
