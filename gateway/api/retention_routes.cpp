#include "gateway/api/retention_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/cases/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

json::array to_json(const std::vector<cases::Aged>& aged) {
    json::array out;
    for (const cases::Aged& one : aged) {
        out.push_back(json::object{{"alias", one.alias},
                                   {"recordings", one.due.recordings},
                                   {"relay", one.due.relay},
                                   {"content", one.due.content},
                                   {"counts", one.counts},
                                   {"done", one.done}});
    }
    return out;
}

json::object to_json(const std::string& program, const cases::Retained& found, const cases::LastRun& last) {
    return {{"program", program},           {"cases", to_json(found.aged)},   {"looked_at", found.looked_at},
            {"held", found.held},           {"unreadable", found.unreadable}, {"waiting", found.waiting},
            {"done", found.done},           {"last_run", last.at / 1000},     {"last_done", last.done},
            {"last_waiting", last.waiting}, {"next_run", last.next / 1000}};
}

class RetentionRoutes {
 public:
    explicit RetentionRoutes(RetentionRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> run(const http::Request& request, cases::RunKind kind) {
        const std::string program = program_of(request, services_.programs);
        if (!allowed(request) || program.empty()) {
            co_return allowed(request) ? no_program(services_.programs) : not_allowed();
        }
        if (kind != cases::RunKind::look && !services_.may_delete()) {
            co_return problem(503,
                              "the clocks of this machine and of the store disagree, or did just now: "
                              "nothing is deleted for its age until they agree");
        }
        const Result<cases::Retained> found = co_await services_.retention.run(program, kind);
        if (!found) {
            const bool none = found.error() == cases::make_error_code(cases::errc::no_script);
            co_return none ? problem(503, "the program's script cannot be read") : store_is_silent();
        }
        const Result<cases::LastRun> last = co_await services_.retention.last(program);
        co_return last ? as_json(to_json(program, *found, *last)) : store_is_silent();
    }

    Awaitable<http::Response> hold(const http::Request& request, std::string id, bool on) {
        const std::string program = program_of(request, services_.programs);
        if (!allowed(request) || program.empty()) {
            co_return allowed(request) ? no_program(services_.programs) : not_allowed();
        }
        if (!is_hex_id(id)) {
            co_return problem(404, "there is no such case");
        }
        const stores::Keyspace keys(program);
        redis::Commit commit;
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        commit.writes.push_back({redis::Op::must_exist, keys.case_facts(id), {}});
        commit.writes.push_back(
            {redis::Op::must_be_field, keys.case_facts(id), {"hold", on ? std::string() : std::string("1")}});
        commit.writes.push_back(on ? redis::Write{redis::Op::hset, keys.case_facts(id), {"hold", "1"}}
                                   : redis::Write{redis::Op::hdel, keys.case_facts(id), {"hold"}});
        audit::add_entry(commit.writes, keys,
                         {on ? audit::What::held : audit::What::released, id, asker(request)});
        const Result<redis::Committed> done =
            co_await redis::commit(services_.redis, commit, services_.clock.in(budget));
        if (!done) {
            co_return store_is_silent();
        }
        if (done->outcome == redis::Committed::Outcome::committed) {
            co_return as_json(json::object{{"id", id}, {"held", on}, {"before", false}});
        }
        cases::CaseStore store(services_.redis);
        const Result<cases::CaseFacts> facts = co_await store.facts(program, id, services_.clock.in(budget));
        co_return facts ? as_json(json::object{{"id", id}, {"held", facts->held}, {"before", true}})
                        : problem(404, "there is no such case");
    }

 private:
    RetentionRouteServices services_;
};

}  // namespace

void add_retention_routes(http::Router& router, RetentionRouteServices services) {
    add_month_routes(router, services);
    const auto routes = std::make_shared<RetentionRoutes>(std::move(services));
    router.add("GET", "/api/v1/retention", [routes](const http::Request& request, const http::Parameters&) {
        return routes->run(request, cases::RunKind::look);
    });
    router.add("POST", "/api/v1/retention/run",
               [routes](const http::Request& request, const http::Parameters&) {
                   return routes->run(request, cases::RunKind::all);
               });
    for (const auto& [path, on] :
         {std::pair("/api/v1/cases/{id}/hold", true), std::pair("/api/v1/cases/{id}/release", false)}) {
        router.add("POST", path, [routes, on](const http::Request& request, const http::Parameters& in) {
            return routes->hold(request, std::string(in["id"]), on);
        });
    }
}

}  // namespace rightsline::api
