// Flood: whether calls look like a machine's: numbers side by side that say nothing, lines that are held open in silence.
//
// Told of calls that ended without one key and one word, it answers whether a caller must press a key before anybody is woken
// for them. Three signs: five numbers of one block of a thousand within ten minutes (that block is asked, for an hour); thirty
// silent calls, or on a line that we pay for ten that were held open, within ten minutes; more people asked for than there may be
// (then everybody is asked, for ten minutes). Sources of the bounds: reliability, "Edge".
// It turns nobody away: who presses the key is put through, who does not leaves a message.
// Bounded: so many blocks, so many numbers of each; the oldest go first. Ids are keyed and cut short. Pure: time is an
// argument. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::handoff {

struct Flood {
    struct Block {
        std::string id;
        ops::UtcMs since{};                // when the first of its numbers called
        std::vector<std::string> numbers;  // that were silent since then, each once
        ops::UtcMs asked_until{};
    };
    struct Minute {
        std::int64_t minute = 0;  // since 1970
        std::int64_t silent = 0;
        std::int64_t held = 0;
    };
    std::vector<Block> blocks;  // the one that was heard of last at the end
    std::vector<Minute> minutes;
    ops::UtcMs asked_until{};  // all callers
};
namespace flood_limits {
inline constexpr std::size_t blocks = 64;
inline constexpr std::size_t numbers = 5;  // side by side: a sign
inline constexpr std::int64_t silent = 30;
inline constexpr std::int64_t held = 10;
}  // namespace flood_limits

struct SilentCall {
    std::string caller;  // keyed id; "" = no number was shown
    std::string block;   // "" = nobody knows
    bool held = false;   // for a long time, on a line that we pay for
};
enum class Sign : std::uint8_t { none, side_by_side, silence, held_open };

/// What it is a sign of; none: of nothing, or of what was known already.
Sign note(Flood& flood, const SilentCall& call, ops::UtcMs now);
/// More people were asked for than there may be.
void note_rush(Flood& flood, ops::UtcMs now);
/// Whether a caller of that block has to press a key first.
bool asks_for_key(const Flood& flood, std::string_view block, ops::UtcMs now);

std::string to_bytes(const Flood& flood);
/// Whatever is no such thing is an empty one: it is a guess at best, and nobody may wait for it.
Flood parse_flood(std::string_view bytes);

}  // namespace rightsline::handoff
