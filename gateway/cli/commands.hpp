// The words of the command line for every command of this room: options, help, and what is then called.
//
// Must never: do the work itself; each command is a function that a test can call. With main.cpp the only user
// of CLI11, which costs three seconds a file. Threading: before and inside parse(). Owner: main.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

/// Adds phone, check, test, case, alert, roster, outbox, user, audit, fsck, backup, restore, key and prompts. The one that runs leaves its exit code in
/// `code`, which must outlive `root`. `demo_folder`: where a demo on this machine keeps its state.
void add_commands(CLI::App& root, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
