// Expander: one message to many, put into the outbox's blast lane a chunk at a time.
//
// An expansion is a frozen plan of so many recipients, in an order that never changes, and a cursor: how far it is put in.
// A step is one chunk: read the cursor, have the plan say who comes next, and then one commit, all or nothing, of the
// messages and of the cursor behind them, which counts only when nobody has moved the cursor since (compare-and-set). So
// any number of servers may work at the same expansion, and one that dies at any moment adds nothing and misses nothing:
// who was overtaken has written nothing, reads the cursor and goes on from there.
// Message ids say expansion and place ("b7k2-0" … "b7k2-99"), nothing of the person, and each enters once: should a cursor
// be lost, what is in the outbox already is counted as `there` and does not go again as long as its record is kept
// (dispatch::record_kept). A store restored from a backup may hold an older cursor than what went: ask a person first.
// Bounded: a chunk is at most largest_chunk messages and chunk_bytes. Every await has the step's deadline.
// Must never: send; tell a number or a word in a log, an id or a key; go again after a doubt (copies are none).
// Threading: the loop's. Owner: whoever owns the blast, who also says when it rests.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/outbox/outbox.hpp"
#include "redis/client.hpp"

namespace rightsline::outbox {

inline constexpr std::size_t largest_chunk = 200;
inline constexpr std::size_t largest_expansion = 1'000'000;
inline constexpr std::size_t chunk_bytes = 512U << 10U;  // of sealed messages, the last one beyond it

struct Expansion {
    std::string id;    // small letters and digits, at most 64; never used for another plan
    std::string line;  // as configured
    std::size_t total = 0;
    ops::UtcMs due{};  // nothing = at once
    std::size_t chunk = largest_chunk;
};

/// The messages to recipients [first, first + most) of the plan: the same whenever it is asked. Fewer than asked for is an
/// error (plan_changed). Lane and copies are the expander's.
using Plan = std::function<Awaitable<Result<std::vector<Message>>>(std::size_t first, std::size_t most)>;

/// Always next = enqueued + there + refused, and at most total.
struct Cursor {
    std::size_t total = 0;
    std::size_t next = 0;      // so many of the plan's first are dealt with
    std::size_t enqueued = 0;  // put in by this cursor's chunks
    std::size_t there = 0;     // were in already although this cursor was not past them
    std::size_t refused = 0;   // to a country that is not sent to
    bool finished() const { return next == total; }
};
std::string to_bytes(const Cursor& cursor);
/// Errors: errc::damaged.
Result<Cursor> parse_cursor(std::string_view bytes);

class Expander {
 public:
    Expander(redis::Client& client, Outbox& outbox, ops::Clock& clock)
        : client_(client), outbox_(outbox), clock_(clock) {}

    /// Puts in the next chunk, if there is one. The cursor as it is then; further on when others were faster. Errors:
    /// errc::bad_expansion, plan_changed, no_line, damaged; the plan's; the vault's; the store's. After any of them the
    /// cursor tells what is in: step again.
    Awaitable<Result<Cursor>> step(Expansion expansion, Plan plan, Deadline deadline);
    /// How far it is. Errors: as step().
    Awaitable<Result<Cursor>> look(Expansion expansion, Deadline deadline);

 private:
    struct Place;
    struct Chunk;

    Awaitable<Result<Place>> place_of(const Expansion& expansion, Deadline deadline);
    Awaitable<Result<Chunk>> seal(const Expansion& expansion, Place from, std::vector<Message> messages);
    Awaitable<Result<Cursor>> put_in(const Expansion& expansion, Chunk chunk, Deadline deadline);
    Awaitable<Result<void>> leave_out_known(const Expansion& expansion, Chunk& chunk, Deadline deadline);

    redis::Client& client_;
    Outbox& outbox_;
    ops::Clock& clock_;
};

}  // namespace rightsline::outbox
