#include "gateway/net/socket_stream.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>

#include "gateway/net/error.hpp"

namespace rightsline::net {
namespace asio = boost::asio;

namespace {

long uid_of(Socket& socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        return -1;
    }
    return static_cast<long>(credentials.uid);
}

}  // namespace

std::string address_of(const asio::generic::stream_protocol::endpoint& endpoint) {
    const int family = endpoint.protocol().family();
    if (family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, endpoint.data(), std::min(sizeof v4, endpoint.size()));
        return asio::ip::address_v4(ntohl(v4.sin_addr.s_addr)).to_string();
    }
    if (family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, endpoint.data(), std::min(sizeof v6, endpoint.size()));
        asio::ip::address_v6::bytes_type bytes;
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        const asio::ip::address_v6 address(bytes);
        return address.is_v4_mapped() ? asio::ip::make_address_v4(asio::ip::v4_mapped, address).to_string()
                                      : address.to_string();
    }
    return {};
}

boost::system::error_code translate_error(const boost::system::error_code& error, bool expired) {
    if (expired) {
        return errc::deadline;
    }
    if (error == asio::error::eof) {
        return errc::end_of_stream;
    }
    if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) {
        return errc::closed;
    }
    return errc::lost;
}

bool is_quiet(Socket& socket) {
    char unasked = 0;
    const ssize_t got = ::recv(socket.native_handle(), &unasked, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

SocketStream::SocketStream(Socket socket, std::shared_ptr<void> lease)
    : lease_(std::move(lease)),
      socket_(std::move(socket)),
      watchdog_(socket_.get_executor(), [this] { close(); }) {
    boost::system::error_code ignored;
    const auto remote = socket_.remote_endpoint(ignored);
    peer_ = ignored ? std::string() : address_of(remote);
    if (remote.protocol().family() == AF_UNIX) {
        peer_uid_ = uid_of(socket_);
    } else {
        socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    }
    socket_.non_blocking(true, ignored);
}

SocketStream::~SocketStream() = default;

boost::system::error_code SocketStream::translate(const boost::system::error_code& error) const {
    return translate_error(error, watchdog_.expired());
}

Awaitable<Result<std::size_t>> SocketStream::read_some(std::span<char> into, Deadline deadline) {
    const auto buffer = asio::buffer(into.data(), into.size());
    watchdog_.begin(deadline);
    const auto outcome = co_await socket_.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
    watchdog_.end();
    if (std::get<0>(outcome)) {
        co_return translate(std::get<0>(outcome));
    }
    co_return std::get<1>(outcome);
}

Awaitable<Result<void>> SocketStream::write_all(std::string_view bytes, Deadline deadline) {
    boost::system::error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    if (error && error != asio::error::would_block && error != asio::error::try_again) {
        co_return translate(error);
    }
    if (sent == bytes.size()) {
        co_return Result<void>();
    }
    const auto rest = asio::buffer(bytes.data() + sent, bytes.size() - sent);
    watchdog_.begin(deadline);
    const auto outcome = co_await asio::async_write(socket_, rest, asio::as_tuple(asio::use_awaitable));
    watchdog_.end();
    if (std::get<0>(outcome)) {
        co_return translate(std::get<0>(outcome));
    }
    co_return Result<void>();
}

bool SocketStream::quiet() { return is_quiet(socket_); }

void SocketStream::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace rightsline::net
