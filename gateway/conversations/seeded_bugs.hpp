// Bugs put in on purpose, by RL_SEEDED_BUG. Built only with RIGHTSLINE_TEST_POINTS; tests/chaos shows that its checker
// catches each of them. Of commits: answer_before_commit, no_dedupe, no_version_check, split_commit,
// answer_though_unknown, audit_after_commit. While the store is gone: static_answer_says_saved, spool_not_deduped (what is drained is taken
// for new each time), spool_acked_before_fsync (in the spool's room). Must never be part of a release. Threading: the loop's.
#pragma once

#include <string_view>

#include "gateway/ops/test_point.hpp"
#ifdef RIGHTSLINE_TEST_POINTS
#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {

Awaitable<Result<redis::Committed>> commit_with_bug(redis::Client& client, redis::Commit commit,
                                                    Deadline deadline);
inline bool has_bug(std::string_view name) { return ops::seeded_bug() == name; }

}  // namespace rightsline::conversations
#else
namespace rightsline::conversations {

inline bool has_bug(std::string_view) { return false; }

}  // namespace rightsline::conversations
#endif
