#include "gateway/providers/twilio_decode.hpp"

#include <gtest/gtest.h>

#include "gateway/providers/error.hpp"
#include "support.hpp"

namespace rightsline::providers {
namespace {

const std::string canary = "CANARY-7731";

// Fields that Twilio adds and nobody here needs.
Pairs with_canaries(Pairs fields) {
    for (const std::string name :
         {"FromCity", "FromState", "FromZip", "FromCountry", "ToCity", "CallerName", "CallerCity",
          "ForwardedFrom", "StirVerstat", "BrandNewParam2027", "MediaUrl0"}) {
        fields.emplace_back(name, canary);
    }
    return fields;
}

Pairs text_fields(const std::string& body = "HELP") {
    return {{"AccountSid", "AC0123"},
            {"MessageSid", "SM1"},
            {"From", "+254711000001"},
            {"To", "+15005550006"},
            {"Body", body}};
}

Pairs call_fields(Pairs more = {}) {
    Pairs fields{
        {"AccountSid", "AC0123"}, {"CallSid", "CA1"}, {"From", "+254711000001"}, {"To", "+15005550006"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

Result<Inbound> decode(Hook hook, const Pairs& fields, const std::string& target = "/hooks/main/x") {
    return decode_twilio(hook, form_request(fields, target), our_account());
}

Result<Inbound> step(Pairs more, const std::string& query) {
    return decode(Hook::voice_step, call_fields(std::move(more)), "/hooks/main/voice/step?" + query);
}

TEST(TwilioDecode, WhoHasAnsweredACallOfOursIsSaidWhereTwilioListened) {
    const auto by_machine = [](const Pairs& more) {
        return decode(Hook::page, call_fields(more), "/hooks/main/back?p=x&t=ab").value().by_machine;
    };
    EXPECT_FALSE(by_machine({}));
    EXPECT_FALSE(by_machine({{"AnsweredBy", "human"}}));
    EXPECT_FALSE(by_machine({{"AnsweredBy", "unknown"}}));
    for (const char* one : {"machine_start", "machine_end_beep", "machine_end_other", "fax"}) {
        EXPECT_TRUE(by_machine({{"AnsweredBy", one}})) << one;
    }
}

TEST(TwilioDecode, WhatWasReadIntoACallWithPagesOfItsOwnIsItsRecording) {
    const auto page = [](const Pairs& more) {
        return decode(Hook::page, call_fields(more), "/hooks/main/prompts?p=x&t=ab&n=3&e=r");
    };
    const Inbound read = page({{"RecordingSid", "RE1"},
                               {"RecordingUrl", "https://api.twilio.com/RE1"},
                               {"RecordingDuration", "4"},
                               {"Digits", "#"}})
                             .value();
    const auto& recorded = std::get<flows::Recorded>(read.event);
    EXPECT_EQ(recorded.recording, "RE1");
    EXPECT_EQ(recorded.length, flows::Seconds(4));
    EXPECT_EQ(read.recording->id, "RE1");
    const Inbound silence = page({{"RecordingSid", "RE2"}, {"RecordingDuration", "0"}}).value();
    EXPECT_EQ(std::get<flows::Recorded>(silence.event).recording, "");
    EXPECT_EQ(silence.recording->id, "RE2") << "its copy is to be erased";
    const Inbound nothing = page({}).value();
    EXPECT_EQ(std::get<flows::Recorded>(nothing.event).recording, "");
    EXPECT_FALSE(nothing.recording);
    EXPECT_FALSE(page({{"RecordingSid", "RE1"}, {"RecordingDuration", "long"}}));
}

TEST(TwilioDecode, ACallThatWeMadeWentFromTheLineToTheWorker) {
    const Pairs fields{{"AccountSid", "AC0123"}, {"CallSid", "CA1"}, {"From", "+15005550006"},
                       {"To", "+254711000001"},  {"Digits", "1"},    {"Direction", "outbound-api"}};
    const Inbound ours = decode(Hook::voice_step, fields, "/hooks/main/voice/step?t=2&k=ab").value();
    EXPECT_TRUE(ours.we_called);
    EXPECT_EQ(ours.line, "+15005550006");
    EXPECT_EQ(ours.worker->reveal(), "+254711000001");
    const Inbound theirs = step({{"Digits", "1"}, {"Direction", "inbound"}}, "t=2&k=ab").value();
    EXPECT_FALSE(theirs.we_called);
    EXPECT_EQ(theirs.line, "+15005550006");
    EXPECT_EQ(theirs.identity, ours.identity);
}

TEST(TwilioDecode, AText) {
    const Inbound inbound = decode(Hook::sms, text_fields("Yo pa\tpeye nou \u202E😀")).value();
    EXPECT_EQ(inbound.hook, Hook::sms);
    EXPECT_EQ(inbound.mode, flows::Mode::sms);
    EXPECT_EQ(inbound.line, "+15005550006");
    EXPECT_EQ(inbound.worker->reveal(), "+254711000001");
    EXPECT_EQ(inbound.message, "SM1");
    EXPECT_EQ(inbound.call, "");
    EXPECT_EQ(std::get<flows::Texted>(inbound.event).body.reveal(), "Yo pa peye nou 😀");
    EXPECT_FALSE(inbound.carrier_answered_stop);
}

TEST(TwilioDecode, AnEmptyTextIsAText) {
    EXPECT_EQ(std::get<flows::Texted>(decode(Hook::sms, text_fields(""))->event).body.reveal(), "");
}

TEST(TwilioDecode, AStopThatTheCarrierAnswers) {
    for (const std::string body :
         {"STOP", "stop", " Stop \n", "UNSUBSCRIBE", "quit", "Cancel", "END", "optout"}) {
        EXPECT_TRUE(decode(Hook::sms, text_fields(body))->carrier_answered_stop) << body;
    }
    for (const std::string body :
         {"", "STOP.", "please stop", "We have got to STOP this", "START", "stopp"}) {
        EXPECT_FALSE(decode(Hook::sms, text_fields(body))->carrier_answered_stop) << body;
    }
    Pairs fields = text_fields("arrêter");
    fields.emplace_back("OptOutType", "STOP");
    EXPECT_TRUE(decode(Hook::sms, fields)->carrier_answered_stop);
}

// An account may have words of its own for these: what the carrier took them for counts, in whatever language.
TEST(TwilioDecode, WhatTheCarrierTookATextForCounts) {
    const auto read = [](const std::string& type) {
        Pairs fields = text_fields("bliye m");
        fields.emplace_back("OptOutType", type);
        return decode(Hook::sms, fields).value();
    };
    const auto words = [](const Inbound& in) { return std::get<flows::Texted>(in.event).body.reveal(); };
    EXPECT_EQ(words(read("STOP")), "STOP");
    EXPECT_EQ(words(read("START")), "START");
    EXPECT_EQ(words(read("")), "bliye m");
    EXPECT_TRUE(read("HELP").carrier_answered_help);
    EXPECT_FALSE(read("START").carrier_answered_help);
}

TEST(TwilioDecode, ACall) {
    const Inbound inbound = decode(Hook::voice, call_fields({{"CallStatus", "ringing"}})).value();
    EXPECT_EQ(inbound.mode, flows::Mode::voice);
    EXPECT_EQ(inbound.call, "CA1");
    EXPECT_TRUE(std::holds_alternative<flows::Called>(inbound.event));
}

TEST(TwilioDecode, AWithheldCallerHasNoNumber) {
    for (const std::string from :
         {"anonymous", "Restricted", "+266696687", "+7378742833", "", "sip:x@example.org"}) {
        Pairs fields = call_fields();
        fields[2].second = from;
        const Result<Inbound> inbound = decode(Hook::voice, fields);
        ASSERT_TRUE(inbound) << from;
        EXPECT_FALSE(inbound->worker) << from;
    }
}

TEST(TwilioDecode, AKeypress) {
    const Inbound inbound = step({{"Digits", "12#"}, {"msg", "Gather End"}}, "t=3&k=ab12&e=k").value();
    EXPECT_EQ(inbound.turn, 3U);
    EXPECT_EQ(inbound.step_mac, "ab12");
    EXPECT_EQ(std::get<flows::Keyed>(inbound.event).digits.reveal(), "12#");
}

TEST(TwilioDecode, NoKeyIsAnAnswerToo) {
    EXPECT_TRUE(std::get<flows::Keyed>(step({{"Digits", ""}}, "t=3&k=ab&e=k")->event).digits.empty());
    const auto finished = [](const char* digits, const char* key) {
        return std::get<flows::Keyed>(
                   step({{"Digits", digits}, {"FinishedOnKey", key}}, "t=3&k=ab&e=k")->event)
            .digits.reveal();
    };
    EXPECT_EQ(finished("", "#"), "#") << "a pound alone goes back; it is no silence";
    EXPECT_EQ(finished("12", "#"), "12");
    EXPECT_EQ(finished("", ""), "");
    EXPECT_EQ(finished("", "hangup"), "");
    EXPECT_TRUE(std::get<flows::Keyed>(step({}, "t=3&k=ab&e=k")->event).digits.empty());
}

TEST(TwilioDecode, ARedirectIsNoKeypress) {
    EXPECT_TRUE(std::holds_alternative<flows::Continued>(step({}, "t=3&k=ab&e=c")->event));
    EXPECT_TRUE(std::holds_alternative<flows::Continued>(step({{"Digits", ""}}, "t=3&k=ab&e=c")->event));
}

TEST(TwilioDecode, ARecording) {
    const std::string url = "https://api.twilio.com/2010-04-01/Accounts/AC0123/Recordings/RE1";
    const Inbound inbound = step({{"RecordingUrl", url},
                                  {"RecordingSid", "RE1"},
                                  {"RecordingDuration", "12"},
                                  {"Digits", "hangup"}},
                                 "t=4&k=ab&e=r")
                                .value();
    EXPECT_EQ(std::get<flows::Recorded>(inbound.event).recording, "RE1");
    EXPECT_EQ(std::get<flows::Recorded>(inbound.event).length, flows::Seconds(12));
    EXPECT_EQ(inbound.recording->id, "RE1");
    EXPECT_EQ(inbound.recording->url, url);
    // Without its id the URL's last part names it.
    EXPECT_EQ(step({{"RecordingUrl", url}, {"RecordingDuration", "12"}}, "t=4&k=ab&e=r")->recording->id,
              "RE1");
}

TEST(TwilioDecode, AnEmptyRecordingIsToldAndStillErased) {
    const Inbound empty = step({{"RecordingSid", "RE1"}, {"RecordingDuration", "0"}}, "t=4&k=ab&e=r").value();
    EXPECT_EQ(std::get<flows::Recorded>(empty.event).recording, "");
    EXPECT_EQ(empty.recording->id, "RE1");
    const Inbound none = step({}, "t=4&k=ab&e=r").value();
    EXPECT_EQ(std::get<flows::Recorded>(none.event).recording, "");
    EXPECT_FALSE(none.recording);
}

TEST(TwilioDecode, ARecordingWhoseLengthIsNotSaidIsNoSilence) {
    const Inbound said = step({{"RecordingSid", "RE1"}}, "t=4&k=ab&e=r").value();
    EXPECT_EQ(std::get<flows::Recorded>(said.event).recording, "RE1");
    EXPECT_EQ(said.recording->id, "RE1");
}

TEST(TwilioDecode, ATurnWithLeadingZerosIsTheSameTurn) {
    EXPECT_EQ(step({{"Digits", "1"}}, "t=005&k=ab&e=k")->identity,
              step({{"Digits", "1"}}, "t=5&k=ab&e=k")->identity);
}

TEST(TwilioDecode, WithoutOurMarkTheFieldsDecide) {
    EXPECT_TRUE(std::holds_alternative<flows::Keyed>(step({{"Digits", "1"}}, "t=1&k=ab")->event));
    EXPECT_TRUE(std::holds_alternative<flows::Recorded>(step({{"RecordingSid", "RE1"}}, "t=1&k=ab")->event));
    EXPECT_TRUE(std::holds_alternative<flows::Continued>(step({}, "t=1&k=ab")->event));
}

TEST(TwilioDecode, AStepNeedsItsTurnAndMac) {
    for (const std::string query : {"", "t=1", "k=ab", "t=&k=ab", "t=x&k=ab", "t=-1&k=ab", "t=1&k=",
                                    "t=1&t=1&k=ab", "t=1&k=ab&k=ab", "t=99999999999&k=ab", "t=1&k=a%00b"}) {
        EXPECT_EQ(step({{"Digits", "1"}}, query).error(), errc::malformed) << query;
    }
}

TEST(TwilioDecode, TheEndOfACall) {
    for (const std::string status : {"completed", "busy", "failed", "no-answer", "canceled"}) {
        const Result<Inbound> inbound = decode(Hook::voice_status, call_fields({{"CallStatus", status}}));
        ASSERT_TRUE(inbound) << status;
        EXPECT_TRUE(std::holds_alternative<flows::HungUp>(inbound->event));
    }
    for (const std::string status : {"ringing", "in-progress", "initiated"}) {
        EXPECT_EQ(decode(Hook::voice_status, call_fields({{"CallStatus", status}})).error(),
                  errc::of_no_interest);
    }
    EXPECT_EQ(decode(Hook::voice_status, call_fields()).error(), errc::malformed);
}

TEST(TwilioDecode, ADeliveryReceipt) {
    const Pairs fields{{"AccountSid", "AC0123"}, {"MessageSid", "SM1"},   {"MessageStatus", "undelivered"},
                       {"From", "+15005550006"}, {"To", "+254711000001"}, {"ErrorCode", "30003"}};
    const Inbound inbound = decode(Hook::message_status, fields).value();
    EXPECT_EQ(inbound.delivery, "undelivered");
    EXPECT_EQ(inbound.delivery_error, "30003");
    EXPECT_EQ(inbound.line, "+15005550006");
    EXPECT_EQ(inbound.worker->reveal(), "+254711000001");
}

TEST(TwilioDecode, ARecordingThatIsReady) {
    const Pairs fields{{"AccountSid", "AC0123"},         {"CallSid", "CA1"},
                       {"RecordingSid", "RE1"},          {"RecordingUrl", "https://api.twilio.com/x/RE1"},
                       {"RecordingStatus", "completed"}, {"RecordingDuration", "7"}};
    const Inbound inbound = decode(Hook::recording, fields).value();
    EXPECT_EQ(inbound.call, "CA1");
    EXPECT_EQ(std::get<flows::Recorded>(inbound.event).length, flows::Seconds(7));
    Pairs busy = fields;
    busy[4].second = "in-progress";
    EXPECT_EQ(decode(Hook::recording, busy).error(), errc::of_no_interest);
    Pairs absent = fields;
    absent[4].second = "absent";
    EXPECT_EQ(std::get<flows::Recorded>(decode(Hook::recording, absent)->event).recording, "");
}

TEST(TwilioDecode, AFieldThatCountsStandsOnce) {
    for (const std::string name : {"AccountSid", "MessageSid", "From", "To", "Body"}) {
        Pairs twice = text_fields();
        twice.emplace_back(name, "x");
        EXPECT_EQ(decode(Hook::sms, twice).error(), errc::malformed) << name;
        Pairs without;
        for (const auto& field : text_fields()) {
            if (field.first != name) {
                without.push_back(field);
            }
        }
        EXPECT_EQ(decode(Hook::sms, without).error(), errc::malformed) << name;
    }
    EXPECT_EQ(step({{"Digits", "1"}, {"Digits", "2"}}, "t=1&k=ab&e=k").error(), errc::malformed);
    EXPECT_EQ(step({{"RecordingSid", "RE1"}, {"RecordingSid", "RE2"}}, "t=1&k=ab&e=r").error(),
              errc::malformed);
}

TEST(TwilioDecode, ACallSentBackIsTheSameEvent) {
    const Inbound keyed = step({{"Digits", "1"}}, "t=3&k=ab&e=k").value();
    const Inbound back = step({}, "t=3&k=ab&n=1&e=c").value();
    EXPECT_EQ(keyed.identity, back.identity);
    EXPECT_TRUE(std::holds_alternative<flows::Continued>(back.event));
    EXPECT_EQ(keyed.sent_back, 0U);
    EXPECT_EQ(back.sent_back, 1U);
    EXPECT_EQ(step({}, "t=3&k=ab&n=99&e=c")->sent_back, 0U);
}

TEST(TwilioDecode, ARecordingIsBroughtBackWithTheCall) {
    const Inbound first = step({{"RecordingSid", "RE1"}, {"RecordingDuration", "7"}}, "t=3&k=ab&e=r").value();
    const Inbound back = step({}, "t=3&k=ab&n=1&r=RE1&d=7&e=c").value();
    EXPECT_EQ(first.identity, back.identity);
    EXPECT_EQ(first.content, back.content);
    ASSERT_TRUE(back.recording);
    EXPECT_EQ(back.recording->id, "RE1");
    const auto* recorded = std::get_if<flows::Recorded>(&back.event);
    ASSERT_NE(recorded, nullptr);
    EXPECT_EQ(recorded->length.count(), 7);
    EXPECT_EQ(step({}, "t=3&k=ab&n=1&r=../x&d=7&e=c").error(), errc::malformed);
    EXPECT_EQ(step({}, "t=3&k=ab&n=1&r=RE1&d=x&e=c").error(), errc::malformed);
}

TEST(TwilioDecode, AnotherAccountIsNotForUs) {
    Pairs fields = text_fields();
    fields[0].second = "AC9999";
    EXPECT_EQ(decode(Hook::sms, fields).error(), errc::not_for_us);
}

TEST(TwilioDecode, IdsAreNeverPaths) {
    Pairs fields = text_fields();
    fields[1].second = "../../SM1";
    EXPECT_EQ(decode(Hook::sms, fields).error(), errc::malformed);
    EXPECT_EQ(step({{"RecordingSid", "a/b"}}, "t=1&k=ab&e=r").error(), errc::malformed);
    EXPECT_EQ(decode(Hook::ussd, text_fields()).error(), errc::malformed);
}

TEST(TwilioDecode, ABodyThatIsNoFormIsMalformed) {
    http::Request request = form_request({});
    request.body = "a=%zz";
    EXPECT_EQ(decode_twilio(Hook::sms, request, our_account()).error(), errc::malformed);
}

TEST(TwilioDecode, AFallbackDeliveryIsTheSameEvent) {
    const Inbound first = decode(Hook::sms, text_fields()).value();
    Pairs again = with_canaries(text_fields());
    again.emplace_back("ErrorCode", "11200");
    again.emplace_back("ErrorUrl", "https://hotline.example.org/x");
    const Inbound fallback = decode(Hook::sms, again).value();
    EXPECT_EQ(first.identity, fallback.identity);
    EXPECT_EQ(first.content, fallback.content);
    const Inbound changed = decode(Hook::sms, text_fields("STOP")).value();
    EXPECT_EQ(first.identity, changed.identity);
    EXPECT_NE(first.content, changed.content);
}

TEST(TwilioDecode, PicturesAreCountedAndNothingElseOfThemIsRead) {
    EXPECT_EQ(decode(Hook::sms, text_fields())->pictures, 0U);
    Pairs sent = text_fields("");
    sent.insert(sent.end(), {{"NumMedia", "2"}, {"MediaUrl0", canary}, {"MediaUrl1", canary}});
    EXPECT_EQ(decode(Hook::sms, sent)->pictures, 2U);
    for (const char* odd : {"many", "-1", "0"}) {  // the words count all the same
        Pairs fields = text_fields("the crew leader keeps our pay");
        fields.insert(fields.end(), {{"NumMedia", odd}, {"MediaUrl0", canary}});
        const Result<Inbound> inbound = decode(Hook::sms, fields);
        ASSERT_TRUE(inbound) << odd;
        EXPECT_EQ(inbound->pictures, 1U) << odd;
    }
}

TEST(TwilioDecode, DifferentEventsHaveDifferentIdentities) {
    const std::vector<std::string> identities{
        decode(Hook::sms, text_fields())->identity,
        decode(Hook::voice, call_fields())->identity,
        step({{"Digits", "1"}}, "t=1&k=ab")->identity,
        step({{"Digits", "1"}}, "t=2&k=ab")->identity,
        decode(Hook::voice_status, call_fields({{"CallStatus", "completed"}}))->identity,
        decode(Hook::voice_status, call_fields({{"CallStatus", "busy"}}))->identity};
    for (std::size_t i = 0; i < identities.size(); ++i) {
        for (std::size_t j = i + 1; j < identities.size(); ++j) {
            EXPECT_NE(identities[i], identities[j]) << i << " " << j;
        }
    }
}

std::string everything_in(const Inbound& inbound) {
    std::string all = inbound.line + inbound.call + inbound.identity + inbound.content + inbound.step_mac +
                      inbound.delivery + inbound.delivery_error + inbound.message;
    if (inbound.worker) {
        all += inbound.worker->reveal();
    }
    if (inbound.recording) {
        all += inbound.recording->id + inbound.recording->url;
    }
    if (const auto* text = std::get_if<flows::Texted>(&inbound.event)) {
        all += text->body.reveal();
    }
    return all;
}

TEST(TwilioDecode, WhereAndWhoAWorkerIsStaysOutside) {
    EXPECT_EQ(everything_in(decode(Hook::sms, with_canaries(text_fields())).value()).find(canary),
              std::string::npos);
    EXPECT_EQ(everything_in(decode(Hook::voice, with_canaries(call_fields())).value()).find(canary),
              std::string::npos);
    EXPECT_EQ(everything_in(step(with_canaries({{"Digits", "1"}}), "t=1&k=ab").value()).find(canary),
              std::string::npos);
}

}  // namespace
}  // namespace rightsline::providers
