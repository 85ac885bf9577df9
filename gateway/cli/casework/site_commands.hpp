// The words of `rightsline site`: options, help, and what is then called.
//
// Threading: before and inside parse(). Owner: commands.cpp.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

void add_site_commands(CLI::App& root, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
