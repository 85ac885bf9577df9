// key: the words of the command line for everything that makes, shares or brings back a key.
//
// Must never: take a secret as an option; they are asked for on the terminal. Threading: one command per process.
#pragma once

namespace CLI {
class App;
}

namespace rightsline::cli {

void add_key_commands(CLI::App& root, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
