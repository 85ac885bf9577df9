// Commits with a bug put in on purpose. Built only with RIGHTSLINE_TEST_POINTS; tests/chaos shows that its
// checker catches each of them: answer_before_commit, no_dedupe, no_version_check, split_commit,
// answer_though_unknown. Must never be part of a release. Threading: the loop's.
#pragma once

#ifdef RIGHTSLINE_TEST_POINTS
#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {

Awaitable<Result<redis::Committed>> commit_with_bug(redis::Client& client, redis::Commit commit,
                                                    Deadline deadline);

}  // namespace rightsline::conversations
#endif
