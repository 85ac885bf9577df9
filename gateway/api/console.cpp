#include "gateway/api/console.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/login_token.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/console_answer.hpp"
#include "gateway/api/kept_answers.hpp"
#include "gateway/api/openapi.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/http/form.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {
namespace {

using access::Asker;
using access::Presented;
using Door = ConsoleRoute::Door;
using Of = ConsoleRoute::Of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr int refusals_a_minute = 30;  // of one user: each is an entry that stays for ever

bool changes_things(const http::Request& request) {
    return request.method != "GET" && request.method != "HEAD";
}

/// A browser says which page had it ask; tools say nothing.
bool of_foreign_page(const http::Request& request) {
    constexpr const char* header = "Sec-Fetch-Site";
    return changes_things(request) && request.count(header) != 0 &&
           (request.count(header) > 1 || request.header(header) != "same-origin");
}

/// The program that is meant: the one that the query names, else the only one in which the asker may.
struct Meant {
    std::string program;
    bool named = false;
    bool clear = true;  // false: it has to be named
};
Meant meant_by(const http::Request& request, const Asker& asker, access::Right right) {
    const auto query = http::Form::decode(request.query());
    if (!query || query->count("program") > 1) {
        return {"", true, true};
    }
    if (query->count("program") == 1) {
        return {std::string(query->get("program")), true, true};
    }
    const std::vector<std::string> theirs = asker.grants.programs_with(right);
    if (theirs.empty() && asker.grants.by_program().size() == 1) {
        return {asker.grants.by_program().begin()->first, false,
                true};  // whose audit will say that they tried
    }
    return {theirs.size() == 1 ? theirs.front() : std::string(), false, theirs.size() <= 1};
}

/// Who comes second hears who was quicker, and is not taken for a stranger.
bool takes_it(const ConsoleRoute& route) {
    return std::string_view(route.id) == "takeCase" || std::string_view(route.id) == "takeAlert";
}

class DoorKeeper {
 public:
    DoorKeeper(http::Router inner, ConsoleServices services)
        : inner_(std::move(inner)),
          services_(std::move(services)),
          kept_(services_.redis, services_.vault, services_.clock),
          refused_(services_.metrics.counter("rightsline_access_refused_total",
                                             "Requests of users for what they have no right to")) {}

    Awaitable<http::Response> handle(const ConsoleRoute& route, const http::Request& request,
                                     std::string object) {
        if (of_foreign_page(request)) {
            co_return problem(403, "another site's page asked for this");
        }
        if (route.door == Door::open) {
            co_return co_await inner_.handle(request);
        }
        Presented presented = access::presented(request);
        if (!presented.token) {
            co_return log_in_first();
        }
        const Deadline deadline = services_.clock.in(budget);
        const Result<Asker> asker =
            co_await services_.logins.recognise(std::move(*presented.token), deadline);
        if (!asker) {
            const bool nobody = asker.error() == access::make_error_code(access::errc::no_login);
            co_return nobody ? log_in_first() : store_is_silent();
        }
        const bool by_cookie = presented.how == Presented::How::cookie;
        if (by_cookie != asker->login.cookie) {
            co_return log_in_first();
        }
        if (by_cookie && changes_things(request) && !has_guard(request, *asker)) {
            co_return problem(403, "X-CSRF-Token is missing, or is not what GET /api/v1/session says");
        }
        if (const auto wrong = wrong_query(route.query, request)) {
            co_return *wrong;
        }
        co_return co_await let_through(route, request, *asker, std::move(object));
    }

 private:
    static bool has_guard(const http::Request& request, const Asker& asker) {
        return request.count(access::guard_header) == 1 &&
               access::same_in_constant_time(request.header(access::guard_header), asker.guard);
    }

    Awaitable<http::Response> let_through(const ConsoleRoute& route, const http::Request& request,
                                          const Asker& asker, std::string object) {
        http::Request known = request;
        known.actor = asker.name;
        if (route.door == Door::own) {
            if (asker.grants.programs_with(route.right).empty()) {
                co_return co_await refuse(route, asker, std::string(), std::move(object));
            }
            co_return co_await once(route, asker, known);
        }
        const Meant meant = meant_by(request, asker, route.right);
        if (!meant.clear) {
            co_return problem(422, "you have this right in several programs: name one, ?program=…");
        }
        const Side side = side_in(meant.program);
        const bool served = std::ranges::find(services_.programs, side.program) != services_.programs.end();
        if (!served || !asker.grants.may(meant.program, route.right) || !is_for(route, side)) {
            const std::string where = served ? side.program : std::string();
            co_return co_await refuse(route, asker, where, std::move(object));
        }
        known.sees_all = asker.grants.may(meant.program, access::Right::hand_out);
        if (is_hex_id(object)) {
            const Reader reader{asker.name, known.sees_all};
            const std::optional<bool> there = co_await is_there_for(reader, route, side, object);
            if (!there) {
                co_return store_is_silent();
            }
            if (!*there) {
                co_return co_await refuse(route, asker, side.program, std::move(object));
            }
        }
        if (!meant.named) {
            known.target += (known.query().empty() && !known.target.ends_with('?') ? "?" : "&");
            known.target += "program=" + meant.program;
        }
        co_return co_await once(route, asker, known);
    }

    /// Those whose line it is, or an organisation that the program names.
    bool is_for(const ConsoleRoute& route, const Side& side) const {
        if (side.organisation.empty()) {
            return route.of != Of::others;
        }
        const std::vector<flows::Organisation> known = services_.desk.organisations(side.program);
        return route.of != Of::line &&
               std::ranges::find(known, side.organisation, &flows::Organisation::key) != known.end();
    }

    /// Whoever stepped back, or is kept out because the case may be about them, finds no case; nor does who looks for another's,
    /// or for one of a site that they do not look after. Who that is cannot be told where its document cannot be read, and then
    /// it is there for nobody who comes this way. For another organisation there is no case but one that is with it.
    /// One that was deleted is no other: whoever it keeps out cannot tell whether it still stands.
    /// Nothing: the store is silent.
    Awaitable<std::optional<bool>> is_there_for(Reader reader, const ConsoleRoute& route, Side side,
                                                std::string case_id) {
        cases::CaseFacts it;
        it.id = std::move(case_id);
        std::vector<cases::CaseFacts> only{std::move(it)};
        const Deadline deadline = services_.clock.in(budget);
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(std::move(side.program), std::move(only), deadline);
        if (!standing) {
            co_return std::nullopt;
        }
        const cases::Standing& its = standing->front();
        if (side.organisation.empty()) {
            co_return its.filed && (reader.has(its) || (takes_it(route) && reader.may_come_late(its)));
        }
        const cases::Referral* theirs = its.work.referral(side.organisation);
        co_return its.readable && !its.work.keeps_out(reader.name) && theirs != nullptr &&
            is_live(theirs->state);
    }

    /// The handler; or, to a repeat, what the first one was answered.
    Awaitable<http::Response> once(const ConsoleRoute& route, const Asker& asker,
                                   const http::Request& request) {
        const std::string_view key = request.header("Idempotency-Key");
        if (!route.keeps_answer || request.count("Idempotency-Key") == 0) {
            co_return co_await inner_.handle(request);
        }
        if (request.count("Idempotency-Key") != 1 || !is_idempotency_key(key)) {
            co_return problem(422, "an Idempotency-Key is 1 to 64 of letters, digits, '-' and '_'");
        }
        const KeptAnswers::Place place = KeptAnswers::place_of(asker.name, key, request);
        const Deadline deadline = services_.clock.in(budget);
        const Result<KeptAnswers::Found> before = co_await kept_.find(place, deadline);
        if (!before) {
            co_return store_is_silent();
        }
        if (before->other) {
            co_return problem(422, "this Idempotency-Key was used for another request");
        }
        if (before->answer) {
            co_return *before->answer;
        }
        if (!kept_.begin(place)) {
            co_return problem(409, "this very request is being carried out; ask again in a moment");
        }
        const EndOf end{kept_, place};
        http::Response answer = co_await inner_.handle(request);
        if (answer.status < 400) {  // a refusal changed nothing, and may be another one tomorrow
            const bool of_a_case = route.is_of_a_case();
            const Result<void> stays = co_await kept_.keep(place, of_a_case, answer, deadline);
            static_cast<void>(stays);  // the effect stands; a repeat finds it done
        }
        co_return answer;
    }

    struct EndOf {
        KeptAnswers& kept;
        KeptAnswers::Place place;
        EndOf(KeptAnswers& answers, KeptAnswers::Place where) : kept(answers), place(std::move(where)) {}
        EndOf(const EndOf&) = delete;
        EndOf& operator=(const EndOf&) = delete;
        ~EndOf() { kept.end(place); }
    };

    /// `program`: "" when it is none of ours. `object`: what the path names.
    Awaitable<http::Response> refuse(const ConsoleRoute& route, const Asker& asker, std::string program,
                                     std::string object) {
        refused_.add();
        if (!may_be_refused_again(asker.name)) {
            http::Response slower = problem(429, "too many requests for what you have no right to");
            slower.headers.emplace_back("Retry-After", "60");
            co_return slower;
        }
        const stores::Keyspace keys(program.empty() ? stores::server_wide : std::string_view(program));
        redis::Commit commit;
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        audit::Act act;
        act.what = audit::What::access_refused;
        act.case_id = is_hex_id(object) ? object : std::string();
        act.who = asker.name;
        act.why = std::string(access::name_of(route.right));
        audit::add_entry(commit.writes, keys, std::move(act));
        const Deadline deadline = services_.clock.in(budget);
        const Result<redis::Committed> noted = co_await redis::commit(services_.redis, commit, deadline);
        co_return noted ? nothing_here() : store_is_silent();
    }

    bool may_be_refused_again(const std::string& name) {
        const Deadline now = services_.clock.steady();
        auto& [since, times] = refusals_[name];
        if (times == 0 || now - since > 1min) {
            since = now;
            times = 0;
        }
        return ++times <= refusals_a_minute;
    }

    http::Router inner_;
    ConsoleServices services_;
    KeptAnswers kept_;
    ops::Counter& refused_;
    std::map<std::string, std::pair<Deadline, int>> refusals_;  // by user, of whom there are few
};

}  // namespace

http::Router console_router(http::Router inner, ConsoleServices services) {
    add_openapi_route(inner);
    for (const ConsoleRoute& route : console_routes()) {
        if (!inner.has(route.method, route.path)) {
            std::abort();
        }
    }
    const auto keeper = std::make_shared<DoorKeeper>(std::move(inner), std::move(services));
    http::Router router;
    for (const ConsoleRoute& route : console_routes()) {
        router.add(route.method, route.path,
                   [keeper, &route](const http::Request& request, const http::Parameters& parameters) {
                       return keeper->handle(route, request, std::string(parameters["id"]));
                   });
    }
    router.set_finish(finish);
    return router;
}

}  // namespace rightsline::api
