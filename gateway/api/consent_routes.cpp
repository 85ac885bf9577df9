#include "gateway/api/consent_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

/// A purpose that nobody asked about is a no, without an hour.
json::object to_json(cases::Consent purpose, const cases::Said* said) {
    const cases::Said never;
    const cases::Said& last = said == nullptr ? never : *said;
    return {{"purpose", std::string(cases::to_word(purpose))},
            {"answer", std::string(cases::to_word(last.answer))},
            {"asked", said != nullptr},
            {"hour", last.hour},
            {"how", last.how}};
}

class ConsentRoutes {
 public:
    explicit ConsentRoutes(ConsentRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> show(const http::Request& request, std::string id) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const std::string program = program_of(request, services_.programs);
        if (program.empty() || !is_hex_id(id)) {
            co_return program.empty() ? no_program(services_.programs)
                                      : problem(404, "there is no such case");
        }
        const Deadline in_time = services_.clock.in(budget);
        cases::CaseStore store(services_.redis);
        const Result<cases::CaseFacts> facts = co_await store.facts(program, id, in_time);
        if (!facts) {
            const bool none = facts.error() == stores::make_error_code(stores::errc::no_such_case);
            co_return none ? problem(404, "there is no such case") : store_is_silent();
        }
        cases::ConsentBook book(services_.redis);
        const Result<cases::ConsentLedger> ledger = co_await book.ledger(program, id, in_time);
        if (!ledger) {
            co_return store_is_silent();
        }
        json::array consents;
        for (std::size_t i = 0; i < flows::consent_words.size(); ++i) {
            const auto purpose = static_cast<cases::Consent>(i);
            consents.push_back(to_json(purpose, ledger->find(purpose)));
        }
        co_return as_json(json::object{{"program", program},
                                       {"id", id},
                                       {"alias", facts->alias},
                                       {"contact", facts->contact},
                                       {"consents", std::move(consents)}});
    }

 private:
    ConsentRouteServices services_;
};

}  // namespace

void add_consent_routes(http::Router& router, ConsentRouteServices services) {
    const auto routes = std::make_shared<ConsentRoutes>(std::move(services));
    router.add("GET", "/api/v1/cases/{id}/consents",
               [routes](const http::Request& request, const http::Parameters& parameters) {
                   return routes->show(request, std::string(parameters["id"]));
               });
}

}  // namespace rightsline::api
