// roster calls: whose phone rang for callers who asked for a person, who took them, how long it was.
//
// Asks the running server over its local socket. Names and seconds; nothing of who called. Exit codes: 0; 65 no such program;
// 69 the server is not there. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct CallsOptions {
    std::string socket;   // the server's api.sock
    std::string program;  // "" when the server has only one
    int days = 7;
    bool json = false;
};

int roster_calls(const CallsOptions& options);

}  // namespace rightsline::cli
