// The environment's variables, for the few that no configuration can stand in for (HOME, OpenSSL's own, test points).
//
// Must never be used for settings: those come from the configuration (gateway/config). Invariant: nothing in this
// program sets a variable, so reading one is safe on any thread. Owner: ops.
#pragma once

#include <cstdlib>

namespace rightsline::ops {

/// The value of variable `name`, or null when it is not set. Valid until the program ends.
inline const char* environment(const char* name) {
    return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): see the invariant
}

}  // namespace rightsline::ops
