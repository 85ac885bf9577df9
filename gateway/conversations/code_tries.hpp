// CodeTries: how often receipt codes may be tried, so that guessing one is hopeless and nobody is shut out by guessers.
//
// A try is counted in the store before anything is looked at, so that parallel tries cannot slip past a bound; a code
// that opens a case gets it back. A phone has its own bound of wrong codes, and it alone is refused by it. All phones
// of a program together are only slowed: after the first wrong codes of a day each leaves a growing gap to the next, and
// whoever comes inside it waits, or is asked to come again in a minute. Nobody is refused for what others did.
// Must never: refuse everybody; count one event twice. Threading: the loop's. Owner: Deeds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {

/// Who tries a code.
struct CodeTry {
    std::string program;
    std::string limit_id;      // hex of the phone; "" = no number was shown
    std::string conversation;  // hex: counts for a caller without a number
    std::string event;         // hex: a try is counted once for it, however often the turn is attempted
    Deadline budget{};         // of the turn
};

/// What became of it.
struct CodeTaken {
    std::string refused;  // the exit of somebody who may not try now ("limited" for the day, "busy"), or ""
    std::int64_t at = 0;  // when it was counted: names the counts that a try is given back to
};

class CodeTries {
 public:
    CodeTries(redis::Client& client, ops::Clock& clock, ops::Metrics& metrics);

    /// Errors: the store's.
    Awaitable<Result<CodeTaken>> take(CodeTry one);
    /// It was no wrong code: once for an event, and to the counts of the day on which it was taken.
    Awaitable<void> give_back(CodeTry one, std::int64_t at);

    /// What a turn still needs after a code was looked up: its facts and the commit.
    static constexpr std::chrono::milliseconds for_the_commit{500};

 private:
    Awaitable<Result<redis::Committed>> count(const CodeTry& one, std::int64_t now, std::int64_t gap_ms);
    Awaitable<Result<CodeTaken>> wait_for_turn(CodeTry one);
    void tell_of_guessing(std::int64_t nth, std::int64_t gap_ms, bool numbers_shown);

    redis::Client& client_;
    ops::Clock& clock_;
    ops::Counter& taken_;
    ops::Counter& slowed_;
    ops::Counter& busy_;
    ops::Counter& limited_;
};

}  // namespace rightsline::conversations
