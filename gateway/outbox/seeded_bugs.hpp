// Bugs of the outbox that are put in on purpose, by RL_SEEDED_BUG: timeout_is_tried_again (what may have gone goes
// again), stop_is_not_checked. Built only with RIGHTSLINE_TEST_POINTS, so that tests/chaos can show that its checker
// catches them. Must never: be part of a release. Pure, but for the environment. Threading: any.
#pragma once

#include "gateway/ops/test_point.hpp"
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
#else
inline void put_bug_in(redis::Settlement&) {}
inline void put_bug_in(redis::Guards&) {}
#endif

}  // namespace rightsline::outbox
