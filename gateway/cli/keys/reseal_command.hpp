// key reseal: what is sealed to an older version of a circle is sealed to the newest, by a member who can open both.
//
// After somebody left, `key rotate` makes a version without them; what came before stays open to the keys that they keep, until
// this was run. It asks the running server over its local socket; keys, words and sounds never leave this process but sealed.
// Progress on stderr. It may be cut off and run again: what is done is done. Exit codes: 0 nothing older is left; 1 a dry run
// that found something; 2 usage; 65 keys that do not fit, or something that none of them opens; 69 the server is not there.
// Threading: one command per process.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct ResealOptions {
    std::string socket;
    std::string program;              // "" when the server has only one
    std::vector<std::string> keys;    // plain private keys, of an older version and of the newest
    std::string member;               // or one's own key …
    std::vector<std::string> shares;  // … with the shares of each version
    bool dry_run = false;
};

int key_reseal(const ResealOptions& options, Terminal& terminal);

}  // namespace rightsline::cli
