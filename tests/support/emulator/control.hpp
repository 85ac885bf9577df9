// Control: how a test in another process steers the emulator and reads its ledger. See twilio_emulator.hpp.
//
// Must never: be reachable from anywhere but loopback; it shows numbers. Threading: the loop.
#pragma once

#include "tests/support/emulator/api.hpp"

namespace rightsline::emulator {

/// `world` outlives the router.
void add_control(http::Router& router, World& world);

}  // namespace rightsline::emulator
