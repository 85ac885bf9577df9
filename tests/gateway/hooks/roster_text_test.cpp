// A text from a monitor's phone, as its provider posts it: once, or as often as it likes.
#include "gateway/hooks/hooks.hpp"
#include "gateway/providers/simulator.hpp"
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::hooks {
namespace {

class RosterTexts : public alerts::Alerting {
 protected:
    void SetUp() override {
        Alerting::SetUp();
        directory.public_url = "https://h.example";
        Account ours;
        ours.provider = providers::make_simulator();
        ours.credentials.account_sid = "sid-main";
        ours.credentials.auth_tokens = {"token"};
        directory.accounts["main"] = std::move(ours);
        directory.lines["+15005550006"] = {"main", "fair-food", std::nullopt, {}};
        hooks = std::make_unique<Hooks>(directory, HookServices{*turns, *outbox, *desk, clock, metrics});
    }
    http::Response post(const std::string& id, const std::string& from = "+15005550101") {
        const std::string bytes = R"({"account":"sid-main","from":")" + from +
                                  R"(","to":"+15005550006","id":")" + id + R"(","text":"1"})";
        http::Request made;
        made.method = "POST";
        made.target = "/hooks/main/sms";
        made.headers = {{"X-Rightsline-Signature",
                         providers::sign_simulated("token", directory.public_url + made.target, bytes)}};
        made.body = bytes;
        return tests::run(io, hooks->handle(providers::Hook::sms, "main", made));
    }

    Directory directory;
    std::unique_ptr<Hooks> hooks;
};

TEST_F(RosterTexts, AWebhookThatIsRepeatedTakesNoSecondDanger) {
    for (const char* id : {"c1", "c2", "c3"}) {
        file(id, flows::Urgency::p1);
    }
    step();
    const http::Response first = post("SM1");
    EXPECT_NE(first.body.find("7K4-921"), std::string::npos) << first.body;
    for (int i = 0; i < 2; ++i) {
        const http::Response again = post("SM1");
        EXPECT_EQ(again.status, first.status);
        EXPECT_EQ(again.headers, first.headers);
        EXPECT_EQ(again.body, first.body);
    }
    EXPECT_TRUE(alert("c1").is_taken());
    EXPECT_FALSE(alert("c2").is_taken());
    EXPECT_FALSE(alert("c3").is_taken());
    EXPECT_NE(post("SM2").body.find("7K4-922"), std::string::npos) << "a text of its own takes the next";
}

}  // namespace
}  // namespace rightsline::hooks
