#include "gateway/hooks/hooks.hpp"

#include <gtest/gtest.h>

#include "gateway/providers/simulator.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::hooks {
namespace {

using providers::Hook;

class Webhooks : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        directory.public_url = "https://h.example";
        for (const char* name : {"main", "other"}) {
            Account ours;
            ours.provider = providers::make_simulator();
            ours.credentials.account_sid = std::string("sid-") + name;
            ours.credentials.auth_tokens = {"old token", "token"};
            directory.accounts[name] = std::move(ours);
        }
        directory.lines["+15005550006"] = {"main", "fair-food", std::nullopt, {}};
        outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                  std::map<std::string, outbox::LineOut>{});
        alerts = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *outbox, [] {}},
            std::map<std::string, alerts::AlertProgram>{});
        hooks = std::make_unique<Hooks>(directory, HookServices{*turns, *outbox, *alerts, clock, metrics});
    }
    static std::string body(const std::string& id, const std::string& to = "+15005550006",
                            const std::string& sid = "sid-main") {
        return R"({"account":")" + sid + R"(","from":"+15005550001","to":")" + to + R"(","id":")" + id +
               R"(","text":"1"})";
    }
    http::Request request(std::string bytes, const std::string& token = "token",
                          const std::string& target = "/hooks/main/sms") const {
        http::Request made;
        made.method = "POST";
        made.target = target;
        made.headers = {{"Host", "evil.example"},
                        {"X-Rightsline-Signature",
                         providers::sign_simulated(token, directory.public_url + target, bytes)}};
        made.body = std::move(bytes);
        return made;
    }
    http::Response ask_hook(Hook hook, const std::string& name, const http::Request& made) {
        return tests::run(io, hooks->handle(hook, name, made));
    }
    http::Response sms(const http::Request& made, const std::string& name = "main") {
        return ask_hook(Hook::sms, name, made);
    }
    std::size_t stored() { return count_of("{fair-food}:[ce]*"); }

    Directory directory;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<alerts::AlertDesk> alerts;
    std::unique_ptr<Hooks> hooks;
};

TEST_F(Webhooks, ASignedTextIsAnsweredUnderEveryAcceptedToken) {
    EXPECT_EQ(sms(request(body("SM1"))).status, 200);
    EXPECT_EQ(sms(request(body("SM2"), "old token")).status, 200);
    EXPECT_EQ(count_of("{fair-food}:e:*"), 2U);
}

TEST_F(Webhooks, AWrongOrMissingSignatureIs403AndChangesNothing) {
    http::Request none = request(body("SM1"));
    none.headers.pop_back();
    http::Request twice = request(body("SM1"));
    twice.headers.push_back(twice.headers.back());
    http::Request changed = request(body("SM1"));
    changed.body = body("SM2");
    http::Request moved = request(body("SM1"));
    moved.target = "/hooks/main/voice";
    for (const http::Request& bad : {none, twice, changed, moved, request(body("SM1"), "guess")}) {
        EXPECT_EQ(sms(bad).status, 403);
    }
    EXPECT_EQ(stored(), 0U);
}

TEST_F(Webhooks, AStrangerCannotTellAnAccountOfOursFromOneThatIsNot) {
    const http::Response wrong = sms(request(body("SM1"), "guess"));
    const http::Response nobody = sms(request(body("SM1"), "guess", "/hooks/nobody/sms"), "nobody");
    EXPECT_EQ(nobody.status, 403);
    EXPECT_EQ(nobody.body, wrong.body);
    EXPECT_EQ(nobody.headers, wrong.headers);
    EXPECT_EQ(stored(), 0U);
}

TEST_F(Webhooks, WhatIsSignedButNotForUsChangesNothing) {
    EXPECT_EQ(sms(request(body("SM1", "+15005550009"))).status, 404);
    EXPECT_EQ(sms(request(body("SM1", "+15005550006", "sid-else"))).status, 403);
    // a line of another account, signed rightly by that account
    const http::Request crossed =
        request(body("SM1", "+15005550006", "sid-other"), "token", "/hooks/other/sms");
    EXPECT_EQ(sms(crossed, "other").status, 404);
    EXPECT_EQ(stored(), 0U);
}

TEST_F(Webhooks, ALineThatTakesCallsOnlyTakesNoText) {
    directory.lines["+15005550006"].modes = {flows::Mode::voice};
    EXPECT_EQ(sms(request(body("SM1"))).status, 404);
    EXPECT_EQ(stored(), 0U);
    directory.lines["+15005550006"].modes.insert(flows::Mode::sms);
    EXPECT_EQ(sms(request(body("SM1"))).status, 200);
}

TEST_F(Webhooks, WhatIsSignedButNotUnderstoodIs400) {
    for (const char* bytes : {"", "{", "[]", R"({"account":"sid-main"})"}) {
        EXPECT_EQ(sms(request(bytes)).status, 400) << bytes;
    }
    EXPECT_EQ(stored(), 0U);
}

TEST_F(Webhooks, AStepOfACallNeedsItsOwnMac) {
    const std::string call =
        R"({"account":"sid-main","from":"+15005550001","to":"+15005550006","call":"CA1")";
    const http::Response started =
        ask_hook(Hook::voice, "main", request(call + "}", "token", "/hooks/main/voice"));
    ASSERT_EQ(started.status, 200);
    const std::string mark = "/hooks/main/voice/step?t=";
    const auto at = started.body.find(mark);
    ASSERT_NE(at, std::string::npos) << started.body;
    const std::string step = started.body.substr(at, started.body.find('"', at) - at);
    const std::string keyed = call + R"(,"keys":"1"})";
    std::string forged = step;
    forged.back() = forged.back() == '0' ? '1' : '0';
    EXPECT_EQ(ask_hook(Hook::voice_step, "main", request(keyed, "token", forged)).status, 400);
    EXPECT_EQ(ask_hook(Hook::voice_step, "main", request(keyed, "token", step)).status, 200);
}

TEST_F(Webhooks, ADeliveryReceiptIsCountedAndAnsweredWithoutWords) {
    const std::string news =
        R"({"account":"sid-main","from":"+15005550006","to":"+15005550001","id":"SM9","status":"failed","error":"30003"})";
    const http::Response answer =
        ask_hook(Hook::message_status, "main", request(news, "token", "/hooks/main/status"));
    EXPECT_EQ(answer.status, 204);
    EXPECT_TRUE(answer.body.empty());
    EXPECT_NE(metrics.render().find("status=\"undelivered\"} 1"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::hooks
