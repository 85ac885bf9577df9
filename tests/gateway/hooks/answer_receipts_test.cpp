// From a worker's text to the last word on its answer, over signed webhooks as Twilio's.
#include <gtest/gtest.h>

#include "gateway/hooks/hooks.hpp"
#include "gateway/http/form.hpp"
#include "gateway/outbox/reply.hpp"
#include "tests/gateway/conversations/house.hpp"
#include "tests/support/twilio_signature.hpp"

namespace rightsline::hooks {
namespace {

using providers::Hook;

constexpr const char* account_sid = "AC00000000000000000000000000000001";

class AnswerReceipts : public conversations::WithTurns {
 protected:
    AnswerReceipts() { provider = providers::make_provider("twilio"); }
    void SetUp() override {
        WithTurns::SetUp();
        directory.public_url = "https://h.example";
        Account ours;
        ours.provider = providers::make_provider("twilio");
        ours.credentials = {account_sid, {"token"}, ""};
        ours.copies = outbox::CopyPolicy::redact;
        directory.accounts["main"] = std::move(ours);
        directory.lines["+15005550006"] = {"main", "fair-food", std::nullopt, {}};
        alerts = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *replies, [] {}},
            std::map<std::string, alerts::AlertProgram>{});
        hooks = std::make_unique<Hooks>(directory, HookServices{*turns, *replies, *alerts, clock, metrics});
    }
    http::Response post(Hook hook, const std::string& target, tests::Fields fields) {
        fields.emplace_back("AccountSid", account_sid);
        http::Request request;
        request.method = "POST";
        request.target = target;
        request.headers = {
            {"Content-Type", "application/x-www-form-urlencoded"},
            {"X-Twilio-Signature", tests::twilio_signature("token", directory.public_url + target, fields)}};
        std::vector<std::pair<std::string_view, std::string_view>> form(fields.begin(), fields.end());
        request.body = http::encode_form(form);
        return tests::run(io, hooks->handle(hook, "main", request));
    }
    std::string text_in(const std::string& sid, const std::string& words) {
        return post(Hook::sms, "/hooks/main/sms",
                    {{"MessageSid", sid}, {"From", "+15005550001"}, {"To", "+15005550006"}, {"Body", words}})
            .body;
    }
    /// Where the first answer of `twiml` wants its receipts; without the fragment.
    static std::string status_target(const std::string& twiml) {
        const std::string mark = "statusCallback=\"https://h.example";
        const std::size_t at = twiml.find(mark);
        const std::size_t begin = at + mark.size();
        return at == std::string::npos ? "" : twiml.substr(begin, twiml.find('#', begin) - begin);
    }
    int receive(const std::string& target, const std::string& word, const std::string& code = "") {
        tests::Fields fields{{"MessageSid", "SM00000000000000000000000000000009"},
                             {"MessageStatus", word},
                             {"From", "+15005550006"},
                             {"To", "+15005550001"}};
        if (!code.empty()) {
            fields.emplace_back("ErrorCode", code);
        }
        return post(Hook::message_status, target, fields).status;
    }
    std::string note(const std::string& target) {
        const std::string id = target.substr(target.find("m=") + 2);
        const auto state = tests::run(io, redis::look(*client, way_out.queue, id, far()));
        return state && *state ? (*state)->note : "(nothing)";
    }

    Directory directory;
    std::unique_ptr<alerts::AlertDesk> alerts;
    std::unique_ptr<Hooks> hooks;
};

TEST_F(AnswerReceipts, SettleWhatLeftInTheAnswerWhateverTheirOrder) {
    const std::string target = status_target(text_in("SM00000000000000000000000000000001", "hello"));
    ASSERT_FALSE(target.empty());
    EXPECT_EQ(note(target), "");
    EXPECT_EQ(receive(target, "delivered"), 204);
    EXPECT_EQ(receive(target, "sent"), 204);
    EXPECT_EQ(receive(target, "delivered"), 204);
    EXPECT_EQ(note(target), "accepted SM00000000000000000000000000000009 delivered");
    EXPECT_EQ(number({"LLEN", keys.receipts(target.substr(target.find("m=") + 2))}), 2);
}

TEST_F(AnswerReceipts, OneThatComesLateEndsTheWonderingAboutWhatWasGivenUp) {
    const std::string target = status_target(text_in("SM00000000000000000000000000000001", "hello"));
    const std::string id = target.substr(target.find("m=") + 2);
    const std::string list = outbox::never_known_of(keys, "+15005550006");
    ask({"ZADD", list, "1", id});
    EXPECT_EQ(receive(target, "delivered"), 204);
    EXPECT_EQ(number({"ZCARD", list}), 0);
}

TEST_F(AnswerReceipts, ACarrierThatBlocksThePhoneIsBelieved) {
    const std::string target = status_target(text_in("SM00000000000000000000000000000001", "hello"));
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 0);
    EXPECT_EQ(receive(target, "failed", "21610"), 204);
    EXPECT_TRUE(note(target).starts_with("rejected 21610")) << note(target);
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 1);
    text_in("SM00000000000000000000000000000002", "1");
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 1);
    text_in("SM00000000000000000000000000000003", "START");
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 0);
}

TEST_F(AnswerReceipts, TheProvidersCopyOfATextIsAskedToGoWithTheCommitThatHoldsOurs) {
    text_in("SM00000000000000000000000000000001", "hello");
    EXPECT_EQ(number({"ZCARD", keys.copies("main")}), 1);
}

TEST_F(AnswerReceipts, AnAnswerThatSaysACodeGoesThereOnceItsFateIsKnown) {
    const std::string event(32, 'a');
    const std::string id =
        outbox::reply_id(outbox::reply_name(outbox::Leaves::through_outbox, true, event), 1);
    EXPECT_EQ(receive("/hooks/main/status?m=" + id, "sent"), 204);
    const auto score = [&] {
        return redis::WithServer::text({"ZSCORE", keys.copies("main"), "SM00000000000000000000000000000009"});
    };
    const auto in_half_an_hour = (clock.now() + std::chrono::minutes(30)).time_since_epoch().count();
    EXPECT_EQ(score(), std::to_string(in_half_an_hour));
    EXPECT_EQ(receive("/hooks/main/status?m=" + id, "delivered"), 204);
    EXPECT_EQ(score(), std::to_string(clock.now().time_since_epoch().count()));
}

TEST_F(AnswerReceipts, AnyOtherAnswerStays) {
    const std::string target = status_target(text_in("SM00000000000000000000000000000001", "hello"));
    EXPECT_EQ(receive(target, "delivered"), 204);
    EXPECT_EQ(number({"ZCARD", keys.copies("main")}), 1);  // the worker's own text
}

}  // namespace
}  // namespace rightsline::hooks
