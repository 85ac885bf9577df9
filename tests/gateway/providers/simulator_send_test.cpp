#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "gateway/providers/error.hpp"
#include "gateway/providers/simulator.hpp"
#include "send_support.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

const Credentials account{"SIM1", {"token", "older"}, "http://127.0.0.1:9999/sim"};
const std::unique_ptr<Sender> simulator = make_simulator_sender();

json::object body_of(const http::Outgoing& request) { return json::parse(request.body).as_object(); }

TEST(SimulatorSend, ATextIsASignedObject) {
    const http::Outgoing request = simulator->build_send(a_text("hola \"2\""), account).value();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "http://127.0.0.1:9999/sim/messages");
    EXPECT_EQ(body_of(request),
              (json::object{{"account", "SIM1"},
                            {"from", "+15005550006"},
                            {"to", "+13055550191"},
                            {"status_url", "https://h.example/hooks/main/status?m=01ab#rc=3"},
                            {"text", "hola \"2\""},
                            {"validity", 600}}));
    const http::Headers expected{
        {"X-Rightsline-Signature", sign_simulated("token", request.url, request.body)},
        {"Content-Type", "application/json"}};
    EXPECT_EQ(request.headers, expected);
}

TEST(SimulatorSend, ACallTakesItsActionsAlong) {
    const json::object said = body_of(simulator->build_send(a_call(), account).value());
    EXPECT_EQ(said.at("actions").as_array()[0].as_object().at("do"), "say");
    EXPECT_EQ(said.at("ring"), 30);
    Outbound page = a_call();
    std::get<CallOut>(page.what).what = Page{"https://h.example/x"};
    EXPECT_EQ(body_of(simulator->build_send(page, account).value()).at("page"), "https://h.example/x");
    EXPECT_EQ(body_of(simulator->hang_up("c1", account).value()), (json::object{{"end", true}}));
}

TEST(SimulatorSend, RefusesWhatTwilioWouldRefuse) {
    EXPECT_EQ(simulator->build_send(a_text(""), account).error(), errc::bad_text);
    EXPECT_EQ(simulator->build_send(a_call({}), account).error(), errc::bad_script);
    EXPECT_EQ(simulator->build_send(a_text(), {"SIM1", {"token"}, ""}).error(), errc::bad_account);
    EXPECT_EQ(simulator->delete_message("a/b", account).error(), errc::bad_id);
    EXPECT_EQ(simulator->list_sent(a_text(), account).error(), errc::not_offered);
}

TEST(SimulatorSend, ErasesByName) {
    EXPECT_EQ(simulator->delete_message("m1", account).value().url, "http://127.0.0.1:9999/sim/messages/m1");
    EXPECT_EQ(simulator->delete_call("c1", account).value().method, "DELETE");
    EXPECT_EQ(body_of(simulator->redact_message("m1", account).value()), (json::object{{"text", ""}}));
    EXPECT_EQ(simulator->read_erased(answer(200, R"({"text": ""})")).state, Erasure::done);
    EXPECT_EQ(simulator->read_erased(answer(200, R"({"text": "hola"})")).state, Erasure::later);
}

TEST(SimulatorSend, AnswersEndInTheSameResults) {
    const auto read = [](int status, std::string body) {
        return simulator->read_send(answer(status, std::move(body)), flows::Instant());
    };
    EXPECT_EQ(std::get<Accepted>(read(201, R"({"id": "m1", "status": "queued"})")).id, "m1");
    EXPECT_TRUE(std::holds_alternative<Unknown>(read(201, R"({"sid": "m1"})")));
    EXPECT_TRUE(std::get<Rejected>(read(400, R"({"code": 21610})")).reason.suppress);
    EXPECT_TRUE(std::holds_alternative<Retry>(read(429, "")));
    EXPECT_TRUE(std::holds_alternative<AccountStopped>(read(401, "")));
    EXPECT_TRUE(std::holds_alternative<Unknown>(read(500, "")));
}

TEST(SimulatorSend, AReceiptNamesOurMessage) {
    http::Request request;
    request.target = "/hooks/sim/status?m=01ab";
    request.body = R"({"account": "SIM1", "from": "+15005550006", "to": "+13055550191", "id": "m1",
                       "status": "delivered"})";
    const Inbound inbound = make_simulator()->decode(Hook::message_status, request, account).value();
    EXPECT_EQ(inbound.ours, "01ab");
    EXPECT_EQ(inbound.message, "m1");
}

}  // namespace
}  // namespace rightsline::providers
