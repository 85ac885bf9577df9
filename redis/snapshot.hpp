// Snapshot: everything a running Redis holds at one moment, as the bytes of an RDB file.
//
// Asked for as a replica asks (SYNC, "rdb-only"): the server forks, and its child writes to our socket. So it works for a
// server of ours and for one elsewhere, needs no right but SYNC, stops nobody, and nothing is written to the server's disk
// where it sends without one (repl-diskless-sync, the default since Redis 7). Must never: become a replica that the server
// counts on: it takes the bytes and leaves. Blocks: for commands only. Threading: one thread. Owner: the command.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "redis/client.hpp"
#include "redis/server_process.hpp"

namespace rightsline::redis {

class Snapshot {
 public:
    /// Logs in and asks; returns when the bytes are about to come. `silence`: how long the server may say nothing.
    /// Errors: errc::not_sent (nobody there), errc::server_error (it refused), errc::protocol, errc::outcome_unknown.
    static Result<Snapshot> ask(const Address& address, std::chrono::seconds silence);

    /// The next bytes, until the next call; "" = that was all. Errors: errc::outcome_unknown: it ended too early.
    Result<std::string_view> next();

 private:
    explicit Snapshot(OwnedFd socket) : socket_(std::move(socket)) {}
    Result<void> greet(const Address& address);
    Result<void> say(const Command& command);
    Result<std::string> line();
    Result<void> read_head(const std::string& head);
    Result<std::size_t> fill();

    OwnedFd socket_;
    std::string buffer_;     // read and not handed out
    std::size_t given_ = 0;  // of buffer_, at its beginning
    std::string mark_;       // stands behind the bytes when their count was not told
    std::size_t left_ = 0;   // bytes to come when it was
    bool ended_ = false;
};

}  // namespace rightsline::redis
