// Alerts from outside: a worker texts danger, and the people of a roster are texted and called until one of them has it.
//
// The clock is moved instead of waited for; what was sent is read in the ledger of an emulated Twilio.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using emulator::Entry;
using testing::HasSubstr;
using testing::Not;

constexpr const char* line = "+15005550006";
constexpr const char* maria = "+15005550101";
constexpr const char* jean = "+15005550102";
constexpr const char* ana = "+15005550103";
constexpr const char* worker = "+13055550191";
constexpr const char* cry = "help me they have my passport";
constexpr auto step = 10s;
constexpr auto repeat = 15min;

const std::string roster = std::string("people:\n") + "  maria: {phone: \"" + maria +
                           "\"}\n  jean: {phone: \"" + jean + "\", media: [sms]}\n  ana: {phone: \"" + ana +
                           "\"}\norder: [maria, jean]\nsupervisors: [ana]\nstep_seconds: 10\n";

/// A hotline whose Twilio is the emulator. The port comes first: each of the two must know where the other listens.
class Alerts : public testing::Test {
 protected:
    using Count = std::map<std::string, int>;  // "+1… sms" -> how many

    TwilioPhone phone(const char* number) const { return hotline.phone(number); }
    Count sent() const {
        Count all;
        for (const Entry& entry : twilio.accepted()) {
            ++all[entry.to + (entry.call ? " call" : " sms")];
        }
        return all;
    }
    testing::AssertionResult come_to(const Count& wanted, std::chrono::milliseconds limit = 5s) const {
        const bool came = eventually([&] { return sent() == wanted; }, limit);
        return came ? testing::AssertionSuccess()
                    : testing::AssertionFailure() << testing::PrintToString(sent());
    }
    void pass(std::chrono::seconds time) { hotline.move_clock(moved += time); }
    /// What would be told by now has been looked at: the desk's round is half a second.
    void expect_nothing_more(const Count& before) const {
        EXPECT_FALSE(eventually([&] { return sent() != before; }, 2s)) << testing::PrintToString(sent());
    }
    std::string alias() const {
        return std::string(hotline.cases().at(0).as_object().at("alias").as_string());
    }
    /// The text that begins with these words of the program and names the case.
    testing::Matcher<std::string> says(const std::string& key) const {
        return testing::AllOf(testing::StartsWith(hotline.words("common.staff." + key, "en")),
                              HasSubstr(alias()));
    }
    Entry call_of(const char* number) const {
        const std::vector<Entry> all = twilio.accepted();
        const auto found =
            std::ranges::find_if(all, [&](const Entry& entry) { return entry.call && entry.to == number; });
        return found == all.end() ? Entry() : *found;
    }
    /// What Twilio posts to the page of a call that it has placed for us.
    HttpReply ask_page(const std::string& url, const Entry& call, const Fields& more = {}) const {
        Fields fields{{"CallSid", call.sid},
                      {"AccountSid", Hotline::sid},
                      {"From", line},
                      {"To", call.to},
                      {"CallStatus", "in-progress"},
                      {"Direction", "outbound-api"},
                      {"ApiVersion", "2010-04-01"}};
        fields.insert(fields.end(), more.begin(), more.end());
        const std::string& ours = hotline.twilio().public_url;
        return post_signed(hotline.twilio(), url.starts_with(ours) ? url.substr(ours.size()) : url, fields);
    }

    std::uint16_t port = free_port();
    Hotline hotline{
        {.own_clock = true, .roster = roster, .api_base = "http://127.0.0.1:" + std::to_string(port)}};
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
    std::chrono::seconds moved{0};
    const Count first{{std::string(maria) + " sms", 1}, {std::string(maria) + " call", 1}};
    const Count second{
        {std::string(maria) + " sms", 1}, {std::string(maria) + " call", 1}, {std::string(jean) + " sms", 1}};
};

TEST_F(Alerts, DangerReachesTheFirstPersonAtOnceThenTheNextThenEverybody) {
    phone(worker).text(cry);
    EXPECT_TRUE(come_to(first));
    pass(step);
    EXPECT_TRUE(come_to(second));
    Count all{{std::string(maria) + " sms", 2},
              {std::string(maria) + " call", 2},
              {std::string(jean) + " sms", 2},
              {std::string(ana) + " sms", 1},
              {std::string(ana) + " call", 1}};
    pass(step);
    EXPECT_TRUE(come_to(all, 10s));
    pass(repeat);
    for (auto& [what, times] : all) {
        ++times;
    }
    EXPECT_TRUE(come_to(all, 15s));
}

TEST_F(Alerts, HoldNoWordAndNoNumberOfTheWorkerAndKeepEveryReceipt) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    for (const Entry& entry : twilio.accepted()) {
        const std::string said = twilio.words_of(entry.sid);
        EXPECT_THAT(said, Not(HasSubstr("passport")));
        EXPECT_THAT(said, Not(HasSubstr("3055550191")));
        EXPECT_THAT(entry.status_url, Not(HasSubstr("5550")));
        if (!entry.call) {
            EXPECT_THAT(said, says("alert_p1"));
        }
    }
    const std::size_t words_of_both = 6;  // sent, delivered; initiated, ringing, in-progress, completed
    ASSERT_TRUE(eventually([&] { return twilio.receipts().size() == words_of_both; }));
    for (const emulator::Posted& receipt : twilio.receipts()) {
        EXPECT_EQ(receipt.status, 204) << receipt.word;
    }
    const std::string kept = hotline.append_only_bytes();
    const auto keeps = [kept = hotline.append_only_bytes()](const std::string& bytes) {
        return kept.find(bytes) != std::string::npos;
    };
    for (const Entry& entry : twilio.accepted()) {
        const std::size_t name = entry.status_url.find("m=") + 2;
        const std::size_t end = entry.status_url.find('#');
        EXPECT_TRUE(keeps(":or:" + entry.status_url.substr(name, end - name))) << entry.status_url;
    }
    EXPECT_TRUE(keeps(" delivered ") && keeps(" completed "));
}

TEST_F(Alerts, OneByTextTakesItAndNobodyIsToldAnyMore) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    pass(step);
    ASSERT_TRUE(come_to(second));
    EXPECT_THAT(message(phone(maria).text("1")), says("alert_taken"));
    EXPECT_THAT(message(phone(jean).text("1")), says("alert_too_late"));
    pass(repeat);
    expect_nothing_more(second);
}

TEST_F(Alerts, AKeyInTheCallTakesItAndAnotherKeyAndASilenceDoNot) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    const Entry call = call_of(maria);
    const HttpReply answered = ask_page(twilio.words_of(call.sid), call);
    ASSERT_EQ(answered.status, 200) << answered.body;
    const std::string action = parse_twiml(answered.body).child("Gather").attribute("action");
    const Element wrong = parse_twiml(ask_page(action, call, {{"Digits", "5"}}).body);
    EXPECT_EQ(wrong.all("Gather").size(), 1U);
    const Element silent = parse_twiml(ask_page(action, call, {{"Digits", ""}}).body);
    EXPECT_EQ(silent.all("Hangup").size(), 1U);
    pass(step);
    ASSERT_TRUE(come_to(second));  // so it was not taken yet
    const Element taken = parse_twiml(ask_page(action, call, {{"Digits", "1"}}).body);
    EXPECT_EQ(taken.all("Hangup").size(), 1U);
    EXPECT_THAT(message(phone(jean).text("1")), says("alert_too_late"));
    EXPECT_THAT(message(phone(maria).text("1")), says("alert_was_yours"));
    pass(repeat);
    expect_nothing_more(second);
}

TEST_F(Alerts, APageIsOnlyForWhoSignsAndForTheKeyThatWeGave) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    const Entry call = call_of(maria);
    std::string url = twilio.words_of(call.sid);
    const std::string target = url.substr(hotline.twilio().public_url.size());
    EXPECT_EQ(http_post(hotline.twilio().port, target, {}, form_of({{"Digits", "1"}})).status, 403);
    url.back() = url.back() == '0' ? '1' : '0';
    EXPECT_EQ(ask_page(url, call, {{"Digits", "1"}}).status, 404);
    pass(step);
    EXPECT_TRUE(come_to(second));
}

TEST_F(Alerts, ACaseThatItsWorkerDeletedIsToldToNobodyAnyMore) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    const std::string name = alias();
    phone(worker).texts({"2", "2"});
    ASSERT_EQ(hotline.cases().size(), 0U);
    EXPECT_EQ(message(phone(maria).text("1")), hotline.words("common.staff.alert_gone", "en"));
    pass(step);
    expect_nothing_more(first);
    EXPECT_EQ(hotline.cases().size(), 0U);
}

TEST_F(Alerts, StopOfAPersonEndsTheirTextsAndNotTheirCallsUntilStart) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    EXPECT_TRUE(messages(phone(maria).text("STOP")).empty());
    pass(step);
    ASSERT_TRUE(come_to(second));
    pass(step);
    Count all{{std::string(maria) + " sms", 1},
              {std::string(maria) + " call", 2},
              {std::string(jean) + " sms", 2},
              {std::string(ana) + " sms", 1},
              {std::string(ana) + " call", 1}};
    ASSERT_TRUE(come_to(all, 10s));
    expect_nothing_more(all);
    phone(maria).text("START");
    pass(repeat);
    for (auto& [what, times] : all) {
        ++times;
    }
    EXPECT_TRUE(come_to(all, 15s));
}

TEST_F(Alerts, AHelpThatTheCarrierHasAnsweredGetsNoSecondAnswer) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    Fields help = phone(maria).form("HELP", fresh_sid("SM"));
    help.emplace_back("OptOutType", "HELP");
    EXPECT_TRUE(messages(phone(maria).deliver(help)).empty());
    EXPECT_THAT(message(phone(maria).text("1")), says("alert_taken"));
}

TEST_F(Alerts, OtherWordsOfAPersonAreExplainedAndAreNoReport) {
    phone(worker).text(cry);
    ASSERT_TRUE(come_to(first));
    EXPECT_THAT(message(phone(maria).text("he has a gun and they hit me, please help me")),
                says("alert_not_here"));
    EXPECT_EQ(hotline.cases().size(), 1U);
    pass(step);
    EXPECT_TRUE(come_to(second));
}

}  // namespace
}  // namespace rightsline::tests
