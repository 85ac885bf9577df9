// CaseworkCommands: how the commands that change a case stand below `rightsline case`, with their help.
//
// Threading: one command per process.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

/// `code` is set by the command that runs, and must outlive `parent`.
void add_casework_commands(CLI::App& parent, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
