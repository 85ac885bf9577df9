// Client: requests that we send, over TLS; plain HTTP only where the options say so.
//
// One connection per request, one deadline for all of it, no redirect followed, the answer's size bounded. A
// body can be streamed to a callback as it arrives, so that a recording is sealed without ever being whole in
// memory. Must never: log a URL, a header or a body. Threading: the loop. Owner: the composition root.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "gateway/http/message.hpp"
#include "gateway/net/connect.hpp"
#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"

namespace rightsline::http {

/// Takes one piece of the body; the view lives until the await ends. An error ends the request with it.
using Sink = std::function<Awaitable<Result<void>>(std::string_view chunk)>;

class Client {
 public:
    virtual ~Client() = default;
    /// Errors: errc::bad_url, errc::not_https, errc::bad_outgoing (nothing was sent); those of net's connect
    /// functions (nothing was sent); net::errc::deadline, net::errc::lost, errc::bad_answer,
    /// errc::answer_too_large (the request may have had its effect).
    virtual Awaitable<Result<Answer>> fetch(Outgoing request, Deadline deadline) = 0;
    /// The same; the body of a 2xx goes to `sink`, any other body is dropped. A 2xx whose body ends only because the
    /// peer closes is errc::bad_answer: nobody knows whether it is whole.
    virtual Awaitable<Result<Answer>> stream(Outgoing request, Sink sink, Deadline deadline) = 0;
};

struct ClientOptions {
    std::size_t most_body = 8U << 20U;
    bool allow_plain = false;  // http:// as well: loopback providers and tests
};

std::unique_ptr<Client> make_client(boost::asio::any_io_executor executor, net::TlsTrust trust,
                                    ClientOptions options);

/// One request and its answer on a stream that is connected already (the local API's unix socket).
/// `request.url` is only the target; `host` goes into the Host header.
Awaitable<Result<Answer>> exchange(net::ByteStream& stream, const Outgoing& request, std::string host,
                                   std::size_t most_body, const Sink& sink, Deadline deadline);

}  // namespace rightsline::http
