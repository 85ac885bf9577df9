// Demo: a server to play with: own Redis, a starter program, simulated phones, keys made on the spot.
//
// Everything lives in one folder; nothing leaves this machine. Must never: be pointed at a real line.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rightsline::app {

struct DemoOptions {
    std::string command = "rightsline";  // how this program was called, for what we tell people to type
    std::string usual_folder;            // where the other commands look when nothing is said
    std::string folder;                  // state, keys, configuration
    std::string source = ".";            // where flows/ and locales/ are
    std::vector<std::string> programs{"fair-food"};  // of flows/; a line each
    std::string audio;                               // draft audio; "" = none
    std::string hooks = "127.0.0.1:8080";
    std::string ops = "127.0.0.1:9090";
    std::string console = "off";
};

/// Writes the folder's configuration and keys unless they are there. Gives the configuration's path, or nothing after
/// saying on stderr what is wrong.
std::optional<std::string> prepare_demo(const DemoOptions& options);
/// What to try, in plain words, on stderr.
void explain_demo(const DemoOptions& options);

}  // namespace rightsline::app
