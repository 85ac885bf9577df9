// Connecting to others: names to addresses, TCP, unix sockets and TLS, each with a deadline.
//
// TLS is 1.2 or later, always verifies the chain and the host's name, and cannot be told not to.
// Threading: the loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/net/byte_stream.hpp"
#include "gateway/ops/workers.hpp"

namespace rightsline::net {

using Stream = std::unique_ptr<ByteStream>;

struct Host {
    std::string name;  // or a numeric address
    std::uint16_t port = 0;
    std::vector<std::string> addresses{};  // numeric, looked up before: then no name is asked for again
};

/// Numeric addresses of `host`. A look-up that outlives the deadline ends later, unheard (craft P21).
/// Errors: errc::unknown_host, errc::deadline.
Awaitable<Result<std::vector<std::string>>> resolve(boost::asio::any_io_executor executor, std::string name,
                                                    Deadline deadline);

/// The same on threads of the caller's: for names that others chose. The loop has one thread for names, and a name whose
/// server does not answer holds it for many seconds. Errors: also those of ops::Workers.
Awaitable<Result<std::vector<std::string>>> resolve_aside(ops::Workers& workers, std::string name,
                                                          Deadline deadline);

/// Errors: those of resolve(), errc::refused, errc::deadline.
Awaitable<Result<Stream>> connect_tcp(boost::asio::any_io_executor executor, Host host, Deadline deadline);
/// Errors: errc::refused, errc::deadline, errc::bad_address.
Awaitable<Result<Stream>> connect_unix(boost::asio::any_io_executor executor, std::string path,
                                       Deadline deadline);

/// Which issuers of certificates are believed.
class TlsTrust {
 public:
    /// The machine's own list. Errors: errc::bad_trust_file.
    static Result<TlsTrust> system();
    /// Only the issuers in this PEM file. Errors: errc::bad_trust_file.
    static Result<TlsTrust> only(const std::string& pem_file);

    struct Context;
    const std::shared_ptr<Context>& context() const { return context_; }

 private:
    explicit TlsTrust(std::shared_ptr<Context> context) : context_(std::move(context)) {}
    std::shared_ptr<Context> context_;
};

/// Errors: those of connect_tcp(), errc::untrusted.
Awaitable<Result<Stream>> connect_tls(boost::asio::any_io_executor executor, TlsTrust trust, Host host,
                                      Deadline deadline);
/// TLS on a connection of connect_tcp() that has agreed to it, with the server's `name` verified. Errors: errc::untrusted,
/// errc::deadline.
Awaitable<Result<Stream>> start_tls(Stream plain, TlsTrust trust, std::string name, Deadline deadline);

}  // namespace rightsline::net
