// Pool: requests that have an effect, over connections that are kept. For sends to providers.
//
// A request is written at most once; the pool never tries again by itself, on no connection. What a failure leaves open
// is said: `may_have_arrived` is false only when no byte of the request can have left us (a request that is none, no
// connection, no room). A kept connection is looked at before it is used again: when the peer has closed it, or said
// something unasked, it is dropped and another one is made. A peer that closes in the moment between leaves the request
// unknown; there is no way to know better, and sending it again would be a guess.
// Bounded: connections and waiting requests per origin, the answer's size, the time a connection lies idle. One slow
// answer holds its own connection only. No redirect is followed. TLS always, plain only where the options say so.
// Must never: log a URL, a header or a body. The request's body and Authorization are wiped afterwards.
// Threading: the loop. Owner: the composition root; requests under way outlive the pool. Its idle connections keep the loop
// alive until it is destroyed.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <memory>

#include "gateway/http/message.hpp"
#include "gateway/net/connect.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::http {

struct Fate {
    Result<Answer> answer;
    bool may_have_arrived = false;
};

struct PoolOptions {
    std::size_t most_connections = 16;  // to one origin, busy and idle together
    std::size_t most_waiting = 256;     // requests to one origin that wait for one of them
    std::chrono::seconds idle{10};      // a connection that lay longer is not used again
    std::size_t most_body = 2U << 20U;
    bool allow_plain = false;  // http:// as well: loopback providers and tests
};

struct PoolCounts {
    std::size_t busy = 0;
    std::size_t idle = 0;
    std::size_t waiting = 0;
    std::uint64_t made = 0;  // connections, since the start
};

class Pool {
 public:
    virtual ~Pool() = default;
    /// Errors before anything was sent: errc::bad_url, errc::not_https, errc::bad_outgoing, errc::busy, those of net's
    /// connect functions. With the deadline (net::errc::deadline) and cancelling (net::errc::closed) the flag tells. Of
    /// the rest (net::errc::lost, net::errc::end_of_stream, errc::bad_answer, errc::answer_too_large) nobody knows.
    virtual Awaitable<Fate> send(Outgoing request, Deadline deadline) = 0;
    virtual PoolCounts counts() const = 0;
};

/// `clock` outlives every request.
std::unique_ptr<Pool> make_pool(boost::asio::any_io_executor executor, net::TlsTrust trust,
                                const ops::Clock& clock, PoolOptions options);

}  // namespace rightsline::http
