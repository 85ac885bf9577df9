#include "tests/support/emulator/twilio_emulator.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "sender.hpp"

namespace rightsline::emulator {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

TEST_F(SenderTest, WhatIsAcceptedStandsInTheLedger) {
    const providers::SendResult result = send(quiet_text("¿hola & adiós?"));
    ASSERT_EQ(kind_of(result), "accepted");
    const std::vector<Entry> ledger = emulator->accepted();
    ASSERT_EQ(ledger.size(), 1U);
    EXPECT_EQ(ledger[0].sid, std::get<providers::Accepted>(result).id);
    EXPECT_EQ(ledger[0].to, "+13055550191");
    EXPECT_EQ(ledger[0].from, "+15005550006");
    EXPECT_EQ(ledger[0].body_hash, sha256_hex("¿hola & adiós?"));
    EXPECT_EQ(ledger[0].answered, "accept");
    EXPECT_EQ(emulator->words_of(ledger[0].sid), "¿hola & adiós?");
}

struct Misdeed {
    std::string wish;  // the members of a fault
    std::string kind;
    std::size_t accepted;
};

class Misdeeds : public SenderTest, public testing::WithParamInterface<Misdeed> {};

TEST_P(Misdeeds, DoWhatTheySay) {
    emulator->behave(R"({"faults": [{)" + GetParam().wish + "}]}");
    const bool waits = GetParam().wish.find("60000") != std::string::npos;
    EXPECT_EQ(kind_of(send(quiet_text(), waits ? 1s : 10s)), GetParam().kind);
    EXPECT_EQ(emulator->accepted().size(), GetParam().accepted);
    EXPECT_EQ(kind_of(send(quiet_text())), "accepted") << "the next one is not harmed";
    EXPECT_EQ(emulator->accepted().size(), GetParam().accepted + 1);
}

INSTANTIATE_TEST_SUITE_P(
    Each, Misdeeds,
    testing::Values(
        Misdeed{R"("do": "accept")", "accepted", 1},
        Misdeed{R"("do": "accept", "wait_ms": 30)", "accepted", 1},
        Misdeed{R"("do": "accept", "wait_ms": 60000)", "unknown", 1},
        Misdeed{R"("do": "accept_drop")", "unknown", 1}, Misdeed{R"("do": "accept_cut")", "unknown", 1},
        Misdeed{R"("do": "accept_500")", "unknown", 1}, Misdeed{R"("do": "garbage")", "unknown", 1},
        Misdeed{R"("do": "noise")", "unknown", 1}, Misdeed{R"("do": "huge")", "unknown", 1},
        Misdeed{R"("do": "nameless")", "unknown", 1}, Misdeed{R"("do": "drop")", "unknown", 0},
        Misdeed{R"("do": "500")", "unknown", 0}, Misdeed{R"("do": "429")", "retry", 0},
        Misdeed{R"("do": "429", "retry_after": 7)", "retry", 0}, Misdeed{R"("do": "503")", "unknown", 0},
        Misdeed{R"("do": "503", "retry_after": 7)", "retry", 0}, Misdeed{R"("do": "refuse")", "rejected", 0},
        Misdeed{R"("do": "refuse", "status": 401, "code": 20003)", "stopped", 0}));

TEST_F(SenderTest, AStormSaysWhenItIsOverOrDoesNot) {
    emulator->behave(R"({"faults": [{"do": "429", "times": 2, "retry_after": 7}, {"do": "429"}]})");
    for (const auto& after : {std::optional(7s), std::optional(7s), std::optional<std::chrono::seconds>()}) {
        const providers::SendResult result = send(quiet_text());
        ASSERT_EQ(kind_of(result), "retry");
        EXPECT_EQ(std::get<providers::Retry>(result).after, after);
        EXPECT_FALSE(std::get<providers::Retry>(result).counts);
    }
    EXPECT_EQ(kind_of(send(quiet_text())), "accepted");
}

TEST_F(SenderTest, RefusesWhatTwilioRefuses) {
    emulator->behave(R"({"refuse": {"+13055550191": 21610}})");
    const providers::SendResult stopped = send(quiet_text());
    EXPECT_TRUE(std::get<providers::Rejected>(stopped).reason.suppress);
    const auto code_of = [this](const std::string& body) {
        http::Outgoing request = twilio->build_send(quiet_text(), account).value();
        request.body = body;
        const http::Answer answer = ask(request);
        EXPECT_EQ(answer.status, 400);
        return json::parse(answer.body).at("code").as_int64();
    };
    EXPECT_EQ(code_of("From=%2B15005550006&Body=x"), 21604);
    EXPECT_EQ(code_of("To=13055550192&From=%2B15005550006&Body=x"), 21211);
    EXPECT_EQ(code_of("To=%2B13055550192&Body=x"), 21603);
    EXPECT_EQ(code_of("To=%2B13055550192&From=%2B15005550006"), 21602);
    EXPECT_EQ(code_of("To=%2B13055550192&From=%2B15005550006&Body=" + std::string(6401, 'x')), 21617);
    EXPECT_EQ(code_of("%"), 20001);
    account.auth_tokens = {"wrong"};
    EXPECT_EQ(kind_of(send(quiet_text())), "stopped");
    EXPECT_TRUE(emulator->accepted().empty());
}

TEST_F(SenderTest, ASendThatWasLostIsFoundInTheList) {
    emulator->behave(R"({"faults": [{"do": "accept"}, {"do": "accept_drop"}, {"do": "drop"}]})");
    const flows::Instant since = clock.now();
    for (const std::string body : {"other", "lost", "never"}) {
        send(quiet_text(body));
    }
    for (const auto& [body, found] :
         std::vector<std::pair<std::string, std::size_t>>{{"lost", 1}, {"never", 0}}) {
        const http::Answer page = ask(twilio->list_sent(quiet_text(body), account));
        const providers::SentList list = twilio->read_list(page, quiet_text(body), since).value();
        EXPECT_EQ(list.same.size(), found) << body;
        EXPECT_TRUE(list.whole);
    }
    EXPECT_EQ(
        twilio->read_list(ask(twilio->list_sent(quiet_text("lost"), account)), quiet_text("lost"), since)
            .value()
            .same[0]
            .id,
        emulator->accepted()[1].sid);
}

TEST_F(SenderTest, ALongListIsPaged) {
    for (int i = 0; i < 101; ++i) {
        send(quiet_text());
    }
    const http::Answer page = ask(twilio->list_sent(quiet_text(), account));
    const providers::SentList list = twilio->read_list(page, quiet_text(), {}).value();
    EXPECT_EQ(list.same.size(), 100U);
    EXPECT_FALSE(list.whole);
    EXPECT_EQ(list.same[0].id, emulator->accepted().back().sid) << "newest first";
}

TEST_F(SenderTest, CopiesAreEmptiedAndDeletedAndTheLedgerForgetsNothing) {
    const std::string id = std::get<providers::Accepted>(send(quiet_text())).id;
    EXPECT_EQ(twilio->read_erased(ask(twilio->redact_message(id, account))).state, providers::Erasure::done);
    EXPECT_EQ(emulator->words_of(id), "");
    EXPECT_EQ(twilio->read_erased(ask(twilio->delete_message(id, account))).state, providers::Erasure::done);
    EXPECT_FALSE(emulator->holds(id));
    EXPECT_EQ(twilio->read_erased(ask(twilio->delete_message(id, account))).state, providers::Erasure::done)
        << "it is gone";
    EXPECT_EQ(emulator->accepted().size(), 1U);
}

TEST_F(SenderTest, ACallIsMadeMovedEndedAndDeleted) {
    providers::Outbound call = quiet_text();
    call.what = providers::CallOut{providers::Page{"https://hotline.example.org/alert"}};
    const std::string id = std::get<providers::Accepted>(send(call)).id;
    EXPECT_TRUE(emulator->accepted()[0].call);
    EXPECT_EQ(emulator->words_of(id), "https://hotline.example.org/alert");
    const std::variant<providers::Script, providers::Page> other =
        providers::Page{"https://hotline.example.org/b"};
    EXPECT_EQ(kind_of(twilio->read_update(ask(twilio->update_call(id, other, account)), clock.now())),
              "accepted");
    EXPECT_EQ(emulator->words_of(id), "https://hotline.example.org/b");
    EXPECT_EQ(kind_of(twilio->read_update(ask(twilio->hang_up(id, account)), clock.now())), "accepted");
    EXPECT_EQ(twilio->read_erased(ask(twilio->delete_call(id, account))).state, providers::Erasure::done);
    EXPECT_EQ(kind_of(twilio->read_update(ask(twilio->hang_up(id, account)), clock.now())), "rejected");
}

TEST_F(SenderTest, RecordingsAreFetchedAndDeleted) {
    emulator->keep_recording("RE1", "RIFF");
    const auto provider = providers::make_provider("twilio");
    const providers::RemoteRecording recording{"RE1", ""};
    EXPECT_EQ(ask(*provider->fetch(recording, account)).body, "RIFF");
    EXPECT_EQ(ask(*provider->erase(recording, account)).status, 204);
    EXPECT_EQ(ask(*provider->fetch(recording, account)).status, 404);
}

TEST_F(SenderTest, IsSteeredFromOutside) {
    const auto control = [this](const std::string& method, const std::string& path, const std::string& body) {
        http::Outgoing request;
        request.method = method;
        request.url = emulator->base() + "/control/" + path;
        request.body = body;
        return ask(request);
    };
    EXPECT_EQ(control("POST", "behave", R"({"faults": [{"do": "accept_drop"}]})").status, 200);
    EXPECT_EQ(kind_of(send(quiet_text())), "unknown");
    send(quiet_text());
    const json::object ledger = json::parse(control("GET", "ledger?after=1", "").body).as_object();
    EXPECT_EQ(ledger.at("total"), 2);
    ASSERT_EQ(ledger.at("entries").as_array().size(), 1U);
    EXPECT_EQ(ledger.at("entries").as_array()[0].at("body_hash").as_string(), sha256_hex("hola"));
    EXPECT_EQ(control("POST", "behave", R"({"faults": [{"do": "explode"}]})").status, 400);
    EXPECT_EQ(control("POST", "recordings", R"({"sid": "RE2", "audio": "UklGRg=="})").status, 201);
    EXPECT_TRUE(emulator->holds("RE2"));
    const http::Answer hook =
        control("POST", "webhook", R"({"url": "https://hotline.example.org/hooks/main/status?m=7",
        "fields": {"MessageSid": "SM1", "MessageStatus": "read"}})");
    EXPECT_EQ(json::parse(hook.body).at("status"), 204);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].ours, "7");
    const http::Answer text =
        control("POST", "text", R"({"url": "https://hotline.example.org/hooks/main/sms", "from":
        "+13055550191", "to": "+15005550006", "body": "hola"})");
    EXPECT_EQ(json::parse(text.body).at("status"), 404) << "this hotline takes receipts only";
}

}  // namespace
}  // namespace rightsline::emulator
