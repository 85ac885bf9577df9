// Lint: every rule that a script must keep before a worker meets it, with file:line and the mend.
//
// Pure: the bundle gives the lines, the pack what they mean, the options what day it is. Must never: change a
// pack, stop at the first finding. Threading: pure functions.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "flows/loader.hpp"
#include "flows/pack.hpp"

namespace rightsline::flows {

struct LintOptions {
    bool production = false;           // drafts and missing audio are errors, not warnings
    std::map<std::string, bool> free;  // mode -> the line is free for the worker; absent: unknown
    std::optional<std::chrono::sys_days>
        today;  // a law fact's age is measured from here; absent: not measured
};

/// All findings on a pack that compiled. `bundle` gives the lines.
locales::Complaints lint(const Bundle& bundle, const Pack& pack, const LintOptions& options = {});

}  // namespace rightsline::flows
