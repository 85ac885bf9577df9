// SenderTest: our own sender, an emulator and a hotline that takes receipts, for the tests of the emulator.
//
// The emulator serves on a thread of its own; pool and hotline live on the test's loop. Threading: the test's thread.
#pragma once

#include <gtest/gtest.h>

#include "gateway/http/pool.hpp"
#include "gateway/http/server.hpp"
#include "gateway/providers/provider.hpp"
#include "gateway/providers/twilio_send.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/run.hpp"

namespace rightsline::emulator {

struct Told {
    std::string delivery;
    std::string error;
    std::string ours;
    std::string message;
};

class SenderTest : public testing::Test {
 protected:
    static constexpr const char* sid = "AC0123456789abcdef0123456789abcdef";
    static constexpr const char* token = "f00dfeedf00dfeed";
    static constexpr const char* public_url = "https://hotline.example.org";

    SenderTest() {
        http::Router router;
        router.add("POST", "/hooks/main/status",
                   [this](const http::Request& request, const http::Parameters&) { return take(request); });
        server_.emplace(io.get_executor(), tasks, clock, metrics, std::move(router), http::ServerOptions());
        net::Address address;
        address.host = "127.0.0.1";
        const std::string hooks = "http://127.0.0.1:" + std::to_string(server_->listen(address).value());
        emulator.emplace(Account{sid, token, public_url, hooks});
        http::PoolOptions options;
        options.allow_plain = true;
        pool = http::make_pool(io.get_executor(), *net::TlsTrust::system(), clock, options);
        account = {sid, {token}, emulator->base()};
    }

    ~SenderTest() override {
        emulator.reset();
        server_->stop();
        tasks.cancel_all();
        tests::run_until(io, [this] { return tasks.live() == 0; });
    }

    static providers::Outbound text(const std::string& body = "hola") {
        return {"+15005550006", vault::PhoneNumber::parse("+13055550191").value(),
                providers::TextOut{locales::PrivateText(body)},
                std::string(public_url) + "/hooks/main/status?m=01ab#rc=3"};
    }
    static providers::Outbound quiet_text(const std::string& body = "hola") {
        providers::Outbound send = text(body);
        send.status_url.clear();
        return send;
    }

    http::Fate post(const http::Outgoing& request,
                    std::chrono::milliseconds patience = std::chrono::seconds(10)) {
        return tests::run(io, pool->send(request, clock.in(patience)));
    }
    http::Answer ask(const Result<http::Outgoing>& request) { return post(request.value()).answer.value(); }

    providers::SendResult send(const providers::Outbound& out,
                               std::chrono::milliseconds patience = std::chrono::seconds(10)) {
        const http::Fate fate = post(twilio->build_send(out, account).value(), patience);
        return fate.answer ? twilio->read_send(*fate.answer, clock.now())
                           : providers::unanswered(fate.may_have_arrived);
    }
    static std::string kind_of(const providers::SendResult& result) {
        constexpr std::array kinds{"accepted", "retry", "rejected", "stopped", "unknown"};
        return kinds.at(result.index());
    }

    void until(std::size_t receipts) {
        tests::run_until(io, [this, receipts] { return told.size() >= receipts; });
    }

    boost::asio::io_context io{1};
    ops::SystemClock clock;
    ops::Metrics metrics;
    ops::Supervisor tasks{io.get_executor()};
    std::optional<TwilioEmulator> emulator;
    std::unique_ptr<http::Pool> pool;
    std::unique_ptr<providers::Sender> twilio = providers::make_twilio_sender();
    providers::Credentials account;
    std::vector<Told> told;  // receipts that were signed as they must be

 private:
    Awaitable<http::Response> take(const http::Request& request) {
        http::Response response;
        response.status = 403;
        const auto verified = provider_->verify(request, public_url + request.target, account);
        const auto inbound = provider_->decode(providers::Hook::message_status, request, account);
        if (verified && inbound) {
            told.push_back({inbound->delivery, inbound->delivery_error, inbound->ours, inbound->message});
            response.status = 204;
        }
        co_return response;
    }

    std::optional<http::Server> server_;
    std::unique_ptr<providers::Provider> provider_ = providers::make_provider("twilio");
};

}  // namespace rightsline::emulator
