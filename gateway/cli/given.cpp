#include "gateway/cli/given.hpp"

#include <CLI/CLI.hpp>

namespace rightsline::cli {

std::string socket_in(const std::string& folder) { return folder + "/state/api.sock"; }

CLI::App& add_command(CLI::App& parent, const char* name, const char* what) {
    return *parent.add_subcommand(name, what);
}

void add_where(CLI::App& command, std::string& socket, std::string& folder) {
    command.add_option("--socket", socket, "The server's api.sock (default: the demo's)");
    command.add_option("--dir", folder, "The demo's folder")->capture_default_str();
}

void add_program(CLI::App& command, std::string& program) {
    command.add_option("--program", program, "Program, where the server has several");
}

void add_json(CLI::App& command, bool& json) { command.add_flag("--json", json, "As JSON"); }

void add_which(CLI::App& command, std::string& which) {
    command.add_option("case", which, "Alias (7K4-921) or id")->required();
}

void add_as(CLI::App& command, std::string& as) {
    command.add_option("--as", as,
                       "Who you are: a name of the roster, or of a user who may work on cases (default: your "
                       "user here)");
}

void add_keys(CLI::App& command, KeyFiles& keys) {
    command.add_option("--member", keys.member, "Your NAME.member; the passphrase is asked for");
    command.add_option("--shares", keys.shares, "The circle's CIRCLE.N.shares; again for each version")
        ->allow_extra_args(false);
    command.add_option("--key", keys.key,
                       "File with a plain private key, alone or beside these (default: the demo's)");
}

}  // namespace rightsline::cli
