#include "gateway/providers/twilio_send.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/providers/error.hpp"
#include "send_support.hpp"

namespace rightsline::providers {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::unique_ptr<Sender> twilio = make_twilio_sender();

Result<http::Outgoing> build(const Outbound& send) { return twilio->build_send(send, our_account()); }

std::string field(const http::Outgoing& request, std::string_view name) {
    return std::string(http::Form::decode(request.body).value().get(name));
}

TEST(TwilioSend, ATextIsAFormForTheMessagesOfTheAccount) {
    const http::Outgoing request = build(a_text("¿2+2=4 & 5%? 😀\n")).value();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, std::string(api) + "Messages.json");
    const http::Headers expected{{"Authorization", "Basic QUMwMTIzOjEyMzQ1"},
                                 {"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(request.headers, expected);
    const Pairs fields{
        {"To", "+13055550191"},        {"From", "+15005550006"},
        {"Body", "¿2+2=4 & 5%? 😀\n"}, {"ValidityPeriod", "600"},
        {"SmartEncoded", "false"},     {"StatusCallback", "https://h.example/hooks/main/status?m=01ab#rc=3"}};
    EXPECT_EQ(fields_of(request), fields);
    EXPECT_THAT(request.body, HasSubstr("To=%2B13055550191&From=%2B15005550006&Body=%C2%BF2%2B2%3D4%20%26"));
}

TEST(TwilioSend, AMessagingServiceAndAShortCodeAreLinesToo) {
    Outbound send = a_text();
    send.line = mg;
    EXPECT_EQ(field(build(send).value(), "MessagingServiceSid"), mg);
    EXPECT_EQ(field(build(send).value(), "From"), "");
    send.line = "33733";
    EXPECT_EQ(field(build(send).value(), "From"), "33733");
    for (const std::string line :
         {"", "hotline", "15005550006", "+1 500 555", "MG01", "12", "+05005550006", "123456789"}) {
        send.line = line;
        EXPECT_EQ(build(send).error(), errc::bad_line) << line;
    }
}

TEST(TwilioSend, ATextHasOneTo1600CharactersOfUtf8) {
    std::string wide;
    for (int i = 0; i < 800; ++i) {
        wide += "😀";
    }
    EXPECT_TRUE(build(a_text(std::string(1600, 'x'))));
    EXPECT_TRUE(build(a_text(wide)));
    EXPECT_TRUE(build(a_text("\uFFFD")));
    for (const std::string& body : {std::string(), std::string(1601, 'x'), wide + "x", std::string("\xC3"),
                                    std::string("a\xFF"), std::string("\xED\xA0\x80")}) {
        EXPECT_EQ(build(a_text(body)).error(), errc::bad_text) << body.size();
    }
}

TEST(TwilioSend, ItsValidityStaysWithinWhatTwilioTakes) {
    for (const auto& [asked, said] : std::vector<std::pair<long, std::string>>{
             {-5, "1"}, {0, "1"}, {1, "1"}, {36000, "36000"}, {90000, "36000"}}) {
        Outbound send = a_text();
        std::get<TextOut>(send.what).validity = std::chrono::seconds(asked);
        EXPECT_EQ(field(build(send).value(), "ValidityPeriod"), said);
    }
}

TEST(TwilioSend, ReceiptsGoToAUrlThatIsOne) {
    Outbound send = a_text();
    send.status_url.clear();
    EXPECT_THAT(build(send).value().body, Not(HasSubstr("StatusCallback")));
    for (const std::string url :
         {"x", "ftp://h.example/", "https://u:p@h.example/", "https://h.example/a b", "https://"}) {
        send.status_url = url;
        EXPECT_EQ(build(send).error(), errc::bad_url) << url;
    }
}

TEST(TwilioSend, WithoutAnAccountThereIsNothingToSendWith) {
    Credentials account = our_account();
    account.auth_tokens.clear();
    EXPECT_EQ(twilio->build_send(a_text(), account).error(), errc::bad_account);
    account = our_account();
    account.account_sid = "AC/../x";
    EXPECT_EQ(twilio->build_send(a_text(), account).error(), errc::bad_account);
    account = our_account();
    account.api_base = "http://user@127.0.0.1:1";
    EXPECT_EQ(twilio->build_send(a_text(), account).error(), errc::bad_account);
    account.api_base = "http://127.0.0.1:4010/ignored";
    EXPECT_EQ(twilio->build_send(a_text(), account).value().url,
              "http://127.0.0.1:4010/2010-04-01/Accounts/AC0123/Messages.json");
}

TEST(TwilioSend, ACallSpeaksItsScriptAndTellsHowItWent) {
    flows::Gather gather;
    gather.prompts = say("Press 1 & wait.", "en").prompts;
    Outbound send = a_call({say("Hay un reporte <urgente>.", "es"), gather});
    std::get<Script>(std::get<CallOut>(send.what).what).urls.step = "https://h.example/step?t=1&k=ab";
    const http::Outgoing request = build(send).value();
    EXPECT_EQ(request.url, std::string(api) + "Calls.json");
    const Pairs fields = fields_of(request);
    ASSERT_EQ(fields.size(), 10U);
    EXPECT_EQ(fields[0], Pairs::value_type("To", "+13055550191"));
    EXPECT_EQ(fields[1], Pairs::value_type("From", "+15005550006"));
    EXPECT_EQ(fields[2], Pairs::value_type("Timeout", "30"));
    EXPECT_EQ(fields[3].first, "Twiml");
    EXPECT_THAT(fields[3].second, HasSubstr("Hay un reporte &lt;urgente&gt;."));
    EXPECT_THAT(fields[3].second, HasSubstr(R"(action="https://h.example/step?t=1&amp;k=ab&amp;e=k")"));
    EXPECT_EQ(fields[4].first, "StatusCallback");
    EXPECT_EQ(fields[5], Pairs::value_type("StatusCallbackMethod", "POST"));
    for (const auto& [at, event] : std::vector<std::pair<std::size_t, std::string>>{
             {6, "initiated"}, {7, "ringing"}, {8, "answered"}, {9, "completed"}}) {
        EXPECT_EQ(fields[at], Pairs::value_type("StatusCallbackEvent", event));
    }
}

TEST(TwilioSend, ACallMayAskAPageOfOurs) {
    Outbound send = a_call();
    std::get<CallOut>(send.what).what = Page{"https://h.example/hooks/main/alert?a=1"};
    std::get<CallOut>(send.what).ring = std::chrono::seconds(9999);
    const http::Outgoing request = build(send).value();
    EXPECT_EQ(field(request, "Url"), "https://h.example/hooks/main/alert?a=1");
    EXPECT_EQ(field(request, "Method"), "POST");
    EXPECT_EQ(field(request, "Twiml"), "");
    EXPECT_EQ(field(request, "Timeout"), "600");
    EXPECT_EQ(field(request, "MachineDetection"), "");
    std::get<CallOut>(send.what).hears_machines = true;
    EXPECT_EQ(field(build(send).value(), "MachineDetection"), "Enable");
    std::get<CallOut>(send.what).what = Page{"//h.example/"};
    EXPECT_EQ(build(send).error(), errc::bad_url);
}

TEST(TwilioSend, ACallThatWouldBeSilentOrCutIsNotMade) {
    EXPECT_EQ(build(a_call({})).error(), errc::bad_script);
    EXPECT_EQ(build(a_call({flows::Hangup{}})).error(), errc::bad_script);
    EXPECT_EQ(build(a_call({flows::Text{}})).error(), errc::bad_script);
    EXPECT_EQ(build(a_call({say("Yon rapò.", "ht")})).error(), errc::bad_script)
        << "there is no Creole voice";
    EXPECT_EQ(build(a_call({say(std::string(4000, 'x'), "en")})).error(), errc::bad_script);
    EXPECT_EQ(build(a_call({say("x", "en"), flows::Gather{}})).error(), errc::bad_url)
        << "its keys go nowhere";
    Outbound send = a_call();
    send.line = "33733";
    EXPECT_EQ(build(send).error(), errc::bad_line) << "a short code cannot call";
}

TEST(TwilioSend, ACallUnderWayGoesElsewhereOrEnds) {
    const std::variant<Script, Page> page = Page{"https://h.example/x"};
    const http::Outgoing moved = twilio->update_call(ca, page, our_account()).value();
    EXPECT_EQ(moved.method, "POST");
    EXPECT_EQ(moved.url, std::string(api) + "Calls/" + ca + ".json");
    EXPECT_EQ(fields_of(moved), (Pairs{{"Url", "https://h.example/x"}, {"Method", "POST"}}));
    const std::variant<Script, Page> script = Script{{say("Thank you.", "en")}, {}};
    EXPECT_THAT(field(twilio->update_call(ca, script, our_account()).value(), "Twiml"),
                HasSubstr("Thank you."));
    EXPECT_EQ(fields_of(twilio->hang_up(ca, our_account()).value()), (Pairs{{"Status", "completed"}}));
    EXPECT_EQ(twilio->hang_up(sm, our_account()).error(), errc::bad_id);
    EXPECT_EQ(twilio->update_call("../x", page, our_account()).error(), errc::bad_id);
}

TEST(TwilioSend, AListIsAskedForByPersonAndLine) {
    const http::Outgoing request = twilio->list_sent(a_text(), our_account()).value();
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.body, "");
    EXPECT_EQ(request.url,
              std::string(api) + "Messages.json?To=%2B13055550191&PageSize=100&From=%2B15005550006");
    Outbound service = a_text();
    service.line = mg;
    EXPECT_THAT(twilio->list_sent(service, our_account()).value().url, Not(HasSubstr("From")));
    EXPECT_EQ(twilio->list_sent(a_call(), our_account()).error(), errc::not_offered);
}

TEST(TwilioSend, CopiesAreEmptiedAndDeletedByTheirNames) {
    const http::Outgoing redact = twilio->redact_message(sm, our_account()).value();
    EXPECT_EQ(redact.method, "POST");
    EXPECT_EQ(redact.url, std::string(api) + "Messages/" + sm + ".json");
    EXPECT_EQ(redact.body, "Body=");
    const http::Outgoing gone = twilio->delete_message(sm, our_account()).value();
    EXPECT_EQ(gone.method, "DELETE");
    EXPECT_EQ(gone.url, redact.url);
    EXPECT_EQ(twilio->delete_call(ca, our_account()).value().url, std::string(api) + "Calls/" + ca + ".json");
    for (const std::string& id : {std::string(), ca, sm + "0", std::string("M ") + sm.substr(2),
                                  sm.substr(0, 33) + "g", sm.substr(0, 30) + "/../"}) {
        EXPECT_EQ(twilio->delete_message(id, our_account()).error(), errc::bad_id) << id;
        EXPECT_EQ(twilio->redact_message(id, our_account()).error(), errc::bad_id) << id;
    }
}

TEST(TwilioSend, NoUrlHoldsANumberOrWordsButTheList) {
    const std::variant<Script, Page> script = Script{{say("secreto", "es")}, {}};
    for (const http::Outgoing& request :
         {build(a_text("secreto")).value(), build(a_call({say("secreto", "es")})).value(),
          twilio->update_call(ca, script, our_account()).value(),
          twilio->redact_message(sm, our_account()).value()}) {
        EXPECT_THAT(request.url, Not(HasSubstr("5550191")));
        EXPECT_THAT(request.url, Not(HasSubstr("secreto")));
    }
}

}  // namespace
}  // namespace rightsline::providers
