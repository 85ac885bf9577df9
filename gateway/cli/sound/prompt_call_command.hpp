// prompts call: a code for somebody who records lines of the script by phone; through the server that runs.
//
// The number is typed, never an argument: other users of this machine see those. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

namespace rightsline::cli {

struct PromptCallOptions {
    std::string socket;
    std::string program;
    std::string language;
    std::string spoken;  // "" = the program's first
    std::string by;
    std::string only = "missing";
    std::vector<std::string> names;
    bool ring = false;  // their number is asked for, and they are called
    bool json = false;
};

/// Prints the number to call and the code. Returns an exit code.
int prompts_call(const PromptCallOptions& options);

}  // namespace rightsline::cli
