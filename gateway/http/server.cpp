#include "gateway/http/server.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace rightsline::http {

struct Server::State {
    State(boost::asio::any_io_executor on, ops::Supervisor& tasks, const ops::Clock& clock,
          ops::Metrics& metrics, Router router, const ServerOptions& with)
        : executor(std::move(on)),
          supervisor(tasks),
          options(with),
          context(std::move(router), with.connection, clock, metrics) {}

    // Spawned coroutines hold the state, so that a server that is destroyed early leaves nothing dangling.
    static Awaitable<void> accept_all(std::shared_ptr<State> state, std::shared_ptr<net::Listener> listener) {
        while (!state->context.stopping) {
            Result<net::Stream> stream = co_await listener->accept();
            if (!stream) {
                co_return;
            }
            state->supervisor.spawn("http_connection", serve(state, std::move(*stream)));
        }
    }

    static Awaitable<void> serve(std::shared_ptr<State> state, net::Stream stream) {
        Connection connection(*stream, state->context);
        const Seat seat(*state, connection, *stream);
        co_await connection.serve();
    }

    /// A connection's place in the list that stop() walks.
    struct Seat {
        Seat(State& in, Connection& who, net::ByteStream& stream) : state(in), connection(who) {
            state.connections.emplace(&connection, &stream);
            state.context.open.add(1);
        }
        ~Seat() {
            state.connections.erase(&connection);
            state.context.open.add(-1);
        }
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;
        State& state;
        Connection& connection;
    };

    boost::asio::any_io_executor executor;
    ops::Supervisor& supervisor;
    ServerOptions options;
    ConnectionContext context;
    std::vector<std::shared_ptr<net::Listener>> listeners;
    std::unordered_map<Connection*, net::ByteStream*> connections;
};

Server::Server(boost::asio::any_io_executor executor, ops::Supervisor& supervisor, const ops::Clock& clock,
               ops::Metrics& metrics, Router router, ServerOptions options)
    : state_(std::make_shared<State>(std::move(executor), supervisor, clock, metrics, std::move(router),
                                     options)) {}

Server::~Server() { stop(); }

Result<std::uint16_t> Server::listen(net::Address address) {
    auto opened = net::Listener::open(state_->executor, std::move(address), state_->options.listener);
    if (!opened) {
        return opened.error();
    }
    std::shared_ptr<net::Listener> listener = std::move(*opened);
    state_->listeners.push_back(listener);
    state_->supervisor.spawn("http_accept", State::accept_all(state_, listener));
    return listener->port();
}

void Server::wind_down() {
    state_->context.stopping = true;
    for (const auto& listener : state_->listeners) {
        listener->close();
    }
}

std::size_t Server::busy() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        state_->connections, [](const auto& one) { return !one.first->idle() || one.first->fresh(); }));
}

void Server::stop() {
    wind_down();
    for (const auto& [connection, stream] : state_->connections) {
        if (connection->idle()) {
            stream->close();
        }
    }
}

net::ListenerCounts Server::counts() const {
    net::ListenerCounts sum;
    for (const auto& listener : state_->listeners) {
        const net::ListenerCounts one = listener->counts();
        sum.open += one.open;
        sum.accepted += one.accepted;
        sum.refused += one.refused;
    }
    return sum;
}

}  // namespace rightsline::http
