// fsck: whether everything that is stored fits together.
//
// Reads only, beside the running server, as a user of the store that cannot write. Findings go to stdout, progress and
// talk to stderr. No number, text or code is shown. Exit codes: 0 clean; 1 findings; 69 the server or the store is not
// there; 78 the keys cannot be read. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct FsckOptions {
    std::string socket;  // the server's api.sock
    bool json = false;
};

int fsck(const FsckOptions& options);

}  // namespace rightsline::cli
