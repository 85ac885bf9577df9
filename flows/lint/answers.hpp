// Answers: what goes out together, by text. The says on the way to a question are one message with it.
//
// Owner: one call of lint(). Bounded: a program of the usual size has a few hundred ways, and no more than
// `most_answers` are followed.
#pragma once

#include <vector>

#include "flows/pack.hpp"

namespace rightsline::flows {

/// Says in order, then the block that waits; no_block: the conversation, or what is known of it, ends.
struct SentTogether {
    std::vector<BlockIndex> says;  // never empty
    BlockIndex waits = no_block;

    friend auto operator<=>(const SentTogether&, const SentTogether&) = default;
};

inline constexpr std::size_t most_answers = 4000;

/// Every answer in `mode` that has a say, each once.
std::vector<SentTogether> answers_of(const Pack& pack, Mode mode);

}  // namespace rightsline::flows
