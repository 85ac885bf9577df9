// caller block, list, free: numbers that nobody is woken for.
//
// The number is typed, or comes by stdin, never as an argument; the server keeps its keyed id alone, and tells a name for it.
// Exit codes: 0; 65 no number, no such name or program; 69 the server is not there. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct CallerOptions {
    std::string socket;   // the server's api.sock
    std::string program;  // "" when the server has only one
    std::string caller;   // the name of who is freed: "3fa9c2d1"
    bool json = false;
};

int caller_block(const CallerOptions& options);
int caller_list(const CallerOptions& options);
int caller_free(const CallerOptions& options);

}  // namespace rightsline::cli
