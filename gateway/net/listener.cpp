#include "gateway/net/listener.hpp"

#include <netinet/in.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <unordered_map>

#include "gateway/net/error.hpp"
#include "gateway/net/inherited.hpp"
#include "gateway/net/socket_stream.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::net {
namespace asio = boost::asio;

namespace {

using Protocol = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Protocol, LoopExecutor>;
constexpr std::chrono::milliseconds pause_without_descriptors{50};

// Shared with the leases: a stream may outlive its listener.
struct Book {
    ListenerCounts counts;
    std::unordered_map<std::string, std::size_t> by_peer;
};

struct Lease {
    std::shared_ptr<Book> book;
    std::string peer;
    ~Lease() {
        --book->counts.open;
        const auto entry = book->by_peer.find(peer);
        if (--entry->second == 0) {
            book->by_peer.erase(entry);
        }
    }
};

// One household or one attacker owns a whole /64.
std::string bounded_name(const std::string& peer) {
    boost::system::error_code failed;
    const auto address = asio::ip::make_address(peer, failed);
    if (failed || !address.is_v6()) {
        return peer;
    }
    const auto bytes = address.to_v6().to_bytes();
    return std::string(bytes.begin(), bytes.begin() + 8);
}

Protocol::endpoint endpoint_of(const Address& address) {
    if (!address.unix_path.empty()) {
        return asio::local::stream_protocol::endpoint(address.unix_path);
    }
    return asio::ip::tcp::endpoint(asio::ip::make_address(address.host), address.port);
}

// A socket file that nobody listens on is left over from a process that died.
void remove_dead_socket(const LoopExecutor& executor, const std::string& path) {
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0 || !S_ISSOCK(info.st_mode)) {
        return;
    }
    Socket probe(executor);
    boost::system::error_code error;
    probe.connect(Protocol::endpoint(asio::local::stream_protocol::endpoint(path)), error);
    if (error == asio::error::connection_refused) {
        ::unlink(path.c_str());
    }
}

Result<void> take_over(Acceptor& acceptor, const Address& address, int inherited) {
    boost::system::error_code error;
    acceptor.assign(endpoint_of(address).protocol(), inherited, error);
    if (error) {
        ::close(inherited);
        return errc::cannot_listen;
    }
    return {};
}

Result<void> bind_and_listen(Acceptor& acceptor, const Address& address) {
    boost::system::error_code error;
    const auto endpoint = endpoint_of(address);
    acceptor.open(endpoint.protocol(), error);
    if (!error && address.unix_path.empty()) {
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        const mode_t before = ::umask(0177);
        acceptor.bind(endpoint, error);
        ::umask(before);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        ops::log(ops::Level::error, "cannot_listen", {{"error", error}});
        return errc::cannot_listen;
    }
    return {};
}

}  // namespace

struct Listener::State {
    State(const LoopExecutor& executor, Address at, ListenerLimits bounds)
        : acceptor(executor), pause(executor), address(std::move(at)), limits(bounds) {}

    /// A stream with its lease, or nothing when a bound is reached.
    Stream admit(Socket socket) {
        boost::system::error_code gone;
        const auto remote = socket.remote_endpoint(gone);
        if (gone) {
            return nullptr;
        }
        const bool local = !address.unix_path.empty();
        std::string peer = local ? std::string() : bounded_name(address_of(remote));
        const bool bounded = !local && limits.per_peer != 0;
        if (book->counts.open >= limits.connections || (bounded && book->by_peer[peer] >= limits.per_peer)) {
            forget_if_unused(peer);
            ++book->counts.refused;
            return nullptr;
        }
        ++book->counts.accepted;
        ++book->counts.open;
        ++book->by_peer[peer];
        auto lease = std::make_shared<Lease>(book, std::move(peer));
        return std::make_unique<SocketStream>(std::move(socket), std::move(lease));
    }

    void forget_if_unused(const std::string& peer) {
        const auto entry = book->by_peer.find(peer);
        if (entry != book->by_peer.end() && entry->second == 0) {
            book->by_peer.erase(entry);
        }
    }

    Acceptor acceptor;
    LoopTimer pause;
    Address address;
    ListenerLimits limits;
    bool inherited = false;  // it was there before us, and is after us
    std::shared_ptr<Book> book = std::make_shared<Book>();
};

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}

Listener::~Listener() { close(); }

Result<std::unique_ptr<Listener>> Listener::open(asio::any_io_executor executor, Address address,
                                                 ListenerLimits limits) {
    const LoopExecutor loop = loop_of(executor);
    const int inherited = take_inherited(address);
    if (inherited < 0 && !address.unix_path.empty()) {
        remove_dead_socket(loop, address.unix_path);
    }
    auto state = std::make_unique<State>(loop, std::move(address), limits);
    state->inherited = inherited >= 0;
    const Result<void> listening = state->inherited ? take_over(state->acceptor, state->address, inherited)
                                                    : bind_and_listen(state->acceptor, state->address);
    if (!listening) {
        return listening.error();
    }
    return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

Awaitable<Result<Stream>> Listener::accept() {
    State& state = *state_;
    while (state.acceptor.is_open()) {
        auto outcome = co_await state.acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        const boost::system::error_code error = std::get<0>(outcome);
        if (!error) {
            Stream admitted = state.admit(std::move(std::get<1>(outcome)));
            if (admitted) {
                co_return std::move(admitted);
            }
            continue;
        }
        if (error == asio::error::operation_aborted) {
            break;
        }
        ops::log(ops::Level::warn, "accept_failed", {{"error", error}});
        state.pause.expires_after(pause_without_descriptors);
        const auto paused = co_await state.pause.async_wait(asio::as_tuple(asio::use_awaitable));
        if (std::get<0>(paused)) {
            break;
        }
    }
    co_return errc::closed;
}

void Listener::close() {
    if (!state_->acceptor.is_open()) {
        return;
    }
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel();
    if (!state_->inherited && !state_->address.unix_path.empty()) {
        ::unlink(state_->address.unix_path.c_str());
    }
}

std::uint16_t Listener::port() const {
    boost::system::error_code failed;
    const auto endpoint = state_->acceptor.local_endpoint(failed);
    if (failed || endpoint.protocol().family() == AF_UNIX) {
        return 0;
    }
    // sin_port lies at the same place in sockaddr_in and sockaddr_in6.
    const auto* address = static_cast<const sockaddr_in*>(static_cast<const void*>(endpoint.data()));
    return ntohs(address->sin_port);
}

ListenerCounts Listener::counts() const { return state_->book->counts; }

}  // namespace rightsline::net
