#include "gateway/net/connect.hpp"

#include <sys/un.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/net/connect_socket.hpp"
#include "gateway/net/error.hpp"

namespace rightsline::net {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Outlives the coroutine when the deadline comes first: getaddrinfo cannot be stopped on its thread.
struct LookUp {
    explicit LookUp(const LoopExecutor& executor, Deadline deadline)
        : resolver(executor), done(executor, deadline) {}
    asio::ip::basic_resolver<tcp, LoopExecutor> resolver;
    LoopTimer done;
    bool finished = false;
    std::vector<std::string> addresses;
};

void start(const std::shared_ptr<LookUp>& look_up, const std::string& name) {
    look_up->resolver.async_resolve(
        name, "", [look_up](const boost::system::error_code& error, const auto& found) {
            look_up->finished = true;
            if (!error) {
                for (const auto& entry : found) {
                    look_up->addresses.push_back(entry.endpoint().address().to_string());
                }
            }
            look_up->done.cancel();
        });
}

using Endpoint = asio::generic::stream_protocol::endpoint;

Awaitable<Result<void>> connect_to(Socket& socket, Endpoint endpoint, Deadline deadline) {
    Watchdog watchdog(socket.get_executor(), [&socket] {
        boost::system::error_code ignored;
        socket.close(ignored);
    });
    watchdog.begin(deadline);
    const auto outcome = co_await socket.async_connect(endpoint, asio::as_tuple(asio::use_awaitable));
    if (!std::get<0>(outcome)) {
        co_return Result<void>();
    }
    if (watchdog.expired()) {
        co_return errc::deadline;
    }
    co_return std::get<0>(outcome) == asio::error::operation_aborted ? errc::closed : errc::refused;
}

}  // namespace

Awaitable<Result<std::vector<std::string>>> resolve(asio::any_io_executor executor, std::string name,
                                                    Deadline deadline) {
    boost::system::error_code not_numeric;
    static_cast<void>(asio::ip::make_address(name, not_numeric));
    if (!not_numeric) {
        co_return std::vector<std::string>(1, name);
    }
    const auto look_up = std::make_shared<LookUp>(loop_of(executor), deadline);
    start(look_up, name);
    const auto woken = co_await look_up->done.async_wait(asio::as_tuple(asio::use_awaitable));
    static_cast<void>(woken);
    if (!look_up->finished) {
        look_up->resolver.cancel();
        co_return errc::deadline;
    }
    if (look_up->addresses.empty()) {
        co_return errc::unknown_host;
    }
    co_return std::move(look_up->addresses);
}

Awaitable<Result<std::vector<std::string>>> resolve_aside(ops::Workers& workers, std::string name,
                                                          Deadline deadline) {
    auto look_up = [name = std::move(name)] {
        asio::io_context nobody;
        boost::system::error_code error;
        const auto found = tcp::resolver(nobody).resolve(name, "", error);
        std::vector<std::string> addresses;
        for (const auto& entry : found) {
            addresses.push_back(entry.endpoint().address().to_string());
        }
        return addresses;
    };
    Result<std::vector<std::string>> addresses = co_await workers.run(std::move(look_up), deadline);
    if (addresses && addresses->empty()) {
        co_return errc::unknown_host;
    }
    co_return addresses;
}

Awaitable<Result<Socket>> connect_socket(LoopExecutor executor, Host host, Deadline deadline) {
    if (host.addresses.empty()) {
        Result<std::vector<std::string>> found = co_await resolve(executor, host.name, deadline);
        if (!found) {
            co_return found.error();
        }
        host.addresses = std::move(*found);
    }
    boost::system::error_code why = errc::refused;
    for (const std::string& address : host.addresses) {
        const tcp::endpoint endpoint(asio::ip::make_address(address), host.port);
        Socket socket(executor);
        const Result<void> connected = co_await connect_to(socket, Endpoint(endpoint), deadline);
        if (connected) {
            co_return std::move(socket);
        }
        why = connected.error();
        if (why != errc::refused) {
            break;
        }
    }
    co_return why;
}

Awaitable<Result<Stream>> connect_tcp(asio::any_io_executor executor, Host host, Deadline deadline) {
    Result<Socket> socket = co_await connect_socket(loop_of(executor), std::move(host), deadline);
    if (!socket) {
        co_return socket.error();
    }
    co_return Stream(std::make_unique<SocketStream>(std::move(*socket)));
}

Awaitable<Result<Stream>> connect_unix(asio::any_io_executor executor, std::string path, Deadline deadline) {
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
        co_return errc::bad_address;
    }
    Socket socket(loop_of(executor));
    const asio::local::stream_protocol::endpoint endpoint(path);
    const Result<void> connected = co_await connect_to(socket, Endpoint(endpoint), deadline);
    if (!connected) {
        co_return connected.error();
    }
    co_return Stream(std::make_unique<SocketStream>(std::move(socket)));
}

}  // namespace rightsline::net
