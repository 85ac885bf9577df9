// CaseSearch: which case a person means: "7K4-921" as it is said aloud, or its id.
//
// Asks the running server. What went wrong is said on stderr, in words. Threading: one command per process.
#pragma once

#include <string>

#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

/// Its id, or the exit code of a search whose end was said in words.
struct CaseSearch {
    std::string id{};
    int code = 0;
};
/// `program`: "" when the server has only one.
CaseSearch find_case(LocalApi& api, const std::string& program, const std::string& which);

/// The address of a page of the list of cases.
std::string cases_page(const std::string& program, int skip, int limit);

/// Says what the server said, or that it is not there; the exit code.
int report(const LocalApi& api);

}  // namespace rightsline::cli
