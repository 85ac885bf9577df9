#include "gateway/vault/vault_server.hpp"

#include <sys/stat.h>

#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/vault/frame_io.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

using namespace std::chrono_literals;

constexpr auto idle_patience = std::chrono::minutes(10);  // then a gateway connects anew
constexpr auto answer_patience = 2s;
constexpr mode_t for_everybody = 0666;  // to connect; who is answered is decided by their uid

}  // namespace

VaultServer::VaultServer(boost::asio::any_io_executor executor, ops::Supervisor& tasks,
                         const ops::Clock& clock, VaultDesk& desk, Options options)
    : executor_(std::move(executor)),
      tasks_(tasks),
      clock_(clock),
      desk_(desk),
      options_(std::move(options)) {}

Result<void> VaultServer::listen() {
    net::ListenerLimits limits;
    limits.connections = options_.connections;
    ops::Address address;
    address.unix_path = options_.socket;
    Result<std::unique_ptr<net::Listener>> listener = net::Listener::open(executor_, address, limits);
    if (!listener) {
        return listener.error();
    }
    ::chmod(options_.socket.c_str(), for_everybody);
    listener_ = std::move(*listener);
    tasks_.spawn("vault_peers", take_peers());
    return {};
}

void VaultServer::close() { listener_->close(); }

Awaitable<void> VaultServer::take_peers() {
    for (;;) {
        Result<net::Stream> stream = co_await listener_->accept();
        if (!stream) {
            co_return;
        }
        if (options_.uids.contains((*stream)->peer_uid())) {
            tasks_.spawn("vault_peer", serve(std::move(*stream)));
            continue;
        }
        ++peers_refused_;
        if (const std::int64_t many = strangers_.due(clock_.steady()); many > 0) {
            ops::log(ops::Level::error, "vault_peer_refused", {{"count", many}});
        }
    }
}

Awaitable<void> VaultServer::serve(net::Stream stream) {
    for (;;) {
        Result<std::string> asked = co_await read_frame(*stream, clock_.in(idle_patience));
        if (!asked) {
            co_return;  // gone, silent, or no frame of ours
        }
        std::string answer = desk_.answer(*asked);
        locales::wipe(*asked);
        tell();
        ops::test_point("vault_answer");
        const Result<void> sent = co_await stream->write_all(answer, clock_.in(answer_patience));
        locales::wipe(answer);
        if (!sent) {
            co_return;
        }
    }
}

/// What whoever keeps the machine should know, at most once a minute.
void VaultServer::tell() {
    if (std::exchange(told_refused_, desk_.refused()) != desk_.refused()) {
        if (const std::int64_t many = used_up_.due(clock_.steady()); many > 0) {
            ops::log(ops::Level::error, "vault_quota_used_up", {{"count", many}});
        }
    }
    if (!desk_.counts_are_kept()) {
        if (const std::int64_t many = not_kept_.due(clock_.steady()); many > 0) {
            ops::log(ops::Level::error, "vault_count_not_kept", {{"count", many}});
        }
    }
}

}  // namespace rightsline::vault
