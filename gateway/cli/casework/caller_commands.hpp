// The words of `rightsline caller …`.
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

}  // namespace rightsline::cli
