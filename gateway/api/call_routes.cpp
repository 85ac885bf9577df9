#include "gateway/api/call_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/stores/keyspace.hpp"
#include "locales/result.hpp"
#include "redis/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr std::size_t entries_a_page = 1000;
constexpr int pages_at_once = 10;
constexpr int usual_days = 7;
constexpr int most_days = 92;

/// "call_rung" and the like.
bool is_of_a_call(const audit::Entry& entry) { return entry.field("what").starts_with("call_"); }

json::object to_json(const audit::Entry& entry) {
    return {{"at", entry.id.ms / 1000},
            {"call", entry.field("how")},
            {"what", entry.field("what")},
            {"who", entry.field("who")},
            {"why", entry.field("why")}};
}

class CallRoutes {
 public:
    explicit CallRoutes(CallRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(std::string program, int days, std::string from) {
        const auto begin = services_.clock.now() - std::chrono::hours(24) * days;
        const auto ms = static_cast<std::uint64_t>(begin.time_since_epoch().count());
        audit::StreamId at = audit::parse_stream_id(from).value_or(audit::StreamId{ms, 0});
        const Deadline in_time = services_.clock.in(budget);
        json::array calls;
        std::string next;
        for (int page = 0; page < pages_at_once; ++page) {
            const Result<std::vector<audit::Entry>> entries = co_await read(program, at, in_time);
            if (!entries) {
                co_return store_is_silent();
            }
            for (const audit::Entry& entry : *entries) {
                at = entry.id.next();
                if (is_of_a_call(entry)) {
                    calls.push_back(to_json(entry));
                }
            }
            next = entries->size() < entries_a_page ? "" : at.str();
            if (next.empty()) {
                break;
            }
        }
        co_return as_json(json::object{{"program", program}, {"calls", std::move(calls)}, {"next", next}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    Awaitable<Result<std::vector<audit::Entry>>> read(const std::string& program, audit::StreamId from,
                                                      Deadline deadline) {
        redis::Command question{"XRANGE", stores::Keyspace(program).audit(), from.str(), "+",
                                "COUNT",  std::to_string(entries_a_page)};
        const Result<redis::Reply> reply = co_await services_.redis.execute(std::move(question), deadline);
        if (!reply) {
            co_return reply.error();
        }
        std::optional<std::vector<audit::Entry>> entries = audit::read_entries(*reply);
        if (!entries) {
            co_return redis::errc::unexpected_reply;
        }
        co_return std::move(*entries);
    }

    CallRouteServices services_;
};

}  // namespace

void add_call_routes(http::Router& router, CallRouteServices services) {
    const auto routes = std::make_shared<CallRoutes>(std::move(services));
    router.add("GET", "/api/v1/calls", [routes](const http::Request& request, const http::Parameters&) {
        const std::string program = program_of(request, routes->programs());
        if (!allowed(request)) {
            return at_once(not_allowed());
        }
        if (program.empty()) {
            return at_once(no_program(routes->programs()));
        }
        return routes->list(program, number_of(request, "days", usual_days, 1, most_days),
                            value_of(request, "from"));
    });
}

}  // namespace rightsline::api
