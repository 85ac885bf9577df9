// Bugs of the outbox that are put in on purpose, by RL_SEEDED_BUG: timeout_is_tried_again (what may have gone goes
// again), stop_is_not_checked, cursor_without_cas (the cursor of an expansion is written whoever moved it since). Built
// only with RIGHTSLINE_TEST_POINTS, so that tests/chaos can show that its checker catches them. Must never: be part of a
// release. Threading: the loop's.
#pragma once

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/test_point.hpp"
#include "locales/result.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::outbox {

#ifdef RIGHTSLINE_TEST_POINTS
inline void put_bug_in(redis::Settlement& settlement) {
    if (ops::seeded_bug() == "timeout_is_tried_again" &&
        settlement.what == redis::Settlement::What::unknown) {
        settlement.what = redis::Settlement::What::again;
        settlement.delay_ms = 0;
    }
}
inline void put_bug_in(redis::Guards& guards) {
    if (ops::seeded_bug() == "stop_is_not_checked") {
        guards.not_in.clear();
    }
}
inline Awaitable<Result<redis::Committed>> commit_cursor(redis::Client& client, redis::Commit commit,
                                                         Deadline deadline) {
    Result<redis::Committed> done = co_await redis::commit(client, commit, deadline);
    if (ops::seeded_bug() == "cursor_without_cas" && done &&
        done->outcome == redis::Committed::Outcome::conflict) {
        commit.expected_version = done->version;
        done = co_await redis::commit(client, commit, deadline);
    }
    co_return done;
}
#else
inline void put_bug_in(redis::Settlement&) {}
inline void put_bug_in(redis::Guards&) {}
inline Awaitable<Result<redis::Committed>> commit_cursor(redis::Client& client, const redis::Commit& commit,
                                                         Deadline deadline) {
    return redis::commit(client, commit, deadline);
}
#endif

}  // namespace rightsline::outbox
