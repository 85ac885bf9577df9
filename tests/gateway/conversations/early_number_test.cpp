// The number that is said before the tone, through the turn with a real store: what it opens, and what of it is kept when.
#include <gtest/gtest.h>

#include <regex>

#include "flows/words.hpp"
#include "gateway/conversations/early_number.hpp"
#include "gateway/vault/mailbox.hpp"
#include "tests/gateway/conversations/caller.hpp"
#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::conversations {
namespace {

std::string code_in(const std::string& answer) {
    std::smatch found;
    if (!std::regex_search(answer, found, std::regex("([0-9]{4}) ([0-9]{4}) ([0-9]{4})"))) {
        return "";
    }
    return found[1].str() + found[2].str() + found[3].str();
}

class EarlyNumberOnCall : public Caller {
 protected:
    void SetUp() override {
        Caller::SetUp();
        start(shipped_bundle());
    }
    /// A caller who may leave a message, and has heard its number; the number.
    std::string to_the_number() {
        dial();
        for (const char* key : {"1", "2", "4"}) {
            press(key);
        }
        return code_in(press("2"));
    }
    std::size_t numbers() { return count_of("{fair-food}:r:*"); }
    std::size_t mailboxes() { return count_of("{fair-food}:km:*"); }
    std::string opens(const std::string& code) {
        DeedContext context;
        context.program = "fair-food";
        context.budget = far();
        return await(guess("a-try-of-" + code, code, context));
    }
    void expect_that_it_opens_the_message(const std::string& code) {
        ASSERT_EQ(cases(), 1U);
        EXPECT_EQ(numbers(), 1U);
        EXPECT_EQ(mailboxes(), 1U);
        EXPECT_EQ(opens(code), "ok");
        EXPECT_EQ(fact("untold"), "(none)") << "whoever answers knows that it was told";
    }
};

TEST_F(EarlyNumberOnCall, WhoHangsUpAfterSpeakingHasItAndItOpensWhatTheySaid) {
    const std::string code = to_the_number();
    ASSERT_EQ(code.size(), 12U);
    press("1");
    EXPECT_EQ(numbers(), 0U) << "nothing was told: it leads nowhere";
    speak("RE1");
    hang_up();
    expect_that_it_opens_the_message(code);
    EXPECT_EQ(fact("reason"), "hang_up");
}

TEST_F(EarlyNumberOnCall, OpensWordsWhoseHangUpOvertookThem) {
    const std::string code = to_the_number();
    press("1");
    hang_up();
    EXPECT_EQ(cases(), 0U);
    speak("RE1");
    expect_that_it_opens_the_message(code);
}

TEST_F(EarlyNumberOnCall, OpensARecordingThatNoTurnBrought) {
    const std::string code = to_the_number();
    press("1");
    hang_up();
    tell_of("RE1");
    expect_that_it_opens_the_message(code);
}

TEST_F(EarlyNumberOnCall, OfNothingSaidLeavesNoTrace) {
    const std::string code = to_the_number();
    press("1");
    hang_up();
    EXPECT_EQ(cases(), 0U);
    EXPECT_EQ(numbers(), 0U);
    EXPECT_EQ(mailboxes(), 0U);
    EXPECT_EQ(opens(code), "wrong");
}

TEST_F(EarlyNumberOnCall, IsTheOnlyOneOfWhoeverStaysToTheEnd) {
    const std::string code = to_the_number();
    press("1");
    speak("RE1");
    press("1");  // keep it
    expect_that_it_opens_the_message(code);
    for (int i = 0; i < 3; ++i) {
        press("#");  // where, who, when
    }
    EXPECT_EQ(code_in(press("1")), code) << "no contact: the same number once more";
    EXPECT_EQ(numbers(), 1U);
}

TEST_F(EarlyNumberOnCall, OfWhatIsDeletedOpensNothing) {
    const std::string code = to_the_number();
    press("1");
    speak("RE1");
    press("3");
    press("2");  // yes, delete it
    hang_up();
    EXPECT_EQ(cases(), 0U);
    EXPECT_EQ(numbers(), 0U);
    EXPECT_EQ(mailboxes(), 0U);
    EXPECT_EQ(opens(code), "wrong");
}

TEST_F(EarlyNumberOnCall, IsNotWaitedForByWhoeverIsInDanger) {
    dial();
    press("1");
    press("1");
    EXPECT_EQ(code_in(press("1")), "") << "the tone comes at once";
    speak("RE1");
    hang_up();
    ASSERT_EQ(cases(), 1U);
    EXPECT_EQ(fact("untold"), "1");
}

TEST(EarlyNumberBytes, ComeBackAsTheyWereAndNothingElseIsOne) {
    const EarlyNumber number{"00ff", std::string(vault::mailbox_bytes, '|')};
    const std::optional<EarlyNumber> back = parse_early_number(to_bytes(number));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->index, number.index);
    EXPECT_EQ(back->mailbox, number.mailbox);
    for (const std::string& none : {std::string(), std::string("|"), std::string("00ff|short"),
                                    "|" + number.mailbox, to_bytes(number) + "x"}) {
        EXPECT_FALSE(parse_early_number(none));
    }
}

TEST(EarlyNumberBytes, AreOfOneReportAlone) {
    flows::Conversation call;
    call.draft.fill(7);
    call.values = flows::pack_values(
        {{number_value, to_bytes(EarlyNumber{"00ff", std::string(vault::mailbox_bytes, 'm')})}});
    EXPECT_TRUE(early_number_of(call, "07070707070707070707070707070707"));
    EXPECT_FALSE(early_number_of(call, "08080808080808080808080808080808"));
}

}  // namespace
}  // namespace rightsline::conversations
