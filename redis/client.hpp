// Client: commands to one Redis over one shared, pipelined connection.
//
// Asio owns the socket; hiredis only formats commands and parses replies. Every command has a deadline. A command
// that was given up leaves a tombstone, so that its late reply is swallowed and never answers somebody else.
// Must never: know a word of the domain, retry a command whose outcome is unknown, block the loop.
// Threading: one executor; call and destroy on it. Destroy only when no execute() is in flight.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rightsline::redis {

template <class T>
using Result = boost::system::result<T>;
template <class T>
using Awaitable = boost::asio::awaitable<T>;
using Deadline = std::chrono::steady_clock::time_point;

/// Arguments of one command; binary safe.
using Command = std::vector<std::string>;

struct Reply;
struct Nil {};
struct ServerError {  // "WRONGTYPE …": the server refused; it did nothing
    std::string text;
};
/// An owned reply tree. Status and bulk strings are both strings.
struct Reply {
    std::variant<Nil, std::int64_t, std::string, ServerError, std::vector<Reply>> value;

    bool nil() const { return std::holds_alternative<Nil>(value); }
    const std::string* string() const { return std::get_if<std::string>(&value); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
    const std::vector<Reply>* array() const { return std::get_if<std::vector<Reply>>(&value); }
    const ServerError* error() const { return std::get_if<ServerError>(&value); }
};

/// Counts since start, for metrics and for tests that count round trips.
struct Traffic {
    std::uint64_t commands = 0;  // replies awaited
    std::uint64_t sends = 0;     // socket writes
    std::uint64_t reconnects = 0;
    std::uint64_t abandoned = 0;  // given up by deadline or cancellation
};

class Client {
 public:
    virtual ~Client() = default;

    /// Sends `command` and awaits its reply. A server error is a Reply, not an error of this call.
    /// Errors: errc::not_sent (no byte left us: safe to repeat), errc::outcome_unknown (written, then deadline,
    /// cancellation or a lost connection: only an idempotent command may be repeated), errc::protocol,
    /// errc::overloaded (too many outstanding), errc::reply_too_large.
    /// Without a connection it waits for one until its deadline, then not_sent; ask connected() to fail fast.
    virtual Awaitable<Result<Reply>> execute(Command command, Deadline deadline) = 0;

    virtual bool connected() const = 0;
    virtual Traffic traffic() const = 0;
    /// Stops reconnecting and fails everything outstanding; execute() afterwards gives errc::not_sent.
    virtual void close() = 0;
};

struct Address {
    std::string unix_path;  // used when not empty
    std::string host;       // else TCP
    std::uint16_t port = 6379;
    std::string user;
    std::string password;
    int database = 0;
};
/// Reads unix:///path?user=… or redis://user:password@host:port/db. Errors: errc::bad_url.
Result<Address> parse_url(std::string_view url);

struct ClientOptions {
    std::chrono::milliseconds connect_timeout{1000};
    std::chrono::milliseconds first_backoff{20};  // doubles with full jitter up to last_backoff
    std::chrono::milliseconds last_backoff{2000};
    std::size_t most_outstanding = 4096;  // commands written or queued
    std::size_t most_reply_bytes = 8U << 20U;
};

/// Starts connecting at once and reconnects for ever until close(). Never throws for an absent server.
std::unique_ptr<Client> make_client(boost::asio::any_io_executor executor, Address address,
                                    ClientOptions options = {});

}  // namespace rightsline::redis
