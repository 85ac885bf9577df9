#include "tests/support/emulator/twilio_emulator.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <future>
#include <stdexcept>
#include <thread>

#include "gateway/http/connection.hpp"
#include "gateway/net/listener.hpp"
#include "tests/support/emulator/api.hpp"
#include "tests/support/emulator/control.hpp"
#include "tests/support/emulator/faulty_stream.hpp"

namespace rightsline::emulator {
namespace {

http::ConnectionLimits patient() {
    http::ConnectionLimits limits;
    limits.idle = std::chrono::seconds(60);
    limits.requests = SIZE_MAX;
    return limits;
}

}  // namespace

struct TwilioEmulator::State {
    State(Account whose, std::uint16_t port)
        : account(std::move(whose)),
          webhooks(io.get_executor(), account, clock),
          world{account, {}, Ledger(account.sid), webhooks, tasks, clock},
          context(std::make_unique<http::ConnectionContext>(routes(), patient(), clock, metrics)) {
        net::Address address;
        address.host = "127.0.0.1";
        address.port = port;
        net::ListenerLimits limits;
        limits.per_peer = 0;
        auto opened = net::Listener::open(io.get_executor(), address, limits);
        if (!opened) {
            throw std::runtime_error("the emulator cannot listen: " + opened.error().message());
        }
        listener = std::move(*opened);
        tasks.spawn("emulator_accept", accept());
    }

    http::Router routes() {
        http::Router router;
        add_api(router, world);
        add_control(router, world);
        return router;
    }

    Awaitable<void> accept() {
        while (true) {
            Result<net::Stream> stream = co_await listener->accept();
            if (!stream) {
                break;
            }
            tasks.spawn("emulator_connection", serve(std::move(*stream)));
        }
    }

    Awaitable<void> serve(net::Stream stream) {
        FaultyStream faulty(std::move(stream));
        http::Connection connection(faulty, *context);
        co_await connection.serve();
    }

    boost::asio::io_context io{1};
    ops::SystemClock clock;
    ops::Metrics metrics;
    ops::Supervisor tasks{io.get_executor()};
    Account account;
    Webhooks webhooks;
    World world;
    std::unique_ptr<http::ConnectionContext> context;
    std::unique_ptr<net::Listener> listener;
    std::thread thread;
};

TwilioEmulator::TwilioEmulator(Account account, std::uint16_t port)
    : state_(std::make_unique<State>(std::move(account), port)) {
    state_->thread = std::thread([state = state_.get()] { state->io.run(); });
}

TwilioEmulator::~TwilioEmulator() {
    boost::asio::post(state_->io, [state = state_.get()] {
        state->listener->close();
        state->tasks.cancel_all();
        state->webhooks.stop();
    });
    state_->thread.join();  // the loop ends when nothing lives on it
}

std::uint16_t TwilioEmulator::port() const { return state_->listener->port(); }

std::string TwilioEmulator::base() const { return "http://127.0.0.1:" + std::to_string(port()); }

/// Runs `work` on the emulator's loop, which alone touches the world.
template <class Work>
auto TwilioEmulator::ask(Work work) const {
    std::packaged_task<std::invoke_result_t<Work, World&>()> task(
        [this, work] { return work(state_->world); });
    auto answer = task.get_future();
    boost::asio::post(state_->io, [&task] { task(); });
    return answer.get();
}

void TwilioEmulator::behave(const std::string& wishes) {
    const boost::json::object object = boost::json::parse(wishes).as_object();
    const bool taken = ask([&object](World& world) { return world.behaviour.change(object).has_value(); });
    if (!taken) {
        throw std::runtime_error("no behaviour: " + wishes);
    }
}

std::vector<Entry> TwilioEmulator::accepted() const {
    return ask([](const World& world) { return world.ledger.entries(); });
}

std::vector<Posted> TwilioEmulator::receipts() const {
    return ask([](const World& world) { return world.ledger.posted(); });
}

std::string TwilioEmulator::words_of(const std::string& sid) const {
    return ask([&sid](World& world) {
        const Copy* const copy = world.ledger.find(sid);
        return copy == nullptr ? throw std::runtime_error("the emulator has no " + sid) : copy->body;
    });
}

bool TwilioEmulator::holds(const std::string& sid) const {
    return ask([&sid](World& world) {
        return world.ledger.find(sid) != nullptr || world.ledger.recordings.contains(sid);
    });
}

void TwilioEmulator::keep_recording(const std::string& sid, const std::string& bytes) {
    ask([&](World& world) {
        world.ledger.recordings[sid] = bytes;
        return true;
    });
}

void TwilioEmulator::keep_recording(const std::string& sid, const std::string& bytes,
                                    const RecordingFacts& facts) {
    ask([&](World& world) {
        world.ledger.recordings[sid] = bytes;
        world.ledger.facts[sid] = facts;
        return true;
    });
}

void TwilioEmulator::receive_call(const std::string& sid, const std::string& from, const std::string& to) {
    ask([&](World& world) {
        Entry entry;
        entry.sid = sid;
        entry.call = true;
        entry.from = from;
        entry.to = to;
        entry.at = world.clock.now();
        world.ledger.receive(std::move(entry), "");
        return true;
    });
}

std::string TwilioEmulator::status_of(const std::string& sid) const {
    return ask([&sid](World& world) {
        const Copy* const copy = world.ledger.find(sid);
        return copy == nullptr ? throw std::runtime_error("the emulator has no " + sid) : copy->status;
    });
}

void TwilioEmulator::miss_text(const std::string& from, const std::string& to, const std::string& body,
                               std::chrono::seconds ago) {
    ask([&](World& world) {
        Entry entry;
        entry.sid = tests::fresh_sid("SM");
        entry.from = from;
        entry.to = to;
        entry.at = world.clock.now() - ago;
        world.ledger.receive(std::move(entry), body);
        return true;
    });
}

}  // namespace rightsline::emulator
