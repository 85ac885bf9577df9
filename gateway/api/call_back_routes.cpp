#include "gateway/api/call_back_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/callbacks/error.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using callbacks::errc;

constexpr auto budget = 3s;

http::Response problem_of(const boost::system::error_code& error) {
    if (error == stores::make_error_code(stores::errc::no_such_case)) {
        return problem(404, "there is no such case");
    }
    if (error.category() == outbox::category()) {
        return problem(409, "the line that this worker knows makes no calls to that country, or none at all");
    }
    if (error.category() != callbacks::category()) {
        return store_is_silent();
    }
    switch (static_cast<errc>(error.value())) {
        case errc::closed:
            return problem(409, "the case is closed: its worker expects no call about it");
        case errc::not_wanted:
            return problem(409, "its worker has not asked to be called, or has taken it back");
        case errc::said_stop:
            return problem(409, "its worker's phone has sent STOP since: nothing goes to it");
        case errc::wrong_hour:
            return problem(409, "it is none of the hours in which its worker said that a call is safe");
        case errc::enough_today:
            return problem(409, "its worker was called twice today: a third call would be one too many");
        case errc::under_way:
            return problem(409, "somebody is calling its worker now");
        case errc::no_phone_of_ours:
            return problem(409,
                           "your own phone rings first, and the roster has none of yours that may be called");
        default:
            return problem(503, "somebody else changed it just then; please try again");
    }
}

class CallBackRoutes {
 public:
    explicit CallBackRoutes(CallBackRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> call(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const Result<cases::Casework> may =
            co_await services_.desk.may_act(asked.program, asked.id, asked.actor, in_time);
        if (!may) {
            co_return casework_problem(may.error(), services_.desk, asked);
        }
        callbacks::Wish wish{asked.program, asked.id, asked.actor.who, in_time};
        const Result<void> begun = co_await services_.call(std::move(wish));
        co_return begun ? as_json(json::object{{"id", asked.id}}) : problem_of(begun.error());
    }
    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    CallBackRouteServices services_;
};

}  // namespace

void add_call_back_routes(http::Router& router, CallBackRouteServices services) {
    const auto routes = std::make_shared<CallBackRoutes>(std::move(services));
    router.add("POST", "/api/v1/cases/{id}/call",
               [routes](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
                   return asked ? routes->call(std::move(*asked)) : at_once(std::move(refusal));
               });
}

}  // namespace rightsline::api
