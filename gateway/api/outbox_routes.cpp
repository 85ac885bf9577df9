#include "gateway/api/outbox_routes.hpp"

#include <array>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/outbox/never_known.hpp"
#include "redis/error.hpp"
#include "redis/lease_tally.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr std::array<const char*, outbox::lanes> lane_names{"alert", "reply", "blast"};
constexpr std::size_t longest_place = 512;  // of a walk; survey() says what it is

json::object to_json(const std::string& line, const redis::LeaseTally& tally,
                     const outbox::NeverKnown& never) {
    json::object waiting;
    for (std::size_t lane = 0; lane < lane_names.size() && lane < tally.lanes.size(); ++lane) {
        waiting[lane_names[lane]] = tally.lanes[lane];
    }
    return {{"line", line},
            {"waiting", std::move(waiting)},
            {"under_way", tally.leased},
            {"in_doubt", tally.unknown},
            {"unknown", never.count},
            {"aside", tally.aside}};
}

class OutboxRoutes {
 public:
    explicit OutboxRoutes(OutboxRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(const http::Request& request) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const std::string program = program_of(request, services_.programs);
        if (program.empty()) {
            co_return no_program(services_.programs);
        }
        const Deadline in_time = services_.clock.in(budget);
        json::array lines;
        for (const outbox::LineOut* line : lines_of(program)) {
            const Result<redis::LeaseTally> tally =
                co_await redis::tally(services_.redis, line->queue, in_time);
            if (!tally) {
                co_return store_is_silent();
            }
            const ops::UtcMs now = services_.clock.now();
            const Result<outbox::NeverKnown> never =
                co_await outbox::never_known(services_.redis, *line, now, in_time);
            if (!never) {
                co_return store_is_silent();
            }
            lines.push_back(to_json(line->line, *tally, *never));
        }
        const Result<json::array> copies = co_await copies_of(program, in_time);
        if (!copies) {
            co_return store_is_silent();
        }
        co_return as_json(
            json::object{{"program", program}, {"lines", std::move(lines)}, {"copies", *copies}});
    }

    Awaitable<http::Response> findings(const http::Request& request) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const std::string program = program_of(request, services_.programs);
        const std::vector<const outbox::LineOut*> lines = lines_of(program);
        const int place = number_of(request, "line", 0, 0, 1'000'000);
        if (program.empty() || std::cmp_greater_equal(place, lines.size())) {
            co_return program.empty() ? no_program(services_.programs)
                                      : problem(404, "there is no such line");
        }
        const outbox::LineOut& line = *lines[static_cast<std::size_t>(place)];
        std::string from = value_of(request, "from");
        if (from.size() > longest_place) {
            co_return problem(422, "this is no place in a walk");
        }
        const Deadline in_time = services_.clock.in(budget);
        const Result<redis::Survey> page =
            co_await redis::survey(services_.redis, line.queue, std::move(from), in_time);
        if (!page) {
            const bool odd = page.error() == redis::make_error_code(redis::errc::out_of_bounds);
            co_return odd ? problem(422, "this is no place in a walk") : store_is_silent();
        }
        json::array found;
        for (const redis::Survey::Finding& one : page->findings) {
            found.push_back(json::object{{"message", one.id}, {"what", one.what}});
        }
        co_return as_json(json::object{{"line", line.line},
                                       {"looked_at", page->looked_at},
                                       {"findings", std::move(found)},
                                       {"next", page->next}});
    }

 private:
    /// What providers still hold, by account; those that are to keep it are left out.
    Awaitable<Result<json::array>> copies_of(std::string program, Deadline deadline) {
        json::array all;
        for (const auto& [name, account] : services_.copies.accounts()) {
            if (account.policy == outbox::CopyPolicy::keep) {
                continue;
            }
            const Result<outbox::CopyTally> tally = co_await services_.copies.tally(program, name, deadline);
            if (!tally) {
                co_return tally.error();
            }
            all.push_back(json::object{{"account", name},
                                       {"waiting", tally->waiting},
                                       {"late", tally->late},
                                       {"given_up", tally->given_up}});
        }
        co_return all;
    }

    /// In the order of their numbers, which is the order of the list.
    std::vector<const outbox::LineOut*> lines_of(const std::string& program) const {
        std::vector<const outbox::LineOut*> lines;
        for (const auto& [number, line] : services_.outbox.lines()) {
            if (line.program == program) {
                lines.push_back(&line);
            }
        }
        return lines;
    }

    OutboxRouteServices services_;
};

}  // namespace

void add_outbox_routes(http::Router& router, OutboxRouteServices services) {
    const auto routes = std::make_shared<OutboxRoutes>(std::move(services));
    router.add("GET", "/api/v1/outbox", [routes](const http::Request& request, const http::Parameters&) {
        return routes->list(request);
    });
    router.add("GET", "/api/v1/outbox/findings",
               [routes](const http::Request& request, const http::Parameters&) {
                   return routes->findings(request);
               });
}

}  // namespace rightsline::api
