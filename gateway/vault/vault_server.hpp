// VaultServer: the socket of the vault's process. Whose process asks is asked of the kernel (SO_PEERCRED), never of the peer.
//
// Anybody of the machine may connect, as far as the socket's folder lets them; who is none of `uids` is closed unread, counted
// and logged. One question at a time on a connection, at most `connections` of these; a peer that begins a frame and does not
// end it within two seconds is closed. A frame that is none is answered once, and closed.
// Must never: log what was asked. Threading: the loop's. Owner: the `vault` command.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "gateway/net/listener.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/rare_line.hpp"
#include "gateway/ops/supervise.hpp"
#include "gateway/vault/vault_desk.hpp"

namespace rightsline::vault {

class VaultServer {
 public:
    struct Options {
        std::string socket;   // its path
        std::set<long> uids;  // who is answered
        std::size_t connections = 600;
    };
    VaultServer(boost::asio::any_io_executor executor, ops::Supervisor& tasks, const ops::Clock& clock,
                VaultDesk& desk, Options options);

    /// Errors: net::errc::cannot_listen.
    Result<void> listen();
    /// No new connection, and the socket is gone; those that are open end with the supervisor's tasks.
    void close();
    std::uint64_t peers_refused() const { return peers_refused_; }

 private:
    Awaitable<void> take_peers();
    Awaitable<void> serve(net::Stream stream);
    void tell();

    boost::asio::any_io_executor executor_;
    ops::Supervisor& tasks_;
    const ops::Clock& clock_;
    VaultDesk& desk_;
    Options options_;
    std::unique_ptr<net::Listener> listener_;
    std::uint64_t peers_refused_ = 0;
    std::uint64_t told_refused_ = 0;
    ops::RareLine strangers_;
    ops::RareLine used_up_;
    ops::RareLine not_kept_;
};

}  // namespace rightsline::vault
