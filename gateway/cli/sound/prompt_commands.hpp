// Prompt commands: `rightsline prompts …` and its help.
//
// Must never: decide anything about a recording; prompts.hpp and takes_command.hpp do. Threading: before and inside
// parse().
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace rightsline::cli {

void add_prompt_commands(CLI::App& root, const std::string& demo_folder, int& code);

}  // namespace rightsline::cli
