// case: what a monitor does on the machine itself: list the cases, open one with the circle's private key.
//
// Asks the running server over its local socket; parts are opened here, with a key that the server never sees.
#pragma once

#include <string>

namespace rightsline::cli {

struct CaseOptions {
    std::string socket;   // the server's api.sock
    std::string program;  // "" when the server has only one
    std::string which;    // alias ("7K4-921") or id
    std::string key;      // file with the circle's private key; "" = PROGRAM.circle.key in `keys`
    std::string keys;
    std::string save_to;  // folder for opened recordings, made when missing; "" = do not save
    int skip = 0;         // of the list
    int limit = 100;
    bool json = false;
};

int case_list(const CaseOptions& options);
int case_show(const CaseOptions& options);

}  // namespace rightsline::cli
