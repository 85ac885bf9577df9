// Quarantine: what the messages of a restored store are told before anybody may send them. Private to restore.
//
// Runs on a redis-server of its own over the restored files, which writes what it is told beside them.
// Threading: a loop's. Owner: restore().
#pragma once

#include <string>

#include "gateway/keep/restore.hpp"
#include "gateway/ops/awaitable.hpp"

namespace rightsline::keep {

/// Loads the store in `folder`, counts it, and puts its outbox in doubt; the server has ended when it returns.
/// `cut_ms`: the moment that the store is true of. Errors: errc::store_refused; the store's.
Awaitable<Result<Restored>> quarantine(std::string folder, std::int64_t cut_ms);

}  // namespace rightsline::keep
