// Api: the cases of /api/v1: for the command line over a unix socket whose peer is the operator, and for the console.
//
// On the local socket the kernel says who is at the other end (SO_PEERCRED): only the user that runs the server, and root,
// are answered. On the console's listener its door has asked before (console.hpp).
//
//   GET /api/v1/cases                           ?limit=, ?cursor= as `next` said: a page of the list: clear facts, who has it,
//                                               its clocks; of that page ?status=, ?assignee=, ?site=, ?unassigned=1,
//                                               ?overdue=1 leave only some; on the local socket also ?skip=, and how many there are
//   GET /api/v1/cases/{id}                      ?from=64: one, with a page of its parts; the first also with the replies
//   GET /api/v1/cases/{id}/recordings/{which}   one of its sealed recordings
//
// Cases leave as they are stored: clear facts, and parts that only the circle's private key opens. Who reads parts or a
// recording stands in the audit before the first byte leaves; what cannot be written there is not read.
// Must never: open a part, answer who is neither, hand out content without an entry.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/reach/ping_desk.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::api {

struct ApiServices {
    cases::CaseStore& cases;
    cases::CaseDesk& desk;
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
    std::function<std::string(const std::string& recording)> blob_path;
    access::UserStore& users;          // those who may have cases
    vault::Vault& vault;               // for places in a user's list
    reach::PingDesk* pings = nullptr;  // none: nothing is told of what workers were texted
};

/// Adds the routes. `services` must outlive the router.
void add_routes(http::Router& router, ApiServices services);

/// For what can wait, when workers are many: 503, and when to ask again.
http::Response busy_answer();

}  // namespace rightsline::api
