// The words of the command line for fsck, audit, backup, restore, mend-store and fallback; commands.hpp says the rest.
//
// Must never: do the work itself. Threading: before and inside parse(). Owner: main.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

void add_keep_commands(CLI::App& root, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
