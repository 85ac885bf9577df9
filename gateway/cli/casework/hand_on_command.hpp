// roster hand-on: a colleague is rung to take over a call, and comes into the same room.
//
// Asks the running server over its local socket. Exit codes: 0 their phone rings; 1 it may not be now; 65 no such
// call or colleague; 69 the server is not there. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct HandOnOptions {
    std::string socket;   // the server's api.sock
    std::string program;  // "" when the server has only one
    std::string call;     // as roster calls names it
    std::string to;       // a name of the roster
    std::string as;       // who is in the call; "" = the user of this machine, for them
    bool json = false;
};

int roster_hand_on(const HandOnOptions& options);

}  // namespace rightsline::cli
