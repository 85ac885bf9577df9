#include "gateway/providers/twilio_encode.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "gateway/providers/xml.hpp"
#include "support.hpp"

namespace rightsline::providers {
namespace {

const ReturnUrls urls{"https://h.example/hooks/main/voice/step?t=2&k=ab",
                      "https://h.example/hooks/main/status", "", "https://h.example/hooks/main/recording",
                      "https://h.example/media/"};
const std::string head = R"(<?xml version="1.0" encoding="UTF-8"?><Response>)";
const std::string step_url = "https://h.example/hooks/main/voice/step?t=2&amp;k=ab&amp;e=";

flows::Utterance utterance(std::string tag, std::vector<flows::Clip> clips, std::string key = "f.b.say") {
    flows::Utterance prompt;
    prompt.key = std::move(key);
    prompt.language = language(tag);
    prompt.clips = std::move(clips);
    return prompt;
}

std::string encode(Hook hook, std::vector<flows::Action> actions) {
    return encode_twiml(hook, actions, urls).xml;
}

TEST(TwilioEncode, NothingToSayIsAnEmptyResponse) {
    EXPECT_EQ(encode(Hook::sms, {}), R"(<?xml version="1.0" encoding="UTF-8"?><Response/>)");
}

TEST(TwilioEncode, TextsWithTheirStatusCallback) {
    flows::Text one;
    one.body = "We have your message. 2 < 3 & so on";
    flows::Text two;
    two.body = "ñ 😀";
    const auto tree = parse_xml(encode(Hook::sms, {one, two}));
    const auto& response = tree.get_child("Response");
    ASSERT_EQ(response.count("Message"), 2U);
    EXPECT_EQ(response.front().second.get<std::string>("Body"), one.body);
    EXPECT_EQ(response.front().second.get<std::string>("<xmlattr>.statusCallback"), urls.message_status);
    EXPECT_EQ(response.back().second.get<std::string>("Body"), two.body);
}

TEST(TwilioEncode, ATextCannotBecomeMarkup) {
    for (const std::string body :
         {"</Body></Message><Dial>+1900</Dial>", "<![CDATA[", "&lt;Dial/&gt;", "\x01\x07\x1F",
          "\"><Redirect>http://evil.example</Redirect>", "\xFF\xFE<Dial/>"}) {
        flows::Text text;
        text.body = body;
        const auto tree = parse_xml(encode(Hook::sms, {text}));
        EXPECT_EQ(tree.get_child("Response").size(), 1U) << body;
        EXPECT_EQ(tree.get_child("Response.Message").size(), 2U) << body;  // attributes and Body
        EXPECT_TRUE(tree.get_child("Response.Message.Body").empty()) << body;
    }
}

TEST(TwilioEncode, AMenuPlaysInsideItsGatherAndIsNeverADeadEnd) {
    flows::Gather gather;
    gather.prompts = {utterance("ht", {{"ab12", "Bonjou"}, {"cd34", "peze 1"}})};
    gather.most_digits = 1;
    gather.timeout = flows::Seconds(6);
    EXPECT_EQ(encode(Hook::voice, {gather}),
              head + R"(<Gather input="dtmf" action=")" + step_url +
                  R"(k" method="POST" numDigits="1" finishOnKey="" timeout="6" actionOnEmptyResult="true">)" +
                  "<Play>https://h.example/media/ab12.wav</Play><Play>https://h.example/media/cd34.wav</"
                  "Play></Gather>" +
                  R"(<Redirect method="POST">)" + step_url + "k</Redirect></Response>");
}

TEST(TwilioEncode, ManyDigitsHaveAFinishingKeyAndTime) {
    flows::Gather gather;
    gather.most_digits = 0;
    gather.finish_on = "#";
    gather.timeout = flows::Seconds(6);
    gather.digit_timeout = flows::Seconds(10);
    const auto tree = parse_xml(encode(Hook::voice_step, {gather}));
    const auto& attributes = tree.get_child("Response.Gather.<xmlattr>");
    EXPECT_EQ(attributes.count("numDigits"), 0U);
    EXPECT_EQ(attributes.get<std::string>("finishOnKey"), "#");
    EXPECT_EQ(attributes.get<int>("timeout"), 10);
}

TEST(TwilioEncode, ARecordingSaysItsPromptFirstAndComesBackEvenWhenEmpty) {
    flows::Record record;
    record.prompts = {utterance("es", {{"ab12", "Cuente"}})};
    record.longest = flows::Seconds(180);
    record.silence = flows::Seconds(5);
    record.stop_on = "#";
    EXPECT_EQ(
        encode(Hook::voice_step, {record}),
        head + "<Play>https://h.example/media/ab12.wav</Play>" + R"(<Record action=")" + step_url +
            R"(r" method="POST" maxLength="180" finishOnKey="#" timeout="5" playBeep="true" trim="trim-silence")" +
            R"( recordingStatusCallback="https://h.example/hooks/main/recording")" +
            R"( recordingStatusCallbackMethod="POST" recordingStatusCallbackEvent="completed absent"/>)" +
            R"(<Redirect method="POST">)" + step_url + "r</Redirect></Response>");
}

TEST(TwilioEncode, WordsAreSpokenWithVoiceAndLanguage) {
    const auto xml =
        encode(Hook::voice, {flows::Say{{utterance("es", {{"", "Hola & adiós"}})}}, flows::Hangup{}});
    EXPECT_EQ(xml,
              head + R"(<Say voice="Polly.Mia" language="es-MX">Hola &amp; adiós</Say><Hangup/></Response>)");
}

TEST(TwilioEncode, ALanguageWithoutAVoiceIsNeverSpokenAndIsTold) {
    const TwiML twiml =
        encode_twiml(Hook::voice,
                     {flows::Say{{utterance("ht", {{"", "Bonjou"}, {"ab12", "Bonjou"}}, "f.b.one"),
                                  utterance("en", {{"", "Hello"}})}}},
                     urls);
    EXPECT_EQ(twiml.xml.find("Bonjou"), std::string::npos);
    EXPECT_NE(twiml.xml.find("ab12.wav"), std::string::npos);  // its neighbour is heard all the same
    EXPECT_NE(twiml.xml.find("Hello"), std::string::npos);
    EXPECT_EQ(twiml.unspoken, std::vector<std::string>{"f.b.one"});
}

TEST(TwilioEncode, ALongSpeechIsCutBetweenWords) {
    std::string words;
    while (words.size() < 9000) {
        words += "ñandú ";
    }
    const auto tree = parse_xml(encode(Hook::voice, {flows::Say{{utterance("es", {{"", words}})}}}));
    std::string heard;
    for (const auto& [name, say] : tree.get_child("Response")) {
        EXPECT_LE(say.data().size(), 4000U);
        heard += say.data();
    }
    EXPECT_EQ(heard, words);
}

TEST(TwilioEncode, AnAudioNameIsAHashOrNothing) {
    const std::string xml =
        encode(Hook::voice, {flows::Say{{utterance("en", {{"../../etc/passwd", "Hello"}})}}});
    EXPECT_EQ(xml.find("passwd"), std::string::npos);
    EXPECT_NE(xml.find("Hello"), std::string::npos);
}

TEST(TwilioEncode, RedirectPauseHangupReject) {
    EXPECT_EQ(encode(Hook::voice_step, {flows::Redirect{flows::Seconds(2)}}),
              head + R"(<Pause length="2"/><Redirect method="POST">)" + step_url + "c</Redirect></Response>");
    EXPECT_EQ(encode(Hook::voice, {flows::Reject{}}), head + "<Reject reason=\"busy\"/></Response>");
    EXPECT_EQ(encode(Hook::voice, {flows::Hangup{}}), head + "<Hangup/></Response>");
}

TEST(TwilioEncode, DialLeadsIntoARoomThatEndsWithTheFirstWhoLeavesIt) {
    EXPECT_EQ(
        encode(Hook::page, {flows::Dial{"f00d", flows::Seconds(1800)}}),
        head + R"(<Dial action=")" + step_url +
            R"(c" method="POST" timeLimit="1800"><Conference beep="false" startConferenceOnEnter="true" )" +
            R"(endConferenceOnExit="true" waitUrl="" record="do-not-record">f00d</Conference></Dial>)" +
            "</Response>");
    EXPECT_NE(encode(Hook::page, {flows::Dial{"f00d", flows::Seconds(1800), false}})
                  .find("endConferenceOnExit=\"false\""),
              std::string::npos)
        << "or outlasts them";
}

TEST(TwilioEncode, ATextInsideACallIsLeftToTheOutbox) {
    flows::Text text;
    text.body = "x";
    EXPECT_EQ(encode(Hook::voice_step, {text, flows::Hangup{}}), head + "<Hangup/></Response>");
}

TEST(TwilioEncode, TheWriterMakesTheSdksDocuments) {
    std::ifstream file(RIGHTSLINE_SOURCE_DIR "/tests/data/responses.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const boost::json::value documents = boost::json::parse(text);
    const auto document = [&](std::string_view name) {
        return parse_xml(std::string(std::string_view(documents.at(name).as_string())));
    };
    EXPECT_EQ(parse_xml(encode(Hook::sms, {})), document("twilio_empty"));
    XmlWriter sms;
    sms.open("Response");
    sms.open("Message");
    sms.attribute("to", "+15005550006");
    sms.attribute("action", "/s");
    sms.attribute("method", "POST");
    sms.element("Body", "مرحبا & <x>");
    sms.close();
    sms.close();
    EXPECT_EQ(parse_xml(std::move(sms).str()), document("twilio_sms"));
    XmlWriter voice;
    voice.open("Response");
    voice.open("Gather");
    for (const auto& [name, value] :
         std::vector<std::pair<std::string_view, std::string_view>>{{"input", "dtmf speech"},
                                                                    {"action", "/g?node=main&x=1"},
                                                                    {"method", "POST"},
                                                                    {"numDigits", "1"},
                                                                    {"timeout", "5"},
                                                                    {"finishOnKey", ""},
                                                                    {"actionOnEmptyResult", "true"},
                                                                    {"language", "sw-KE"},
                                                                    {"bargeIn", "true"}}) {
        voice.attribute(name, value);
    }
    voice.open("Say");
    voice.attribute("language", "sw-KE");
    voice.attribute("voice", "Google.sw-KE-Standard-A");
    voice.text("Karibu <a> & \"b\" 😀");
    voice.close();
    voice.close();
    voice.open("Redirect");
    voice.attribute("method", "POST");
    voice.text("/again?a=1&b=2");
    voice.close();
    voice.close();
    EXPECT_EQ(parse_xml(std::move(voice).str()), document("twilio_voice"));
}

}  // namespace
}  // namespace rightsline::providers
