// read_audit: walks through the stored audit of one program, page by page, and holds it against what was sealed.
//
// Reads only. A running server goes on beside it: blocks that are closed meanwhile are not asked for, and their entries count
// as waiting. Memory: one page. Threading: a loop's. Owner: `rightsline audit verify`, fsck.
#pragma once

#include <functional>
#include <string>

#include "gateway/audit/verifier.hpp"
#include "gateway/ops/awaitable.hpp"
#include "redis/client.hpp"

namespace rightsline::audit {

/// `seen` is told every entry, sealed or not. Errors: the store's: nobody there, or the user may not read.
Awaitable<Result<Verdict>> read_audit(redis::Client& client, std::string program, Verifier verifier,
                                      std::function<void(const Entry&)> seen);

}  // namespace rightsline::audit
