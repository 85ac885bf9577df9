// Cursor: a place in the list of cases that stays, whatever is filed or deleted before it.
//
// Names the last case that was listed by its place in the order and its id, so that the next page begins behind it also when
// it is gone. A case that is filed between two pages may stand on none of them or be seen by beginning anew; none is
// skipped that was there. Must never: be asked to mean anything to a caller. Threading: the loop's.
#pragma once

#include <string>

#include "gateway/cases/case_file.hpp"
#include "gateway/ops/awaitable.hpp"
#include "redis/client.hpp"

namespace rightsline::cases {

std::string cursor_after(const CaseFacts& last);
/// How many cases stand before the first one behind the cursor. Errors: redis::errc::out_of_bounds (it is no cursor), the
/// store's.
Awaitable<Result<int>> place_after(redis::Client& client, std::string program, std::string cursor,
                                   Deadline deadline);

}  // namespace rightsline::cases
