// key new-member, key recover: a member's own key, and the way back in when the passphrase is forgotten.
//
// Exit codes: 0; 1 a file could not be written; 2 usage, or no terminal; 65 the file or what was typed; 69 this machine lacks
// the memory for it. Must never: show a recovery code anywhere but on the terminal, or overwrite a key that is there.
// Threading: one command per process.
#pragma once

#include <string>

#include "gateway/cli/terminal.hpp"
#include "gateway/vault/locked_scalar.hpp"

namespace rightsline::cli {

struct NewMemberOptions {
    std::string name;
    std::string out;  // folder, made when missing
    vault::ArgonCost cost;
};
/// Writes NAME.member (0600) and NAME.pub, and shows the recovery code once.
int key_new_member(const NewMemberOptions& options, Terminal& terminal);

struct RecoverOptions {
    std::string member;  // NAME.member
    vault::ArgonCost cost;
    bool dry_run = false;
};
/// Puts a new passphrase in the place of the forgotten one; the recovery code stays good. A dry run says whether the code
/// opens the key, asks for no passphrase, and writes nothing.
int key_recover(const RecoverOptions& options, Terminal& terminal);

}  // namespace rightsline::cli
