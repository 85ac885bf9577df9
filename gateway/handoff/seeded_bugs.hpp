// Bugs of the desks that are put in on purpose, by RL_SEEDED_BUG: hand_off_named_afresh (a turn that comes again begins another
// hand-off), hand_off_is_not_looked_at (no look finds what a server that died left behind), missed_call_is_not_noted (nobody
// knows that they are being called). Built only with RIGHTSLINE_TEST_POINTS, so that tests/chaos can show that its judge
// catches them. Must never: be part of a release. Threading: the loop's.
#pragma once

#include <string>
#include <vector>

#include "gateway/ops/test_point.hpp"
#include "redis/transaction.hpp"
#ifdef RIGHTSLINE_TEST_POINTS
#include <array>
#include <cstdint>

#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/vault/key_file.hpp"
#endif

namespace rightsline::handoff {

#ifdef RIGHTSLINE_TEST_POINTS
inline void name_with_bug(std::string& hand_off) {
    if (ops::seeded_bug() == "hand_off_named_afresh") {
        std::array<std::uint8_t, 16> bytes{};
        ops::draw_fresh_bytes(bytes);
        hand_off = vault::to_hex(bytes);
    }
}
/// Takes what concerns `key` out of a commit.
inline void leave_out_with_bug(std::string_view bug, const std::string& key,
                               std::vector<redis::Write>& writes) {
    if (ops::seeded_bug() == bug) {
        std::erase_if(writes, [&key](const redis::Write& one) { return one.key == key; });
    }
}
#else
inline void name_with_bug(std::string&) {}
inline void leave_out_with_bug(std::string_view, const std::string&, std::vector<redis::Write>&) {}
#endif

}  // namespace rightsline::handoff
