#include "gateway/providers/simulator.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "gateway/providers/error.hpp"
#include "support.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

const Credentials account{"SIM1", {"token", "older"}, "http://127.0.0.1:9999"};

json::object base() { return {{"account", "SIM1"}, {"from", "+15005550001"}, {"to", "+15005550006"}}; }

http::Request request_of(json::object more, const std::string& target = "/hooks/sim/x") {
    json::object object = base();
    for (const auto& [name, value] : more) {
        object[name] = value;
    }
    http::Request request;
    request.method = "POST";
    request.target = target;
    request.body = json::serialize(object);
    return request;
}

Result<Inbound> decode(Hook hook, json::object more, const std::string& target = "/hooks/sim/x") {
    return make_simulator()->decode(hook, request_of(std::move(more), target), account);
}

TEST(Simulator, IsSignedByOneOfTheAccountsTokens) {
    const auto simulator = make_simulator();
    const std::string url = "http://localhost:8080/hooks/sim/x";
    for (const auto& [token, good] :
         std::vector<std::pair<std::string, bool>>{{"token", true}, {"older", true}, {"other", false}}) {
        http::Request request = request_of({});
        request.headers = {{"X-Rightsline-Signature", sign_simulated(token, url, request.body)}};
        EXPECT_EQ(simulator->verify(request, url, account).has_value(), good) << token;
        EXPECT_FALSE(simulator->verify(request, url + "?", account));
        request.body += " ";
        EXPECT_EQ(simulator->verify(request, url, account).error(), errc::bad_signature);
    }
    EXPECT_EQ(simulator->verify(request_of({}), url, account).error(), errc::not_signed);
}

TEST(Simulator, DecodesATextACallAndItsEnd) {
    const Inbound text = decode(Hook::sms, {{"id", "m1"}, {"text", "hi\u202E"}}).value();
    EXPECT_EQ(std::get<flows::Texted>(text.event).body.reveal(), "hi");
    EXPECT_EQ(text.worker->reveal(), "+15005550001");
    EXPECT_EQ(text.line, "+15005550006");
    const Inbound call = decode(Hook::voice, {{"call", "c1"}}).value();
    EXPECT_TRUE(std::holds_alternative<flows::Called>(call.event));
    EXPECT_EQ(call.mode, flows::Mode::voice);
    const Inbound end = decode(Hook::voice_status, {{"call", "c1"}, {"status", "completed"}}).value();
    EXPECT_TRUE(std::holds_alternative<flows::HungUp>(end.event));
    EXPECT_NE(call.identity, end.identity);
}

TEST(Simulator, DecodesTheStepsOfACall) {
    const std::string target = "/hooks/sim/voice/step?t=4&k=ab";
    const Inbound keyed = decode(Hook::voice_step, {{"call", "c1"}, {"keys", "2"}}, target).value();
    EXPECT_EQ(std::get<flows::Keyed>(keyed.event).digits.reveal(), "2");
    EXPECT_EQ(keyed.turn, 4U);
    EXPECT_EQ(keyed.step_mac, "ab");
    const Inbound again = decode(Hook::voice_step, {{"call", "c1"}, {"continued", true}}, target).value();
    EXPECT_TRUE(std::holds_alternative<flows::Continued>(again.event));
    const json::object audio{{"id", "r1"}, {"seconds", 12}, {"audio", "UklGRg=="}};
    const Inbound recorded = decode(Hook::voice_step, {{"call", "c1"}, {"recorded", audio}}, target).value();
    EXPECT_EQ(std::get<flows::Recorded>(recorded.event).recording, "r1");
    EXPECT_EQ(recorded.recording->bytes, "RIFF");
    EXPECT_FALSE(make_simulator()->fetch(*recorded.recording, account));
    const Inbound nothing =
        decode(Hook::voice_step, {{"call", "c1"}, {"recorded", json::object()}}, target).value();
    EXPECT_EQ(std::get<flows::Recorded>(nothing.event).recording, "");
    EXPECT_FALSE(nothing.recording);
}

TEST(Simulator, ACallSentBackIsTheSameEvent) {
    const Result<Inbound> first =
        decode(Hook::voice_step, {{"call", "C1"}, {"keys", "1"}}, "/hooks/sim/x?t=3&k=ab");
    const Result<Inbound> back =
        decode(Hook::voice_step, {{"call", "C1"}, {"continued", true}}, "/hooks/sim/x?t=3&k=ab&n=2");
    ASSERT_TRUE(first && back);
    EXPECT_EQ(first->identity, back->identity);
    EXPECT_EQ(first->sent_back, 0U);
    EXPECT_EQ(back->sent_back, 2U);
    const Result<Inbound> start = decode(Hook::voice, {{"call", "C1"}}, "/hooks/sim/voice?n=1");
    ASSERT_TRUE(start);
    EXPECT_EQ(start->sent_back, 1U);
    EXPECT_EQ(start->identity, decode(Hook::voice, {{"call", "C1"}}, "/hooks/sim/voice")->identity);
    EXPECT_EQ(decode(Hook::voice, {{"call", "C1"}}, "/hooks/sim/voice?n=-7")->sent_back, 0U);
}

TEST(Simulator, FetchesARecordingOnlyFromItsOwnHost) {
    const auto simulator = make_simulator();
    EXPECT_EQ(simulator->fetch({"r1", "http://127.0.0.1:9999/r1.wav"}, account)->url,
              "http://127.0.0.1:9999/r1.wav");
    EXPECT_EQ(simulator->erase({"r1", "http://127.0.0.1:9999/r1.wav"}, account)->method, "DELETE");
    for (const std::string url :
         {"http://127.0.0.1:6379/", "http://127.0.0.1:9999@evil.example/", "http://evil.example/"}) {
        EXPECT_FALSE(simulator->fetch({"r1", url}, account)) << url;
    }
}

TEST(Simulator, DecodesUssdScreens) {
    const Inbound dials = decode(Hook::ussd, {{"call", "u1"}, {"turn", 0}}).value();
    EXPECT_EQ(dials.mode, flows::Mode::ussd);
    EXPECT_TRUE(std::holds_alternative<flows::Called>(dials.event));
    const Inbound answers = decode(Hook::ussd, {{"call", "u1"}, {"turn", 1}, {"text", "2"}}).value();
    EXPECT_EQ(std::get<flows::Texted>(answers.event).body.reveal(), "2");
    const Inbound ends = decode(Hook::ussd, {{"call", "u1"}, {"end", true}}).value();
    EXPECT_TRUE(std::holds_alternative<flows::HungUp>(ends.event));
    EXPECT_NE(dials.identity, answers.identity);
    EXPECT_NE(dials.identity, ends.identity);
}

TEST(Simulator, RefusesWhatItCannotRead) {
    EXPECT_EQ(decode(Hook::sms, {{"id", "m1"}, {"text", "x"}, {"account", "other"}}).error(),
              errc::not_for_us);
    EXPECT_EQ(decode(Hook::sms, {{"id", "m1"}}).error(), errc::malformed);
    EXPECT_EQ(decode(Hook::sms, {{"id", 7}, {"text", "x"}}).error(), errc::malformed);
    EXPECT_EQ(decode(Hook::voice_step, {{"call", "c1"}}, "/x?t=1&k=a").error(), errc::malformed);
    EXPECT_EQ(decode(Hook::voice_step, {{"call", "c1"}, {"keys", "1"}}, "/x").error(), errc::malformed);
    EXPECT_EQ(decode(Hook::recording, {{"call", "c1"}}).error(), errc::malformed);
    for (const std::string body : {"", "[]", "{", "null", "{\"a\":[[[[[[1]]]]]]}"}) {
        http::Request request;
        request.body = body;
        EXPECT_EQ(make_simulator()->decode(Hook::sms, request, account).error(), errc::malformed) << body;
    }
}

TEST(Simulator, AnswersWithKeysLanguagesAndWords) {
    flows::Utterance prompt;
    prompt.key = "hotline.language.menu";
    prompt.language = language("ht");
    prompt.text = "Bonjou";
    prompt.clips = {{"ab12", "Bonjou"}};
    flows::Gather gather;
    gather.prompts = {prompt};
    flows::Text text;
    text.body = "Hello";
    const ReturnUrls urls{"http://localhost/step?t=1&k=a", "", "", "", "http://localhost/media/"};
    const http::Response response =
        make_simulator()->encode(Hook::voice, {gather, text, flows::Hangup{}}, urls);
    EXPECT_EQ(response.content_type, "application/json");
    const json::value answer = json::parse(response.body);
    const json::array& actions = answer.at("actions").as_array();
    ASSERT_EQ(actions.size(), 3U);
    EXPECT_EQ(actions[0].at("do"), "gather");
    EXPECT_EQ(actions[0].at("step"), "http://localhost/step?t=1&k=a");
    EXPECT_EQ(actions[0].at("prompts").at(0).at("key"), "hotline.language.menu");
    EXPECT_EQ(actions[0].at("prompts").at(0).at("language"), "ht");
    EXPECT_EQ(actions[0].at("prompts").at(0).at("clips").at(0).at("audio"), "ab12");
    EXPECT_EQ(actions[1].at("body"), "Hello");
    EXPECT_EQ(actions[2].at("do"), "hangup");
}

}  // namespace
}  // namespace rightsline::providers
