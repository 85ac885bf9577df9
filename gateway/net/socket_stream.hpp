// SocketStream: a ByteStream over a TCP or unix socket. Only inside this room; others see ByteStream.
//
// A write first tries the kernel's buffer directly: an answer of a few hundred bytes leaves without a wait.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <memory>

#include "gateway/net/byte_stream.hpp"
#include "gateway/net/watchdog.hpp"

namespace rightsline::net {

/// One type for TCP and unix sockets: the templates below it are compiled once.
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, LoopExecutor>;

class SocketStream final : public ByteStream {
 public:
    /// `lease` is let go with the stream; the listener counts by it.
    explicit SocketStream(Socket socket, std::shared_ptr<void> lease = nullptr);
    ~SocketStream() override;
    Awaitable<Result<std::size_t>> read_some(std::span<char> into, Deadline deadline) override;
    Awaitable<Result<void>> write_all(std::string_view bytes, Deadline deadline) override;
    void close() override;
    bool quiet() override;
    std::string peer() const override { return peer_; }
    long peer_uid() const override { return peer_uid_; }
    /// For TLS on top of it; the stream is of no use any more.
    Socket release() { return std::move(socket_); }

 private:
    boost::system::error_code translate(const boost::system::error_code& error) const;

    std::shared_ptr<void> lease_;
    Socket socket_;
    Watchdog watchdog_;
    std::string peer_;
    long peer_uid_ = -1;
};

/// ByteStream::quiet() of the socket below a stream.
bool is_quiet(Socket& socket);
/// The address as text, IPv4 also when it came mapped into IPv6; "" for unix sockets.
std::string address_of(const boost::asio::generic::stream_protocol::endpoint& endpoint);
/// Our words for what Asio and OpenSSL report.
boost::system::error_code translate_error(const boost::system::error_code& error, bool expired);

}  // namespace rightsline::net
