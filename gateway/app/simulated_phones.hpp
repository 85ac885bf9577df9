// SimulatedPhones: the phone network of the demo. Takes what the simulator account sends, and shows it to whoever watches.
//
// It is there only where a simulator account's api_base is this server's own address for health, and "/simulated": nothing
// leaves the machine, and no real phone can be reached by it. People are shown by their names in the roster.
// Must never: print a number. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "gateway/http/router.hpp"

namespace rightsline::app {

struct SimulatedPhones {
    std::string api_base;                        // as the account has it
    std::string token;                           // that the account signs with
    std::map<std::string, std::string> names;    // by number
    std::function<void(std::string line)> show;  // one whole line, without its end
};

/// Where the api_base of such an account points, on a server with this address for health.
std::string simulated_base(const std::string& ops_address);

/// Adds POST /simulated/messages and /simulated/calls.
void add_simulated_phones(http::Router& router, SimulatedPhones phones);

}  // namespace rightsline::app
