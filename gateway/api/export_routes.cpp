#include "gateway/api/export_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

std::string sharing_purposes() {
    std::string all;
    for (std::size_t i = 0; i < flows::consent_words.size(); ++i) {
        const auto purpose = static_cast<cases::Consent>(i);
        if (cases::is_sharing(purpose)) {
            all += (all.empty() ? "" : ", ") + std::string(cases::to_word(purpose));
        }
    }
    return all;
}

class ExportRoutes {
 public:
    explicit ExportRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> let_out(CaseworkAsked asked) {
        const auto purpose = cases::consent_of(ops::text_of(asked.body, "purpose"));
        if (!purpose || !cases::is_sharing(*purpose)) {
            co_return problem(422, "a case is taken out for one of: " + sharing_purposes());
        }
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const Result<void> done =
            co_await services_.desk.hand_on(asked.program, asked.id, asked.actor, *purpose, in_time);
        if (!done && done.error().category() == cases::consent_category()) {
            co_return problem(409, done.error().message());
        }
        if (!done) {
            co_return casework_problem(done.error(), services_.desk, asked);
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"id", asked.id},
                                       {"alias", facts->alias},
                                       {"purpose", std::string(cases::to_word(*purpose))}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    CaseworkRouteServices services_;
};

}  // namespace

void add_export_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<ExportRoutes>(std::move(services));
    router.add("POST", "/api/v1/cases/{id}/export",
               [routes](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
                   return asked ? routes->let_out(std::move(*asked)) : at_once(std::move(refusal));
               });
}

}  // namespace rightsline::api
