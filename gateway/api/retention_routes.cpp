#include "gateway/api/retention_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/cases/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

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
}

}  // namespace rightsline::api
