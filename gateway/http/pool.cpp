#include "gateway/http/pool.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <map>
#include <utility>

#include "gateway/http/client_exchange.hpp"
#include "gateway/http/error.hpp"
#include "gateway/http/url.hpp"
#include "gateway/net/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::http {
namespace asio = boost::asio;

namespace {

struct Idle {
    net::Stream stream;
    Deadline since;
};

struct Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : woken(executor) {}
    asio::steady_timer woken;
    bool granted = false;
};

struct Origin {
    std::size_t busy = 0;    // slots that are held; one that is handed on stays held
    std::vector<Idle> idle;  // the last used is used first
    std::deque<std::shared_ptr<Waiter>> waiting;
};

struct State {
    State(asio::any_io_executor on, net::TlsTrust whom, const ops::Clock& time, PoolOptions bounds)
        : executor(std::move(on)), trust(std::move(whom)), clock(time), options(bounds) {}

    asio::any_io_executor executor;
    net::TlsTrust trust;
    const ops::Clock& clock;
    PoolOptions options;
    std::map<std::string, Origin> origins;
    std::uint64_t made = 0;
};

using Shared = std::shared_ptr<State>;

/// The right to use one connection; given to the longest waiter when it is let go.
class Slot {
 public:
    Slot(Shared state, std::string origin) : state_(std::move(state)), origin_(std::move(origin)) {}
    Slot(Slot&& other) noexcept = default;
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
        if (state_ == nullptr) {
            return;
        }
        Origin& origin = state_->origins[origin_];
        if (origin.waiting.empty()) {
            --origin.busy;
        } else {
            origin.waiting.front()->granted = true;
            origin.waiting.front()->woken.cancel();
            origin.waiting.pop_front();
        }
        if (origin.busy == 0 && origin.idle.empty()) {
            state_->origins.erase(origin_);
        }
    }

    /// A connection that is still good, or nothing.
    net::Stream reuse() {
        std::vector<Idle>& idle = state_->origins[origin_].idle;
        const Deadline oldest = state_->clock.steady() - state_->options.idle;
        while (!idle.empty()) {
            Idle last = std::move(idle.back());
            idle.pop_back();
            if (last.since >= oldest && last.stream->quiet()) {
                return std::move(last.stream);
            }
        }
        return nullptr;
    }

    void keep(net::Stream stream) {
        std::vector<Idle>& idle = state_->origins[origin_].idle;
        const Deadline now = state_->clock.steady();
        std::erase_if(idle, [&](const Idle& one) { return one.since < now - state_->options.idle; });
        idle.push_back({std::move(stream), now});
    }

 private:
    Shared state_;
    std::string origin_;
};

Awaitable<Result<Slot>> take_slot(Shared state, std::string name, Deadline deadline) {
    Origin& origin = state->origins[name];
    if (origin.busy < state->options.most_connections) {
        ++origin.busy;
        co_return Slot(std::move(state), std::move(name));
    }
    if (origin.waiting.size() >= state->options.most_waiting) {
        co_return errc::busy;
    }
    const auto waiter = std::make_shared<Waiter>(state->executor);
    waiter->woken.expires_at(deadline);
    origin.waiting.push_back(waiter);
    const auto woken = co_await waiter->woken.async_wait(asio::as_tuple(asio::use_awaitable));
    if (waiter->granted) {
        co_return Slot(std::move(state), std::move(name));
    }
    std::erase(state->origins[name].waiting, waiter);
    co_return std::get<0>(woken) ? net::errc::closed : net::errc::deadline;
}

Awaitable<Result<net::Stream>> connect(const State& state, const Destination& to, Deadline deadline) {
    net::Host host;
    host.name = to.host;
    host.port = to.port;
    if (to.tls) {
        co_return co_await net::connect_tls(state.executor, state.trust, std::move(host), deadline);
    }
    co_return co_await net::connect_tcp(state.executor, std::move(host), deadline);
}

Awaitable<Fate> send_on_slot(Shared state, Slot slot, Outgoing request, Destination to, Deadline deadline) {
    net::Stream stream = slot.reuse();
    if (stream == nullptr) {
        Result<net::Stream> made = co_await connect(*state, to, deadline);
        if (!made) {
            co_return Fate{made.error(), false};
        }
        ++state->made;
        stream = std::move(*made);
    }
    const Sink whole;
    const std::size_t most = state->options.most_body;
    Exchanged done = co_await exchange_on(*stream, request, to.host_field, most, whole, true, deadline);
    if (done.reusable) {
        slot.keep(std::move(stream));
    }
    locales::wipe(request.body);
    for (auto& [name, value] : request.headers) {
        locales::wipe(value);
    }
    co_return Fate{std::move(done.answer), done.may_have_arrived};
}

class KeptPool final : public Pool {
 public:
    explicit KeptPool(Shared state) : state_(std::move(state)) {}

    Awaitable<Fate> send(Outgoing request, Deadline deadline) override {
        return start(state_, std::move(request), deadline);
    }

    PoolCounts counts() const override {
        PoolCounts counts;
        counts.made = state_->made;
        for (const auto& [name, origin] : state_->origins) {
            counts.busy += origin.busy;
            counts.idle += origin.idle.size();
            counts.waiting += origin.waiting.size();
        }
        return counts;
    }

 private:
    // Takes the state along: a request under way outlives the pool.
    static Awaitable<Fate> start(Shared state, Outgoing request, Deadline deadline) {
        Result<Destination> to = parse_url(request.url);
        if (!to) {
            co_return Fate{to.error(), false};
        }
        if (!to->tls && !state->options.allow_plain) {
            co_return Fate{errc::not_https, false};
        }
        request.url = to->target;
        std::string origin = (to->tls ? "s:" : "p:") + to->host_field;
        Result<Slot> slot = co_await take_slot(state, std::move(origin), deadline);
        if (!slot) {
            co_return Fate{slot.error(), false};
        }
        co_return co_await send_on_slot(state, std::move(*slot), std::move(request), std::move(*to),
                                        deadline);
    }

    Shared state_;
};

}  // namespace

std::unique_ptr<Pool> make_pool(asio::any_io_executor executor, net::TlsTrust trust, const ops::Clock& clock,
                                PoolOptions options) {
    return std::make_unique<KeptPool>(
        std::make_shared<State>(std::move(executor), std::move(trust), clock, options));
}

}  // namespace rightsline::http
