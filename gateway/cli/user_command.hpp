// `rightsline user`: who may log in to the console. For the operator on the machine itself, through the running server.
//
// Passwords are typed on the terminal; a new second factor is shown there, once, and nowhere else: not on stdout, not in
// --json. Must never: take a secret from an option, a pipe or the environment. Blocking. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct UserOptions {
    std::string socket;
    std::string name;
    std::vector<std::string> roles;  // PROGRAM:ROLE
    std::string key;                 // NAME.pub; "" = none
    bool json = false;
};

// Exit codes: 0 done, 1 refused by the server, 2 no terminal, 65 a secret or file that will not do, 69 no server.
int user_add(const UserOptions& options, Terminal& terminal);
int user_list(const UserOptions& options);
int user_disable(const UserOptions& options);
int user_roles(const UserOptions& options);
int user_reset(const UserOptions& options, Terminal& terminal);

}  // namespace rightsline::cli
