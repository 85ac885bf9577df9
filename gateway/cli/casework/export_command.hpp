// case export: takes a case out, opened, into one file, for those whom its worker agreed to.
//
// The server is asked first, and notes it before a byte leaves; a consent that is missing is named. Opened here, with a
// member's key. The team's notes and tasks are left out: they leave for nobody. Must never: write over a file, or let others of
// this machine read it. Threading: one command per process.
#pragma once

#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct ExportOptions {
    std::string socket;    // the server's api.sock
    std::string program;   // "" when the server has only one
    std::string which;     // alias ("7K4-921") or id
    std::string purpose;   // "investigator", "employer" …
    std::string to;        // the file, which is made
    std::string as;        // who takes it out: a name of the roster; "" = the user of this machine
    KeyFiles keys;         // what opens it
    std::string keys_dir;  // of the circle's plain key where `keys` names none
};

/// Exit codes: 0; 1 its worker has not agreed, or you may not; 2 usage, or no terminal; 65 the key, the file, or a part that
/// does not open; 69 the server is not there.
int case_export(const ExportOptions& options, Terminal& terminal);

}  // namespace rightsline::cli
