// case refer and its answers: a case is offered to another organisation of its program, accepted, declined, taken back.
//
// Opened and sealed anew here, with a member's key, to the others' public key as they gave it: whatever key the server names, it is
// refused unless it is that one. The server asks the worker's consent in the commit that takes it. Must never: write a word or a
// sound to a disk. Threading: one command per process.
#pragma once

#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct ReferOptions {
    std::string socket;    // the server's api.sock
    std::string program;   // "" when the server has only one; PROGRAM/ORGANISATION of those who accept
    std::string which;     // alias ("7K4-921") or id; "" = all, of the list
    std::string to;        // the other organisation, as the program calls it
    std::string reason;    // of the offer, or of declining it
    std::string circle;    // file with the others' public key
    std::string as;        // a name of the roster or of a user; "" = the user of this machine
    KeyFiles keys;         // what opens it
    std::string keys_dir;  // of the circle's plain key where `keys` names none
    bool more = false;     // only what its worker told since
    bool without_recordings = false;
    bool json = false;
};

/// Exit codes: 0; 1 its worker has not agreed, or it is with them already; 65 a key, or a part that does not open; 69 the server
/// or the terminal is not there.
int case_refer(const ReferOptions& options, Terminal& terminal);
/// `answer`: "accept", "decline" or "take-back". Exit codes: 0; 1 it cannot be so; 65; 69.
int case_answer(const ReferOptions& options, const char* answer);
/// What waits and what was accepted; of one case, how it stands with each organisation.
int case_referrals(const ReferOptions& options);

}  // namespace rightsline::cli
