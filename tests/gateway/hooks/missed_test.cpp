// Webhooks of a line that calls back: what rings is not answered, and the call that we make leads into the line's own menu.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/hooks/hooks.hpp"
#include "gateway/providers/simulator.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::hooks {
namespace {

using providers::Hook;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* our_line = "+15005550006";
constexpr const char* worker = "+13055550171";

class MissedWebhooks : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        directory.public_url = "https://h.example";
        Account ours;
        ours.provider = providers::make_simulator();
        ours.credentials.account_sid = "sid-main";
        ours.credentials.auth_tokens = {"token"};
        directory.accounts["main"] = std::move(ours);
        directory.lines[our_line] = {"main", "fair-food", std::nullopt, {}};
        directory.lines[our_line].calls_back = true;
        way_out.limits.prefixes = {"+1"};
        outbox = std::make_unique<outbox::Outbox>(
            *client, *vault, clock, std::map<std::string, outbox::LineOut>{{our_line, way_out}});
        alerts = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *outbox, [] {}},
            std::map<std::string, alerts::AlertProgram>{});
        missed = std::make_unique<missed::Desk>(missed::DeskServices{
            *client, *vault, clock, metrics, *packs, *outbox, {}, [] {}, [] { return true; }});
        hooks = std::make_unique<Hooks>(directory, HookServices{*turns, *outbox, *alerts, clock, metrics,
                                                                nullptr, nullptr, missed.get()});
    }
    http::Response post(Hook hook, const std::string& target, const std::string& members,
                        const std::string& from = worker, const std::string& to = our_line) {
        http::Request made;
        made.method = "POST";
        made.target = target;
        made.body = R"({"account":"sid-main","from":")" + from + R"(","to":")" + to + R"(",)" + members + "}";
        made.headers = {{"X-Rightsline-Signature",
                         providers::sign_simulated("token", directory.public_url + target, made.body)}};
        return tests::run(io, hooks->handle(hook, "main", made));
    }
    http::Response rings(const std::string& from = worker, const std::string& call = "CA1") {
        return post(Hook::voice, "/hooks/main/voice", R"("call":")" + call + '"', from);
    }
    http::Response texts(const std::string& words, const std::string& id = "SM1") {
        return post(Hook::sms, "/hooks/main/sms", R"("id":")" + id + R"(","text":")" + words + '"');
    }
    /// What comes from the call that we made.
    http::Response of_our_call(Hook hook, const std::string& target, const std::string& members) {
        return post(hook, target, R"("call":"CB1","direction":"outbound",)" + members, our_line, worker);
    }
    std::int64_t calls() { return number({"ZCARD", way_out.queue.lanes[1]}); }
    std::string message() {
        const redis::Reply ids = WithServer::ask({"ZRANGE", way_out.queue.lanes[1], "0", "0"});
        return *ids.array()->front().string();
    }
    std::string page() {
        std::vector<vault::SealRequest> sealed;
        sealed.push_back({vault::Purpose::reply, way_out.queue.jobs + message(),
                          WithServer::text({"HGET", way_out.queue.jobs, message()})});
        const auto plain = tests::run(io, vault->open(std::move(sealed)));
        return "/hooks/main" +
               std::get<outbox::Call>(outbox::parse_message(plain.value().front())->what).page;
    }
    static std::string step_in(const http::Response& response, const std::string& mark) {
        const auto at = response.body.find(mark);
        return at == std::string::npos ? "" : response.body.substr(at, response.body.find('"', at) - at);
    }
    std::size_t conversations() { return count_of("{fair-food}:c:*"); }

    Directory directory;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<alerts::AlertDesk> alerts;
    std::unique_ptr<missed::Desk> missed;
    std::unique_ptr<Hooks> hooks;
};

TEST_F(MissedWebhooks, ACallIsRejectedUnansweredAndOneCallWaits) {
    const std::string rejected = R"({"actions":[{"do":"reject"}],)";
    EXPECT_THAT(rings().body, StartsWith(rejected));
    EXPECT_THAT(rings().body, StartsWith(rejected)) << "the provider asks again";
    EXPECT_EQ(calls(), 1);
    EXPECT_EQ(conversations(), 0U);
}

TEST_F(MissedWebhooks, WhoIsNotCalledIsAnsweredAsOnAnyLine) {
    EXPECT_THAT(rings("+26658000171").body, HasSubstr("gather")) << "a country that is not called";
    EXPECT_THAT(rings("anonymous", "CA2").body, HasSubstr("gather")) << "shows no number";
    EXPECT_EQ(calls(), 0);
    directory.lines[our_line].calls_back = false;
    EXPECT_THAT(rings(worker, "CA3").body, HasSubstr("gather"));
    EXPECT_EQ(calls(), 0);
}

TEST_F(MissedWebhooks, TheKeyLeadsIntoTheLinesOwnMenuAsIfTheyHadCalled) {
    rings();
    const std::string target = page();
    const http::Response opener = of_our_call(Hook::page, target, R"("x":1)");
    EXPECT_THAT(opener.body, HasSubstr("press 1"));
    EXPECT_THAT(opener.body, Not(HasSubstr("workers' line")));
    EXPECT_EQ(conversations(), 0U);

    const http::Response menu = of_our_call(Hook::page, target, R"("keys":"1")");
    EXPECT_THAT(menu.body, HasSubstr("This is the workers' line."));
    EXPECT_EQ(of_our_call(Hook::page, target, R"("keys":"1")").body, menu.body) << "asked again";
    const std::string step = step_in(menu, "/hooks/main/voice/step?t=");
    ASSERT_FALSE(step.empty()) << menu.body;
    const http::Response next = of_our_call(Hook::voice_step, step, R"("keys":"1")");
    EXPECT_EQ(next.status, 200);
    EXPECT_THAT(next.body, HasSubstr("in danger"));
    EXPECT_EQ(conversations(), 1U);

    EXPECT_EQ(post(Hook::message_status, "/hooks/main/status?m=" + message(),
                   R"("id":"CB1","status":"completed")", our_line, worker)
                  .status,
              204);
    EXPECT_EQ(conversations(), 0U) << "its end is the conversation's";
}

TEST_F(MissedWebhooks, ATextThatAsksForACallIsNoReport) {
    const std::string nothing = R"({"actions":[],)";
    EXPECT_THAT(texts("Please call me!").body, StartsWith(nothing));
    EXPECT_EQ(calls(), 1);
    EXPECT_EQ(conversations(), 0U);
    EXPECT_THAT(texts("Please call me!").body, StartsWith(nothing)) << "the provider repeats it";
    EXPECT_EQ(calls(), 1);
    EXPECT_THAT(texts("they call me names", "SM2").body, HasSubstr("text"));
    EXPECT_EQ(calls(), 1);
    EXPECT_EQ(conversations(), 1U);
}

TEST_F(MissedWebhooks, OnAnotherLineTheSameTextIsOrdinary) {
    directory.lines[our_line].calls_back = false;
    EXPECT_THAT(texts("Please call me").body, HasSubstr("text"));
    EXPECT_EQ(calls(), 0);
}

TEST_F(MissedWebhooks, APageOfAnotherLineOrOfNobodyIsRefused) {
    rings();
    EXPECT_EQ(post(Hook::page, page(), R"("call":"CB1")", "+15005550099", worker).status, 404);
    EXPECT_EQ(of_our_call(Hook::page, "/hooks/main/missed?p=fair-food&t=00", R"("keys":"1")").status, 404);
}

}  // namespace
}  // namespace rightsline::hooks
