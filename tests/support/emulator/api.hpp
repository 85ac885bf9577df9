// Api: Twilio's REST API as the emulator speaks it. Basic auth, forms in, Twilio's JSON out, faults as ordered.
//
// Refuses what Twilio refuses: another key (401, 20003), no or a bad To (21211), no From (21603), no Body (21602), a
// Body that is too long (21617), a number that /control/behave says is refused. Threading: the loop.
#pragma once

#include "gateway/http/form.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/support/emulator/behaviour.hpp"
#include "tests/support/emulator/ledger.hpp"
#include "tests/support/emulator/webhooks.hpp"

namespace rightsline::emulator {

/// What the emulator is made of; one for both its halves.
struct World {
    const Account& account;
    Behaviour behaviour;
    Ledger ledger;
    Webhooks& webhooks;
    ops::Supervisor& tasks;
    const ops::Clock& clock;
};

/// `world` outlives the router.
void add_api(http::Router& router, World& world);

}  // namespace rightsline::emulator
