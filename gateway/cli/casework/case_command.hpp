// case: what a monitor does on the machine itself: list the cases, open one with a member's key or the plain private key.
//
// Asks the running server over its local socket; parts are opened here, with a key that the server never sees.
#pragma once

#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct CaseOptions {
    std::string socket;    // the server's api.sock
    std::string program;   // "" when the server has only one
    std::string which;     // alias ("7K4-921") or id
    KeyFiles keys;         // what opens it
    std::string keys_dir;  // of the circle's plain key where `keys` names none
    std::string save_to;   // folder for opened recordings, made when missing; "" = do not save
    int skip = 0;          // of the list
    int limit = 100;
    std::string status;       // of the list: only these; "" = all
    std::string mine;         // … only this person's
    std::string site{};       // … only of this site
    bool unassigned = false;  // … only those that nobody has and that are not closed
    bool overdue = false;     // … only those with a clock that is over
    bool json = false;
};

int case_list(const CaseOptions& options);
/// Exit codes: 0; 2 usage, or no terminal; 65 the key, or a part that does not open; 69 the server is not there.
int case_show(const CaseOptions& options, Terminal& terminal);

}  // namespace rightsline::cli
