#include "gateway/conversations/static_answer.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::conversations {
namespace {

class StaticAnswer : public testing::Test {
 protected:
    void SetUp() override {
        pack = shipped_pack();
        ASSERT_NE(pack, nullptr);
        line.program = "fair-food";
        line.provider = provider.get();
    }
    std::string answer(providers::Hook hook, flows::Mode mode, const flows::Pack* with,
                       std::uint32_t sent_back = 2) {
        providers::Inbound inbound;
        inbound.hook = hook;
        inbound.mode = mode;
        inbound.sent_back = sent_back;
        return store_gone_answer(line, inbound, with).body;
    }

    flows::PackPtr pack;
    std::unique_ptr<providers::Provider> provider = providers::make_provider("simulator");
    LineContext line;
};

TEST_F(StaticAnswer, ATextHearsThatItWasNotKeptInEveryLanguage) {
    const std::string body = answer(providers::Hook::sms, flows::Mode::sms, pack.get());
    for (flows::LanguageIndex language = 0; language < 3; ++language) {
        const std::string words = pack->text(language, pack->find_text("common.not_kept")).text({});
        EXPECT_NE(body.find(words.substr(0, 20)), std::string::npos) << words;
    }
}

TEST_F(StaticAnswer, ATextWhoseCommitNobodyHeardOfIsNotCalledLost) {
    line.language = *locales::LanguageTag::parse("en");
    providers::Inbound inbound;
    const std::string body = store_gone_answer(line, inbound, pack.get(), {Kept::unsure, ""}).body;
    EXPECT_NE(body.find("We do not know if we have your message."), std::string::npos);
    EXPECT_EQ(body.find("could not keep"), std::string::npos);
}

TEST_F(StaticAnswer, AStopThatTheCarrierAnsweredHearsNothing) {
    providers::Inbound inbound;
    inbound.carrier_answered_stop = true;
    EXPECT_EQ(store_gone_answer(line, inbound, pack.get()).body,
              provider->encode(providers::Hook::sms, {}, {}).body);
}

TEST_F(StaticAnswer, ALineOfOneLanguageSpeaksThatOne) {
    line.language = *locales::LanguageTag::parse("es");
    const std::string body = answer(providers::Hook::voice, flows::Mode::voice, pack.get());
    EXPECT_NE(body.find("\"language\":\"es\""), std::string::npos);
    EXPECT_EQ(body.find("\"language\":\"en\""), std::string::npos);
}

TEST_F(StaticAnswer, ACallHearsTheEmergencyNumberAndEnds) {
    const std::string body = answer(providers::Hook::voice_step, flows::Mode::voice, pack.get());
    EXPECT_NE(body.find("911"), std::string::npos);
    EXPECT_NE(body.find("hangup"), std::string::npos);
}

TEST_F(StaticAnswer, ACallIsAskedForTwoMomentsBeforeTheTruth) {
    for (const std::uint32_t before : {0U, 1U}) {
        const std::string body = answer(providers::Hook::voice_step, flows::Mode::voice, pack.get(), before);
        EXPECT_NE(body.find("redirect"), std::string::npos);
        EXPECT_EQ(body.find("hangup"), std::string::npos);
    }
}

TEST_F(StaticAnswer, ATextThatIsInTheSpoolIsSaidToHaveArrivedAndNothingMore) {
    const http::Response answer = store_gone_answer(line, {}, pack.get(), {Kept::here, ""});
    EXPECT_NE(answer.body.find("Your message arrived."), std::string::npos);
    EXPECT_EQ(answer.body.find("saved"), std::string::npos);
    EXPECT_EQ(answer.body.find("could not keep"), std::string::npos);
}

TEST_F(StaticAnswer, ACallThatWaitedTwiceMayLeaveAMessageWhereItsNewsIsKept) {
    providers::Inbound inbound;
    inbound.hook = providers::Hook::voice_step;
    inbound.mode = flows::Mode::voice;
    inbound.sent_back = 2;
    EXPECT_TRUE(may_leave_message(inbound));
    const std::string body =
        store_gone_answer(line, inbound, pack.get(), {Kept::no, "https://h/step?t=1&k=aa&n=3"}).body;
    EXPECT_NE(body.find("\"record\""), std::string::npos);
    EXPECT_NE(body.find("https://h/step?t=1&k=aa&n=3"), std::string::npos);
    EXPECT_EQ(body.find("hangup"), std::string::npos);
    inbound.sent_back = left_a_message;  // they said nothing after the tone
    EXPECT_FALSE(may_leave_message(inbound));
    inbound.sent_back = 0;
    EXPECT_FALSE(may_leave_message(inbound)) << "first it is asked to wait";
}

TEST_F(StaticAnswer, AMessageWhoseNewsIsKeptIsWithThePhoneCompany) {
    line.language = *locales::LanguageTag::parse("en");
    providers::Inbound inbound;
    inbound.hook = providers::Hook::voice_step;
    inbound.mode = flows::Mode::voice;
    inbound.sent_back = left_a_message;
    const std::string kept = store_gone_answer(line, inbound, pack.get(), {Kept::here, ""}).body;
    EXPECT_NE(kept.find("The phone company holds your message"), std::string::npos);
    EXPECT_EQ(kept.find("saved"), std::string::npos);
    const std::string lost = store_gone_answer(line, inbound, pack.get()).body;
    EXPECT_NE(lost.find("was not kept"), std::string::npos);
}

TEST_F(StaticAnswer, TheEndOfACallNeedsNoWords) {
    const std::string body = answer(providers::Hook::voice_status, flows::Mode::voice, pack.get());
    EXPECT_EQ(body.find("\"text\""), std::string::npos);
}

TEST_F(StaticAnswer, WithoutAnyPackTheAnswerIsEmptyAndValid) {
    EXPECT_NE(answer(providers::Hook::sms, flows::Mode::sms, nullptr).find("\"actions\":[]"),
              std::string::npos);
}

}  // namespace
}  // namespace rightsline::conversations
