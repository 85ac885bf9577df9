// Twilio's own SDK as the judge of both directions: it signs what our server must accept, and reads what we wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::HasSubstr;

class Oracle : public testing::Test {
 protected:
    void SetUp() override {
        const char* node = std::getenv("ORACLE_NODE");
        const char* modules = std::getenv("ORACLE_MODULES");
        if (node == nullptr || modules == nullptr) {
            GTEST_SKIP() << "Twilio's SDK is not installed (./deploy/install fetches it with a network)";
        }
        node_ = node;
        for (const char* file : {"sign.mjs", "parse.mjs", "xml.mjs"}) {
            fs::copy(fs::path(RIGHTSLINE_SOURCE_DIR) / "tests/oracle" / file, folder_.path());
        }
        fs::create_symlink(modules, folder_.path() + "/node_modules");
    }

    /// One program of the oracle; an object a line in, one out.
    std::vector<json::object> ask(const std::string& program, const std::vector<json::object>& lines) const {
        std::string input;
        for (const json::object& line : lines) {
            input += json::serialize(line) + "\n";
        }
        const Ran ran = run_command({node_, folder_.path() + "/" + program}, input);
        std::vector<json::object> out;
        for (std::size_t at = 0; at < ran.out.size();) {
            const std::size_t end = std::min(ran.out.find('\n', at), ran.out.size());
            out.push_back(json::parse(ran.out.substr(at, end - at)).as_object());
            at = end + 1;
        }
        EXPECT_EQ(out.size(), lines.size()) << ran.err;
        return out;
    }

    HttpReply post(const Hotline& hotline, const json::object& said, const std::string& body) const {
        const std::string target =
            std::string(said.at("url").as_string()).substr(hotline.twilio().public_url.size());
        return http_post(hotline.twilio().port, target,
                         {{"Content-Type", "application/x-www-form-urlencoded"},
                          {"X-Twilio-Signature", std::string(said.at("signature").as_string())}},
                         body);
    }

    TemporaryDirectory folder_;
    std::string node_;
};

json::object request(const std::string& hook, const std::string& text) {
    json::object params{{"AccountSid", Hotline::sid},
                        {"From", "+13055550191"},
                        {"To", "+15005550006"},
                        {"FromCity", "Saint-Étienne & Co"},
                        {"Extra", json::array{"b", "a", "a"}}};
    if (hook == "sms") {
        params["MessageSid"] = fresh_sid("SM");
        params["Body"] = text;
    } else {
        params["CallSid"] = fresh_sid("CA");
        params["CallStatus"] = "ringing";
    }
    return {{"token", Hotline::token},
            {"url", "https://hotline.example.org/hooks/main/" + hook},
            {"params", params}};
}

TEST_F(Oracle, WhatTheSdkSignsIsTakenAndOneOtherByteIsRefused) {
    const Hotline hotline;
    const std::vector<json::object> said =
        ask("sign.mjs", {request("sms", "hola"), request("sms", "ñandú 🌽 a+b=c&d%20 \"q\" é"),
                         request("sms", ""), request("voice", "")});
    ASSERT_EQ(said.size(), 4U);
    for (const json::object& one : said) {
        std::string body(one.at("body").as_string());
        EXPECT_EQ(post(hotline, one, body).status, 200) << body;
        body.back() = body.back() == '0' ? '1' : '0';
        EXPECT_EQ(post(hotline, one, body).status, 403) << body;
    }
}

TEST_F(Oracle, TheSdkWritesTheSameAnswersAsWe) {
    const Hotline hotline({.audio = true});
    std::vector<json::object> answers;
    const TwilioPhone phone = hotline.phone("+13055550192");
    for (const char* text :
         {"hola", "2", "2", "2", "1", "algo & <más>", "1", "1", "0", "0", "0", "0", "1", "STOP"}) {
        answers.push_back({{"kind", "messaging"}, {"xml", phone.text(text).body}});
    }
    TwilioCall call = hotline.call("+13055550193");
    answers.push_back({{"kind", "voice"}, {"xml", call.dial().body}});
    for (const char* key : {"2", "2", "2", "1"}) {
        answers.push_back({{"kind", "voice"}, {"xml", call.press(key).body}});
    }
    answers.push_back({{"kind", "voice"}, {"xml", call.record("", "", 0).body}});
    answers.push_back({{"kind", "voice"}, {"xml", call.hang_up().body}});
    const std::vector<json::object> verdicts = ask("parse.mjs", answers);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        EXPECT_TRUE(verdicts[i].at("ok").as_bool())
            << json::serialize(verdicts[i]) << json::serialize(answers[i]);
    }
}

}  // namespace
}  // namespace rightsline::tests
