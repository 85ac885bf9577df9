// Caps: how often people are woken for callers: of one number, of a block of numbers, of all callers together.
//
// Counted in the very commit that begins a hand-off, under keyed ids, so that no two servers let one too many through and no
// number is kept; only what was let through is counted, so that a flood fills no store. Whoever is over a cap is led to the
// message, never to nothing. Callers who show no number count as one. A fifth of each cap of all is kept for whoever said that
// they are in danger and pressed the key that a machine does not press; of their number and block they may come three times as
// often as others, for a call that drops is made again. Pure: time is an argument. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/ops/clock.hpp"
#include "gateway/people/roster.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::handoff {

/// Who calls, as far as it is counted.
struct Counted {
    std::string caller;  // keyed id of the number; "" = none was shown
    std::string block;   // of the thousand numbers that it is one of; "" = nobody knows
};

enum class Cap : std::uint8_t { none, caller, block, all };

/// For whom a cap is meant.
enum class Standing : std::uint8_t {
    usual,
    in_danger,  // they said so, and showed that they are no machine
};

/// One count that a hand-off adds to, unless it is full.
struct Count {
    Cap cap;
    std::string key;
    std::int64_t most;
};
/// The keys and their order are the same for both.
std::vector<Count> counts_of(const people::LiveCaps& caps, const stores::Keyspace& keys, const Counted& who,
                             ops::UtcMs now, Standing standing = Standing::usual);

/// The first that is full; `stored`: what stands under their keys, in their order.
Cap full_one(const std::vector<Count>& counts, const std::vector<std::optional<std::string>>& stored);

/// The conditions and additions of a commit that begins one.
std::vector<redis::Write> counting_writes(const stores::Keyspace& keys, const std::vector<Count>& counts,
                                          ops::UtcMs now);

}  // namespace rightsline::handoff
