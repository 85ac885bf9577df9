// version: which build this is, and the versions of what it reads, so that a person knows what it may be put in the place of.
//
// Threading: pure but for stdout.
#pragma once

namespace rightsline::cli {

/// On stdout. Exit code 0.
int version(bool as_json);

}  // namespace rightsline::cli
