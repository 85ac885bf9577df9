// Given: what many commands take alike, said in one place: which installation, which program and case, who acts, what opens it.
//
// Whoever asks a running server names the installation in one way: --socket, or --dir for the folder of a demo.
// Threading: before and inside parse(). Owner: the command that adds it.
#pragma once

#include <string>
#include <utility>

#include "gateway/cli/keys/private_key.hpp"

namespace CLI {
class App;
}

namespace rightsline::cli {

/// Where the server of a demo in this folder is asked.
std::string socket_in(const std::string& folder);

/// One below `parent`, which owns it.
CLI::App& add_command(CLI::App& parent, const char* name, const char* what);
/// --socket and --dir.
void add_where(CLI::App& command, std::string& socket, std::string& folder);
/// --program, where a server may have several.
void add_program(CLI::App& command, std::string& program);
void add_json(CLI::App& command, bool& json);
/// The case, by its alias or id.
void add_which(CLI::App& command, std::string& which);
/// --as: who acts.
void add_as(CLI::App& command, std::string& as);
/// --member, --shares, --key: what opens a case.
void add_keys(CLI::App& command, KeyFiles& keys);

/// The options of a command, complete once the words are read.
template <class Options>
struct Given {
    explicit Given(std::string demo_folder) : folder(std::move(demo_folder)) {}

    Options options;
    std::string folder;

    const Options& resolved() {
        if (options.socket.empty()) {
            options.socket = socket_in(folder);
        }
        if constexpr (requires { options.keys_dir; }) {
            options.keys_dir = folder;
        }
        return options;
    }
};

/// What every command takes that asks a server.
template <class Options>
void add_server(CLI::App& command, Given<Options>& given) {
    add_where(command, given.options.socket, given.folder);
    if constexpr (requires { given.options.program; }) {
        add_program(command, given.options.program);
    }
    if constexpr (requires { given.options.json; }) {
        add_json(command, given.options.json);
    }
}

/// A command on one case, below `parent`.
template <class Options>
CLI::App* add_on_case(CLI::App& parent, Given<Options>& given, const char* name, const char* what) {
    CLI::App& command = add_command(parent, name, what);
    add_which(command, given.options.which);
    add_server(command, given);
    return &command;
}

}  // namespace rightsline::cli
