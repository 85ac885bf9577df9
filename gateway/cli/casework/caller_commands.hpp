// The words of `rightsline caller …`, and of what `rightsline roster …` tells and does of calls.
//
// Threading: one command per process.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

/// `code`: the exit code, set when one of them ran.
void add_caller_commands(CLI::App& root, const std::string& demo_folder, int& code);
/// `roster calls` and `roster hand-on`.
void add_call_commands(CLI::App& roster, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
