// mend-store: the former base of an append-only file is named again, for a Redis that is not ours (redis/lost_base.hpp).
//
// What was done goes to stdout. Exit codes: 0 mended, or nothing to mend; 1 something else is wrong, and nothing was
// touched; 2 there is no manifest; 69 the disk refuses. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

int mend_store(const std::string& folder);

}  // namespace rightsline::cli
