#include "tests/support/fake_provider.hpp"

#include <openssl/evp.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "gateway/http/server.hpp"

namespace rightsline::tests {
namespace {

std::string basic(const std::string& sid, const std::string& token) {
    const std::string plain = sid + ":" + token;
    const std::vector<unsigned char> bytes(plain.begin(), plain.end());
    std::vector<unsigned char> out(plain.size() * 2 + 4);
    const int length = EVP_EncodeBlock(out.data(), bytes.data(), static_cast<int>(bytes.size()));
    return "Basic " + std::string(out.begin(), out.begin() + length);
}

void put(std::string& out, unsigned value, int bytes) {
    for (int i = 0; i < bytes; ++i, value >>= 8U) {
        out += static_cast<char>(value & 0xFFU);
    }
}

}  // namespace

struct FakeProvider::State {
    State(std::string account, const std::string& token)
        : sid(std::move(account)), authorization(basic(sid, token)) {}

    http::Response answer(const http::Request& request) {
        const std::lock_guard guard(lock);
        http::Response response;
        response.status = status_for(request);
        if (response.status == 200) {
            response.content_type = "audio/x-wav";
            response.body = recordings.at(id_in(request));
        }
        if (response.status == 204) {
            recordings.erase(id_in(request));
        }
        served.push_back(request.method + " " + std::to_string(response.status));
        return response;
    }

    int status_for(const http::Request& request) {
        if (!misbehaviour.empty()) {
            const int status = misbehaviour.front();
            misbehaviour.pop_front();
            return status;
        }
        if (request.header("Authorization") != authorization || request.count("Authorization") != 1) {
            return 401;
        }
        if (!recordings.contains(id_in(request))) {
            return 404;
        }
        return request.method == "DELETE" ? 204 : 200;
    }

    /// "/2010-04-01/Accounts/AC…/Recordings/RE….wav"
    std::string id_in(const http::Request& request) const {
        const std::string prefix = "/2010-04-01/Accounts/" + sid + "/Recordings/";
        const std::string path(request.path());
        return path.starts_with(prefix) ? path.substr(prefix.size(), path.rfind('.') - prefix.size())
                                        : std::string();
    }

    Awaitable<http::Response> take(const http::Request& request) {
        std::chrono::milliseconds length{0};
        {
            const std::lock_guard guard(lock);
            length = delay;
        }
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer(executor, length);
        co_await timer.async_wait(boost::asio::use_awaitable);
        co_return answer(request);
    }

    std::string sid;
    std::string authorization;
    mutable std::mutex lock;
    std::map<std::string, std::string> recordings;
    std::deque<int> misbehaviour;
    std::chrono::milliseconds delay{0};
    std::vector<std::string> served;

    boost::asio::io_context io{1};
    ops::SystemClock clock;
    ops::Metrics metrics;
    ops::Supervisor tasks{io.get_executor()};
    std::unique_ptr<http::Server> server;
    std::uint16_t port = 0;
    std::thread thread;
};

FakeProvider::FakeProvider(std::string sid, std::string token)
    : state_(std::make_unique<State>(std::move(sid), token)) {
    State& state = *state_;
    http::Router router;
    for (const char* method : {"GET", "DELETE"}) {
        router.add(
            method, "/2010-04-01/Accounts/{account}/Recordings/{file}",
            [&state](const http::Request& request, const http::Parameters&) { return state.take(request); });
    }
    state.server = std::make_unique<http::Server>(state.io.get_executor(), state.tasks, state.clock,
                                                  state.metrics, std::move(router), http::ServerOptions());
    net::Address address;
    address.host = "127.0.0.1";
    const Result<std::uint16_t> port = state.server->listen(address);
    if (!port) {
        throw std::runtime_error("the fake provider cannot listen");
    }
    state.port = *port;
    state.thread = std::thread([&state] { state.io.run(); });
}

FakeProvider::~FakeProvider() {
    State& state = *state_;
    boost::asio::post(state.io, [&state] {
        state.server->stop();
        state.tasks.cancel_all();
    });
    state.thread.join();  // the loop ends when nothing lives on it
}

std::string FakeProvider::base() const { return "http://127.0.0.1:" + std::to_string(state_->port); }

std::string FakeProvider::keep(const std::string& sid, std::string bytes) {
    const std::lock_guard guard(state_->lock);
    state_->recordings[sid] = std::move(bytes);
    return base() + "/2010-04-01/Accounts/" + state_->sid + "/Recordings/" + sid;
}

void FakeProvider::misbehave(std::vector<int> statuses) {
    const std::lock_guard guard(state_->lock);
    state_->misbehaviour.assign(statuses.begin(), statuses.end());
}

void FakeProvider::slow(std::chrono::milliseconds by) {
    const std::lock_guard guard(state_->lock);
    state_->delay = by;
}

bool FakeProvider::holds(const std::string& sid) const {
    const std::lock_guard guard(state_->lock);
    return state_->recordings.contains(sid);
}

std::vector<std::string> FakeProvider::served() const {
    const std::lock_guard guard(state_->lock);
    return state_->served;
}

std::string little_wav(unsigned number, unsigned milliseconds) {
    const unsigned samples = 8 * milliseconds;
    std::string wav = "RIFF";
    put(wav, 36 + samples * 2, 4);
    wav += "WAVEfmt ";
    put(wav, 16, 4);
    put(wav, 1, 2);     // PCM
    put(wav, 1, 2);     // mono
    put(wav, 8000, 4);  // samples a second
    put(wav, 16000, 4);
    put(wav, 2, 2);
    put(wav, 16, 2);
    wav += "data";
    put(wav, samples * 2, 4);
    for (unsigned i = 0; i < samples; ++i) {
        put(wav, i < 2 ? (number >> (8 * i)) & 0xFFU : (i * (number % 97 + 3) * 37) & 0x3FFFU, 2);
    }
    return wav;
}

}  // namespace rightsline::tests
