#include "flows/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Engine, TheSameInputGivesTheSameStep) {
    const PackPtr pack = hotline().build();
    Phone one(pack);
    Phone two(pack);
    for (const char* body : {"hi", "2", "2", "report", "1", "he did not pay us", "1"}) {
        one.text(body);
        two.text(body);
        EXPECT_EQ(flows::pack(one.conversation), flows::pack(two.conversation));
        EXPECT_EQ(one.body(), two.body());
    }
}

TEST(Engine, AChoiceOfLanguageSpeaksItFromThenOn) {
    Phone phone(hotline().build());
    phone.text("hi").text("2");
    EXPECT_THAT(phone.body(), HasSubstr("[es] Are you in danger"));
    EXPECT_EQ(phone.utterances().front().language.str(), "es");
}

TEST(Engine, ALineWithItsOwnLanguageSkipsTheLanguageMenu) {
    Phone phone(hotline().build());
    phone.context.line_language = LanguageIndex{1};
    phone.text("hi");
    EXPECT_TRUE(phone.heard("hotline.danger_now.menu"));
    EXPECT_EQ(phone.conversation.language, 1);
}

TEST(Engine, AScriptWithoutInputStopsAfterAHundredSteps) {
    PackBuilder b;
    b.say("one", "One.").next("two");
    b.say("two", "Two.").next("one");
    Phone phone(b.build());
    phone.text("hi");
    EXPECT_TRUE(phone.has_fact("too_many_steps"));
    EXPECT_TRUE(phone.last.ended);
}

TEST(Engine, CallsReturnAndEightIsTheDeepest) {
    PackBuilder b;
    b.call("again", "hotline").next("out");
    b.menu("out", "Out?").choice("a", "A");
    Phone phone(b.build());
    phone.text("hi");
    EXPECT_TRUE(phone.has_fact("too_deep"));
    EXPECT_TRUE(phone.heard("hotline.out.menu"));
    EXPECT_EQ(phone.conversation.stack.size(), static_cast<std::size_t>(limits::call_depth));
}

TEST(Engine, AnAnswerOutOfRangeIsAskedAgainThenLeaves) {
    PackBuilder b;
    b.ask("age", "How many?", AskKind::number).range(1, 24).no_match("out").next("ok");
    b.say("ok", "OK.").end();
    b.say("out", "Never mind.").end();
    Phone phone(b.build());
    phone.text("hi").text("25");
    EXPECT_THAT(phone.keys(), ElementsAre("common.invalid_ask", "hotline.age.prompt"));
    phone.text("0");
    EXPECT_THAT(phone.keys(), ElementsAre("common.invalid_ask", "hotline.age.prompt"));
    phone.text("x");
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.out.say"));
}

TEST(Engine, RetriesUseOtherWords) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("zzz");
    EXPECT_THAT(phone.keys(), Contains("hotline.main.again.1"));
    EXPECT_THAT(phone.keys(), Not(Contains("hotline.main.menu")));
}

TEST(Engine, AfterTheRetriesAWorkerLandsAtAPersonNeverInSilence) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("zzz").text("zzz").text("zzz");
    EXPECT_TRUE(phone.heard("hotline.leave_message.prompt"));
    EXPECT_FALSE(phone.last.ended);
}

TEST(Engine, ConditionsRouteByAnswerModeLanguageAndHours) {
    using Kind = Condition::Test;
    const auto route = [](Condition condition, Mode mode, Instant now) {
        PackBuilder b;
        b.menu("pick", "Pick.").choice("a", "A").choice("b", "B").urgent(Urgency::p2).next("if");
        b.branch("if").when(std::move(condition), "yes").otherwise("no");
        b.say("yes", "Yes.").end();
        b.say("no", "No.").end();
        Phone phone(b.build(), mode);
        phone.context.now = now;
        phone.give(Called{});
        phone.give(mode == Mode::voice ? Event{Keyed{PrivateText("2")}} : Event{Texted{PrivateText("2")}});
        return phone.heard("hotline.yes.say");
    };
    const Instant noon{std::chrono::hours{490000 / 24 * 24 + 12}};
    const auto condition = [](Kind test, std::vector<std::string> values, std::int64_t at_least = 0) {
        return Condition{test, "pick", std::move(values), at_least, no_block, no_block};
    };
    EXPECT_TRUE(route(condition(Kind::result_is, {"b"}), Mode::sms, noon));
    EXPECT_FALSE(route(condition(Kind::result_is, {"a"}), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::result_one_of, {"a", "b"}), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::result_known, {}), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::result_at_least, {}, 1), Mode::sms, noon));
    EXPECT_FALSE(route(condition(Kind::result_at_least, {}, 2), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::urgency, {}, 2), Mode::sms, noon)) << "P2 was said";
    EXPECT_FALSE(route(condition(Kind::urgency, {}, 1), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::mode, {"voice"}), Mode::voice, noon));
    EXPECT_FALSE(route(condition(Kind::mode, {"voice"}), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::language, {"en"}), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::local_hours, {"08:00", "20:00"}), Mode::sms, noon));
    EXPECT_TRUE(route(condition(Kind::local_hours, {"22:00", "13:00"}), Mode::sms, noon));
    EXPECT_FALSE(route(condition(Kind::local_hours, {"22:00", "08:00"}), Mode::sms, noon));
}

TEST(Engine, ABlockOfAnotherModeIsSkipped) {
    PackBuilder b;
    b.say("spoken", "Spoken.").only(Mode::voice).next("both");
    b.say("both", "Both.").end();
    Phone phone(b.build());
    phone.text("hi");
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.both.say"));
}

TEST(Engine, BackGoesToTheQuestionBeforeAndRepeatSaysAllAgain) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("1");
    EXPECT_THAT(phone.keys(), Contains("hotline.rights.say"));
    phone.press("*");
    EXPECT_THAT(phone.keys(), Contains("hotline.rights.say"));
    EXPECT_THAT(phone.keys(), Contains("hotline.more_rights.menu"));
    phone.press("#");
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
    phone.press("#");
    EXPECT_TRUE(phone.heard("hotline.danger_now.menu"));
}

TEST(Engine, TheDangerKeyWorksInEveryMenuAndRaisesNothingByItself) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("9");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
    EXPECT_TRUE(phone.heard("hotline.leave_message.prompt"));
}

TEST(Engine, AChoiceWithUrgencyRaisesItAndNothingLowersIt) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("1").record(5);
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().urgency, Urgency::p1);
}

TEST(Engine, TheFamilyOfTheReportIsTheOneThatWasPicked) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("2").record(9).press("1");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().family, "injury");
    EXPECT_EQ(phone.filings.front().urgency, Urgency::p2);
    EXPECT_EQ(phone.filings.front().reason, "asked");
}

TEST(Engine, TheFamilyComesFromNoOtherMenuThanTheFamilies) {
    PackBuilder b;
    b.family("wages", Urgency::p3);
    b.menu("main", "Learn about?").choice("wages", "Wages", "story").choice("more", "More", "main");
    b.ask("story", "Tell us.", AskKind::story).seal().files().next("file");
    b.work("file", "report.file").exit("ok", "done").exit("else", "done");
    b.say("done", "Done.").end();
    Phone phone(b.build(), Mode::voice);
    phone.call().press("1").record(9);
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().family, "");
}

TEST(Engine, AReportWithoutACodeIsFiledAtOnceAndNeverTwice) {
    Phone phone(hotline().build(), Mode::voice);
    phone.file_result = {"else", {}};
    phone.call().press("1").press("2").press("2").press("1").record(9).press("1");
    EXPECT_TRUE(phone.heard("hotline.not_saved.say"));
    EXPECT_FALSE(phone.conversation.code_said);
    EXPECT_TRUE(phone.last.ended);
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().reason, "no_code");
    EXPECT_TRUE(phone.conversation.filed);
}

TEST(Engine, ANumberThatDoesNotExistIsNotOffered) {
    PackBuilder b;
    b.ask("story", "Tell us.", AskKind::story).seal().files().next("file");
    b.work("file", "report.file").exit("ok", "receipt").exit("else", "receipt");
    b.say("receipt", "Your number: {code, spell}.").secret().after("safe").next("more");
    b.menu("safe", "Is it safe to text you a number?")
        .choice("yes", "Yes")
        .choice("no", "No")
        .next("receipt");
    b.menu("more", "More?").choice("a", "A", "more");
    for (const Mode mode : {Mode::voice, Mode::ussd}) {
        Phone phone(b.build(), mode);
        phone.file_result = {"else", {}};
        phone.call();
        mode == Mode::voice ? phone.record(5) : phone.text("he did not pay us");
        EXPECT_FALSE(phone.heard("hotline.receipt.say"));
        EXPECT_FALSE(phone.heard("hotline.safe.menu"));
        EXPECT_TRUE(phone.heard("hotline.more.menu"));
    }
}

TEST(Engine, NothingToldIsNeverCalledFiled) {
    PackBuilder b;
    b.work("file", "report.file").exit("ok", "saved").exit("else", "no_code").exit("nothing", "ask");
    b.say("saved", "Saved.").end();
    b.say("no_code", "It goes to our team.").end();
    b.menu("ask", "What happened?").choice("a", "A", "ask");
    Phone phone(b.build());
    phone.text("hi");
    EXPECT_TRUE(phone.heard("hotline.ask.menu"));
    EXPECT_TRUE(phone.filings.empty());
}

TEST(Engine, EndEndsTheConversationInACalledFlowTooAndReturnDoesNot) {
    PackBuilder b;
    b.call("first", "inner").next("after");
    b.menu("after", "After?").choice("a", "A", "after");
    b.flow("inner");
    b.menu("which", "Which?").choice("end", "End", "bye").choice("return", "Return", "back");
    b.say("bye", "Bye.").end();
    b.say("back", "Back.");
    const PackPtr pack = b.build();
    Phone ends(pack);
    ends.text("hi").text("1");
    EXPECT_TRUE(ends.last.ended);
    EXPECT_FALSE(ends.heard("hotline.after.menu"));
    Phone returns(pack);
    returns.text("hi").text("2");
    EXPECT_FALSE(returns.last.ended);
    EXPECT_TRUE(returns.heard("hotline.after.menu"));
}

TEST(Engine, AStoryAfterAnOpenedReportIsAReportOfItsOwn) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("3").press("572400000000").come_back();
    ASSERT_TRUE(phone.heard("hotline.opened.say"));
    const auto opened = phone.conversation.draft;
    ASSERT_TRUE(phone.conversation.filed);
    Conversation& at = phone.conversation;
    at.block = phone.pack->find_block("hotline", "story");
    phone.record(7);
    EXPECT_NE(phone.conversation.draft, opened);
    EXPECT_FALSE(phone.conversation.filed);
    phone.press("1");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.heard("hotline.receipt.say"));
}

TEST(Engine, ASecondStoryThatIsNotHeldYetIsNotCalledSaved) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("1").record(9).press("1");
    ASSERT_TRUE(phone.conversation.filed);
    phone.conversation.block = phone.pack->find_block("hotline", "keep");
    phone.context.parts_pending = 1;
    phone.press("1");
    EXPECT_TRUE(phone.heard("hotline.pending.say"));
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(Engine, DeletingDiscardsTheDraftAndFilesNothing) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("1").record(9).press("3");
    EXPECT_TRUE(phone.heard("hotline.deleted.say"));
    EXPECT_TRUE(phone.last.discard_draft);
    EXPECT_TRUE(phone.filings.empty());
}

TEST(Engine, PartsAfterTheFilingAreGivenAndNotFiledAgain) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("1").record(9).press("1");
    phone.record(4);
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts.front().name, "where");
    phone.hang_up();
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(Engine, AForeignConversationIsBegunAgainRatherThanTrusted) {
    const PackPtr pack = hotline().build();
    Conversation broken;
    broken.pack = pack->hash;
    broken.block = 9999;
    broken.language = 99;
    broken.stack = {5000};
    Context context;
    context.now = Instant{std::chrono::hours{490000}};
    for (const Event& event :
         {Event{Texted{PrivateText("1")}}, Event{HungUp{}}, Event{Elapsed{}}, Event{DoResult{}}}) {
        const Step taken = step(*pack, broken, event, context);
        EXPECT_TRUE(taken.ended || taken.conversation.block < pack->blocks.size());
    }
}

TEST(Engine, CountIsAFactAndDoesNotWait) {
    PackBuilder b;
    b.work("count", "count").with("what", "test_call").exit("ok", "said");
    b.say("said", "This is the real line.").end();
    Phone phone(b.build());
    phone.text("hi");
    EXPECT_TRUE(phone.has_fact("test_call"));
    EXPECT_TRUE(phone.heard("hotline.said.say"));
}

}  // namespace
}  // namespace rightsline::flows::testing
