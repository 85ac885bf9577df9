#include "gateway/api/alert_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/alerts/error.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/api/roster_json.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/outbox/fate.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using alerts::Alert;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr int most_open = 100;
constexpr std::size_t told_in_list = 12;  // of one alert: the last ones

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

json::object to_json(const alerts::Told& told, const outbox::Fate& fate) {
    return {{"person", told.person},
            {"by", told.medium},
            {"at", seconds(told.at)},
            {"state", fate.state},
            {"attempts", fate.attempts},
            {"delivery", std::string(name_of(fate.delivery.state()))},
            {"contradictory", fate.delivery.contradictory()},
            {"code", fate.delivery.code()}};
}

json::object to_json(const Alert& alert) {
    json::object out{{"id", alert.case_id},
                     {"alias", alert.alias},
                     {"urgency", std::string(cases::to_word(alert.urgency))},
                     {"raised", seconds(alert.raised)},
                     {"messages", alert.messages},
                     {"taken_by", nullptr}};
    if (alert.is_taken()) {
        out["taken_by"] = alert.taken_by;
        out["taken_how"] = alert.taken_how;
        out["taken_at"] = seconds(alert.taken_at);
    }
    return out;
}

http::Response problem_of(const boost::system::error_code& error) {
    if (error == alerts::make_error_code(alerts::errc::no_such_alert)) {
        return problem(404, "nobody was told of such a report: there is none, or it is still to be told");
    }
    if (error == alerts::make_error_code(alerts::errc::contended)) {
        return problem(503, "others changed it at the same moment; nothing was changed by you. try again");
    }
    return store_is_silent();
}

std::optional<flows::Urgency> urgency_of(const std::string& word) {
    for (const flows::Urgency one : {flows::Urgency::p1, flows::Urgency::p2, flows::Urgency::p3}) {
        if (word == cases::to_word(one)) {
            return one;
        }
    }
    return word.empty() ? std::optional(flows::Urgency::p1) : std::nullopt;
}

class AlertRoutes {
 public:
    explicit AlertRoutes(AlertRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(std::string program, alerts::AlertDesk::Asking who) {
        const Deadline in_time = services_.clock.in(budget);
        Result<std::vector<Alert>> open =
            co_await services_.alerts.open_alerts(program, std::move(who), most_open, in_time);
        if (!open) {
            co_return problem_of(open.error());
        }
        std::ranges::sort(*open, {}, [](const Alert& one) { return std::pair(one.urgency, one.raised); });
        json::array all;
        for (const Alert& alert : *open) {
            const Result<json::object> one = co_await with_fates(program, alert, told_in_list, in_time);
            if (!one) {
                co_return problem_of(one.error());
            }
            all.push_back(*one);
        }
        co_return as_json(json::object{{"program", program},
                                       {"people", services_.alerts.program(program)->roster.people.size()},
                                       {"more", open->size() >= most_open},
                                       {"alerts", std::move(all)}});
    }

    Awaitable<http::Response> show(std::string program, std::string id) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<Alert> alert = co_await services_.alerts.find(program, std::move(id), in_time);
        if (!alert) {
            co_return problem_of(alert.error());
        }
        Result<json::object> whole = co_await with_fates(program, *alert, alerts::most_told, in_time);
        if (!whole) {
            co_return problem_of(whole.error());
        }
        (*whole)["program"] = program;
        co_return as_json(*whole);
    }

    /// `user`: who is logged in, and takes it for themselves; "" on the local socket, where a name is told: of the roster, or of
    /// a user who may work on cases.
    Awaitable<http::Response> take(std::string program, std::string id, std::string user, std::string body) {
        const std::string person = user.empty() ? person_in(body) : user;
        const char* how = user.empty() ? "api" : "console";
        const Deadline in_time = services_.clock.in(budget);
        if (user.empty() && !is_on_roster(program, person)) {
            const auto users = co_await colleagues(services_.users, program, in_time);
            if (!users) {
                co_return store_is_silent();
            }
            if (std::ranges::find(*users, person) == users->end()) {
                co_return nobody_by_name(program, *users);
            }
        }
        const auto taken = co_await services_.alerts.take(program, id, person, how, in_time);
        if (!taken) {
            co_return problem_of(taken.error());
        }
        if (*taken == alerts::Answer::not_yours) {
            co_return problem(409, "this case keeps " + person + " out: somebody else has to take it");
        }
        const Result<Alert> alert = co_await services_.alerts.find(program, id, in_time);
        if (!alert) {
            co_return problem_of(alert.error());
        }
        if (*taken == alerts::Answer::too_late) {
            co_return problem(409, alert->taken_by + " has " + alert->alias + " already");
        }
        json::object out = to_json(*alert);
        out["before"] = *taken == alerts::Answer::was_yours;
        co_return as_json(out);
    }

    /// `why`: whoever asks may learn that a conflict keeps people away. Where one person alone is on duty it tells that of them, at any
    /// hour that is asked for: nobody else is told by the lists.
    Awaitable<http::Response> now(std::string program, std::string urgency_word, std::string at_word,
                                  bool why) {
        const alerts::AlertProgram& context = *services_.alerts.program(program);
        const std::optional<flows::Urgency> urgency = urgency_of(urgency_word);
        const std::optional<people::WeekTime> at = at_word.empty()
                                                       ? std::optional(services_.alerts.local_time(context))
                                                       : people::parse_wall_time(at_word);
        if (!urgency) {
            co_return problem(422, "this is no urgency: write P1, P2 or P3");
        }
        if (!at) {
            co_return problem(422, "this is no time: write it as 2026-11-22 03:00");
        }
        if (context.roster.empty()) {
            co_return problem(404, program + " has no roster: nobody is told when a report comes in");
        }
        const Deadline in_time = services_.clock.in(budget);
        auto stopped = co_await services_.alerts.stopped(program, in_time);
        const Result<cases::SitesPtr> sites = co_await services_.desk.sites(program, in_time);
        json::object foreseen = roster_json(context.roster, *urgency, *at,
                                            stopped ? std::optional(std::move(*stopped)) : std::nullopt);
        const bool with_lists = why && sites;  // else the answer would say who stands on an employer's
        foreseen["callers"] = callers_reach(context.roster, *at, with_lists ? sites->get() : nullptr);
        foreseen["program"] = program;
        co_return as_json(foreseen);
    }

    /// The program that is meant; nothing, and `refusal` says why.
    std::optional<std::string> admit(const http::Request& request, http::Response& refusal) const {
        const std::string program = program_of(request, services_.programs);
        if (!allowed(request)) {
            refusal = not_allowed();
            return std::nullopt;
        }
        if (program.empty() || services_.alerts.program(program) == nullptr) {
            refusal = no_program(services_.programs);
            return std::nullopt;
        }
        return program;
    }

 private:
    /// An alert with its last `most` messages, and what became of each.
    Awaitable<Result<json::object>> with_fates(std::string program, Alert alert, std::size_t most,
                                               Deadline deadline) {
        const std::size_t first = alert.told.size() - std::min(most, alert.told.size());
        std::vector<std::string> ids;
        for (std::size_t i = first; i < alert.told.size(); ++i) {
            ids.push_back(alert.told[i].message);
        }
        const stores::Keyspace keys(program);
        const Result<std::vector<outbox::Fate>> fates =
            co_await outbox::fates(services_.redis, keys, alert.line, std::move(ids), deadline);
        if (!fates) {
            co_return fates.error();
        }
        json::array told;
        for (std::size_t i = 0; i < fates->size(); ++i) {
            told.push_back(to_json(alert.told[first + i], (*fates)[i]));
        }
        json::object out = to_json(alert);
        out["told"] = std::move(told);
        co_return out;
    }

    static std::string person_in(const std::string& body) {
        boost::system::error_code failed;
        const json::value value = json::parse(body, failed);
        const json::object* asked = failed ? nullptr : value.if_object();
        return asked == nullptr ? "" : ops::text_of(*asked, "person");
    }

    bool is_on_roster(const std::string& program, const std::string& name) const {
        const std::vector<people::Person>& all = services_.alerts.program(program)->roster.people;
        return std::ranges::find(all, name, &people::Person::name) != all.end();
    }

    http::Response nobody_by_name(const std::string& program, const std::vector<std::string>& users) const {
        std::vector<std::string> names;
        for (const people::Person& person : services_.alerts.program(program)->roster.people) {
            names.push_back(person.name);
        }
        names.insert(names.end(), users.begin(), users.end());
        return problem(
            422, names.empty()
                     ? program + " has neither a roster nor users, and so nobody who could take it"
                     : "nobody on the roster or among its users has this name; there are " + joined(names));
    }

    AlertRouteServices services_;
};

}  // namespace

void add_alert_routes(http::Router& router, AlertRouteServices services) {
    const auto routes = std::make_shared<AlertRoutes>(std::move(services));
    /// Who may not ask gets no further; the others' program is known.
    const auto add = [&](const char* method, const char* path, auto act) {
        router.add(method, path,
                   [routes, act](const http::Request& request, const http::Parameters& parameters) {
                       http::Response refusal;
                       const std::optional<std::string> program = routes->admit(request, refusal);
                       return program ? act(*routes, *program, request, std::string(parameters["id"]))
                                      : at_once(std::move(refusal));
                   });
    };
    using Routes = AlertRoutes;
    add("GET", "/api/v1/alerts",
        [](Routes& to, const std::string& program, const http::Request& request, const std::string&) {
            return to.list(program, {request.actor, request.actor.empty() || request.sees_all});
        });
    add("GET", "/api/v1/alerts/{id}",
        [](Routes& to, const std::string& program, const http::Request&, const std::string& id) {
            return is_hex_id(id) ? to.show(program, id) : at_once(problem(404, "there is no such case"));
        });
    add("POST", "/api/v1/alerts/{id}/take",
        [](Routes& to, const std::string& program, const http::Request& request, const std::string& id) {
            return is_hex_id(id) ? to.take(program, id, request.actor, request.body)
                                 : at_once(problem(404, "there is no such case"));
        });
    add("GET", "/api/v1/roster/now",
        [](Routes& to, const std::string& program, const http::Request& request, const std::string&) {
            return to.now(program, value_of(request, "urgency"), value_of(request, "at"),
                          request.actor.empty());
        });
}

}  // namespace rightsline::api
