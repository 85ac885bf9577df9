// ReplyRoutes: how a reply to a worker enters the server: sealed by its writer, twice.
//
//   GET  /api/v1/cases/{id}/mailbox   what to seal it to: the mailbox's and the circle's public keys; the program's
//                                     dangerous words, which the writer's own client keeps out of it; its ready answers, of
//                                     each what the worker reads of it, and how a call says it in the report's language
//   POST /api/v1/cases/{id}/replies   {"id", "for_circle", "for_mailbox"}: base64; the same id again is the same reply
//
// Nothing here is content: what comes in is checked for its form, its length class and the keys that it names; whether it is a
// ready answer, and which, nobody sees here. It is stored
// with its audit entry in one commit. A case whose worker never got a code has no mailbox, and that is said.
// Must never: see plain words. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::api {

struct ReplyRouteServices {
    cases::CaseStore& cases;
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
    std::function<flows::PackPtr(const std::string& program)> pack;  // null: no script of it can be read
    cases::CaseDesk& desk;
    access::UserStore& users;  // those who may work on its cases may write
};

/// `services` must outlive the router.
void add_reply_routes(http::Router& router, ReplyRouteServices services);

}  // namespace rightsline::api
