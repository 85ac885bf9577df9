// CaseLog: the audit's entries of one case, in their order.
//
// Private to the room. Walks through the program's audit from the hour in which the case was filed, some thousand entries
// at a time; no entry holds content, so nothing is noted of who reads them. Threading: the loop's.
#pragma once

#include <string>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_file.hpp"
#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct CaseLogPage {
    std::vector<audit::Entry> entries;
    std::string next;  // where to go on; "" = that was all
};

/// From `from` on ("1763800000000-0"), or from its filing where that is "". Errors: the store's.
Awaitable<Result<CaseLogPage>> read_case_log(redis::Client& client, std::string program,
                                             cases::CaseFacts facts, std::string from,
                                             redis::Deadline deadline);

}  // namespace rightsline::api
