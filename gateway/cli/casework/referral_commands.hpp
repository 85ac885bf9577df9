// The commands by which a case goes to another organisation, as the command line takes them.
//
// Threading: one command per process.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

/// `code`: the exit code, set when one of them ran.
void add_referral_commands(CLI::App& cases, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
