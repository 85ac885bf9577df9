// Connection: one client, its requests one after the other.
//
// The header has one deadline from its first byte (never re-armed by trickling), the body another, the wait
// for the next request a third. After any error the answer says so and the connection ends. Bytes that were
// read too early are the next request. Everything a request brought is wiped when its answer is on the way.
// Must never: log a peer, a target or a body.
// Threading: the loop. Owner: the server; the stream and the context outlive serve().
#pragma once

#include "gateway/http/codec.hpp"
#include "gateway/http/router.hpp"
#include "gateway/http/serialize.hpp"
#include "gateway/net/byte_stream.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/rare_line.hpp"

namespace rightsline::http {

struct ConnectionLimits {
    std::chrono::milliseconds header{3000};
    std::chrono::milliseconds body{10000};
    std::chrono::milliseconds idle{15000};
    std::chrono::milliseconds write{10000};
    std::chrono::milliseconds linger{500};    // how long a refused client may go on sending into the void
    std::size_t requests = 10000;             // per connection
    Response (*refusal)(int status) = plain;  // what the framing gate turns away is answered
    CodecLimits codec{};
};

/// What all connections of a server share.
struct ConnectionContext {
    ConnectionContext(Router routes, ConnectionLimits bounds, const ops::Clock& time, ops::Metrics& metrics);
    /// "Sat, 21 Nov 2026 20:02:01 GMT", made once a second.
    std::string_view date();
    void count(int status);

    const Router router;
    const ConnectionLimits limits;
    const ops::Clock& clock;
    bool stopping = false;  // finish the request under way, then close
    ops::Counter& refused;  // by the framing gate
    ops::Counter& slow;     // ended by a deadline in the middle of a request
    ops::Gauge& open;
    ops::RareLine refused_line;  // anybody on the internet can cause one

 private:
    ops::Counter& good_;
    ops::Counter& client_errors_;
    ops::Counter& server_errors_;
    std::chrono::sys_seconds date_of_{};
    std::string date_;
};

class Connection {
 public:
    Connection(net::ByteStream& stream, ConnectionContext& context)
        : stream_(stream), context_(context), reader_(context.limits.codec), peer_(stream.peer()) {}

    /// Until the client goes, a bound is reached or an error ends it.
    Awaitable<void> serve();
    /// Between two requests: may be closed without harm.
    bool idle() const { return idle_; }
    /// Nothing was asked yet.
    bool fresh() const { return served_ == 0; }

 private:
    Awaitable<Result<Request>> next_request();
    Awaitable<Result<void>> answer(const Response& response, bool head_only, bool close);
    /// An answer that is made while it is sent; the connection ends with it.
    Awaitable<void> pour(const Response& response);
    Awaitable<void> refuse(boost::system::error_code why);
    void enter(bool in_body);

    net::ByteStream& stream_;
    ConnectionContext& context_;
    RequestReader reader_;
    std::string peer_;
    std::string out_;
    std::size_t served_ = 0;
    bool idle_ = true;
    enum class Phase { waiting, header, body } phase_ = Phase::waiting;
    Deadline until_{};  // of the current phase
};

}  // namespace rightsline::http
