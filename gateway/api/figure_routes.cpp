#include "gateway/api/figure_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/cases/figures.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 12s;  // the command waits for fifteen
constexpr int a_page = 200;

json::value shown(const cases::FigureCount::Shown& figure) {
    return figure ? json::value(*figure) : json::value(nullptr);
}

json::object to_json(const std::string& program, const cases::FigureCount::Figures& figures) {
    json::array statuses;
    for (const auto& [key, lasted] : figures.statuses) {
        statuses.push_back(json::object{
            {"status", key}, {"cases", shown(lasted.cases)}, {"median_days", shown(lasted.median_days)}});
    }
    return {{"program", program},
            {"until", figures.until},
            {"check_ins", json::object{{"asked", shown(figures.asked)},
                                       {"answered", shown(figures.answered)},
                                       {"changed", shown(figures.changed)}}},
            {"statuses", std::move(statuses)}};
}

class FigureRoutes {
 public:
    FigureRoutes(CaseworkRouteServices services, std::int64_t most)
        : services_(std::move(services)), most_(most) {}

    Awaitable<http::Response> figures(std::string program) {
        const auto now = std::chrono::floor<std::chrono::seconds>(services_.clock.now());
        cases::FigureCount count(cases::quarter_of(now));
        const Deadline in_time = services_.clock.in(budget);
        std::int64_t total = 1;
        for (int skip = 0; skip < total; skip += a_page) {
            const Result<cases::CasePage> page =
                co_await services_.cases.list(program, skip, a_page, in_time);
            if (!page) {
                co_return store_is_silent();
            }
            total = page->total;
            if (total > most_) {
                co_return too_many(program, total);
            }
            const Result<void> added = co_await add(program, page->cases, count, in_time);
            if (!added) {
                co_return store_is_silent();
            }
        }
        co_return as_json(to_json(program, count.figures()));
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    /// They cannot be told page by page: of a part of them a single report could be found.
    http::Response too_many(const std::string& program, std::int64_t total) const {
        return problem(
            422, program + " has " + std::to_string(total) + " cases, and at most " + std::to_string(most_) +
                     " are counted beside the workers that the server answers; nothing was counted");
    }

    Awaitable<Result<void>> add(std::string program, std::vector<cases::CaseFacts> page,
                                cases::FigureCount& count, Deadline deadline) {
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(program, page, deadline);
        if (!standing) {
            co_return standing.error();
        }
        cases::CheckInBook book(services_.redis);
        for (std::size_t i = 0; i < page.size(); ++i) {
            const std::string id = page[i].id;
            const Result<std::vector<cases::CheckIn>> asked = co_await book.of(program, id, deadline);
            if (!asked) {
                co_return asked.error();
            }
            count.add(page[i], (*standing)[i].work, *asked);
        }
        co_return Result<void>();
    }

    CaseworkRouteServices services_;
    std::int64_t most_;
};

}  // namespace

void add_figure_routes(http::Router& router, CaseworkRouteServices services, std::int64_t most) {
    const auto routes = std::make_shared<FigureRoutes>(std::move(services), most);
    router.add("GET", "/api/v1/figures", [routes](const http::Request& request, const http::Parameters&) {
        http::Response refusal;
        auto asked = read_casework(request, routes->programs(), "", refusal);
        return asked ? routes->figures(std::move(asked->program)) : at_once(std::move(refusal));
    });
}

}  // namespace rightsline::api
