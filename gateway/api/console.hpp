// Console: the API for people who log in, on a listener of its own. One table says what is reachable and by which right.
//
// The handlers are those of the local socket; this is the door before them. Per request: no foreign page (Sec-Fetch-Site, and
// the token header where a browser's cookie asks), a login that holds, the right in the program that is meant, and only then
// the handler, which is told who asks. A case is not there for whom it keeps out (recused, excluded). A path that is not in the table is not there. Who lacks the right gets the very bytes
// of "nothing here", of a case that is gone as of one that is hidden, as does whoever is of another organisation of the program where the table does not let these in: of a
// case that is not with them they see nothing, and of one that was offered only the offer. The refusal stands in the program's audit. Every answer carries the headers of security_headers(),
// every mistake is problem+json.
// Must never: reach a handler without a row of the table, or tell of a program that the asker has no role in.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/access/logins.hpp"
#include "gateway/access/roles.hpp"
#include "gateway/api/query.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct ConsoleRoute {
    enum class Door : std::uint8_t {
        open,     // nobody is logged in yet
        own,      // whoever is logged in and has `right` in any program: it is about themselves
        program,  // who has `right` in the program that `program` names, or in the only one that they have it in
    };
    /// Who of a program: those whose line it is, another organisation of it ("P/O"), or both.
    enum class Of : std::uint8_t { line, others, both };
    const char* method;
    const char* path;
    Door door;
    access::Right right;
    const char* id;  // OpenAPI's operationId
    const char* summary;
    const char* answer;        // a schema of openapi.json; "" = 204, "bytes", "events"
    const char* body{""};      // the same, of what is sent
    bool keeps_answer{false};  // under an Idempotency-Key, for a day
    std::vector<QueryParameter> query{};
    Of of = Of::line;

    bool is_of_a_case() const {
        return door == Door::program && std::string_view(path).find("{id}") != std::string_view::npos;
    }
};
const std::vector<ConsoleRoute>& console_routes();
/// Those of them that are about the recordings that calls play.
const std::vector<ConsoleRoute>& console_routes_of_prompts();

struct ConsoleServices {
    access::Logins& logins;
    cases::CaseDesk& desk;
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    std::vector<std::string> programs;
};

/// The door before `inner`, which must have every route of the table: without one it aborts, for that is a mistake in our own
/// source. What `services` refers to must outlive the router.
http::Router console_router(http::Router inner, ConsoleServices services);

/// What the framing gate's refusals look like on this listener.
http::Response console_refusal(int status);
const http::Headers& security_headers();

}  // namespace rightsline::api
