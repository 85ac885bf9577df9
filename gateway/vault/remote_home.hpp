// RemoteHome: the home in a process of its own, asked over its unix socket.
//
// Every question has a deadline of its own: 400 ms for a name, which a turn waits for, and 2 s for what a send opens; within
// it a vault that was just restarted is asked again. After a failure the next try rests, 50 ms and more up to 1 s, and
// whoever cannot wait so long is told errc::away at once. Bounded: most_at_once questions under way, a connection each, few of
// which are kept. Names that passed lately are answered here (KnownNames).
// Must never: ask without a deadline, log an answer. Threading: the loop's. Owner: the vault that it was given to; whoever
// borrows keys of it keeps a pointer for standing().
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "gateway/ops/clock.hpp"
#include "gateway/vault/home.hpp"
#include "gateway/vault/lent_keys.hpp"

namespace rightsline::vault {

/// How the vault's process stands, as far as it was heard of.
struct HomeStanding {
    bool away = false;              // the last question was not answered
    std::uint8_t used_percent = 0;  // of the fullest quota, by the last answer
    std::uint64_t refused = 0;      // questions that the quota refused, since our start
};

class RemoteHome : public Home {
 public:
    static constexpr std::size_t most_at_once = 512;
    /// The keys of LentKeys. Errors: errc::away, errc::bad_frame (another version).
    virtual Awaitable<Result<LentKeys>> borrow(Deadline deadline) = 0;
    /// Asks for nothing, to learn how it stands.
    virtual Awaitable<void> look() = 0;
    virtual HomeStanding standing() const = 0;
    /// Names that are known now are never forgotten: of people who must be told when the home is away.
    virtual void pin_known() = 0;
    /// Idle connections end; they would keep the loop alive.
    virtual void close() = 0;
};

std::unique_ptr<RemoteHome> make_remote_home(boost::asio::any_io_executor executor, const ops::Clock& clock,
                                             std::string socket);

}  // namespace rightsline::vault
