#include "gateway/api/link_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

class LinkRoutes {
 public:
    explicit LinkRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> change(CaseworkAsked asked, bool link) {
        const Deadline in_time = services_.clock.in(budget);
        const std::string other = text_of(asked.body, "with");
        if (other.empty()) {
            co_return problem(422, "say with which other report: {\"with\": its id}");
        }
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const Result<void> may = co_await may_act(asked, other, in_time);
        if (!may) {
            co_return casework_problem(may.error(), services_.desk, asked);
        }
        cases::LinkBook book(services_.redis);
        cases::Link both{asked.id, other, asked.actor.who};
        const std::int64_t now = services_.clock.now().time_since_epoch().count();
        Result<cases::Linking> done;
        if (link) {
            done = co_await book.link(asked.program, std::move(both), now, in_time);
        } else {
            done = co_await book.unlink(asked.program, std::move(both), now, in_time);
        }
        if (!done) {
            co_return casework_problem(done.error(), services_.desk, asked);
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"id", asked.id},
                                       {"with", other},
                                       {"before", *done == cases::Linking::was_so}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    /// Nobody acts under a name that somebody made up, nor on what they are kept out of.
    Awaitable<Result<void>> may_act(const CaseworkAsked& asked, std::string other, Deadline deadline) {
        const cases::Actor& actor = asked.actor;
        const std::vector<std::string> names = services_.desk.people(asked.program, actor.users).all;
        if (!actor.name.empty() && std::ranges::find(names, actor.name) == names.end()) {
            co_return cases::errc::unknown_person;
        }
        if (!is_hex_id(other)) {
            co_return stores::errc::no_such_case;
        }
        std::vector<cases::CaseFacts> both(2);
        both[0].id = asked.id;
        both[1].id = std::move(other);
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(asked.program, std::move(both), deadline);
        if (!standing) {
            co_return standing.error();
        }
        if (standing->front().work.keeps_out(actor.name)) {
            co_return cases::errc::may_not;
        }
        const bool there = standing->back().is_there_for(actor.name, actor.sees_all);
        co_return there ? Result<void>() : Result<void>(stores::errc::no_such_case);
    }

    CaseworkRouteServices services_;
};

json::object link_json(const cases::CaseFacts& facts) {
    return {{"id", facts.id},
            {"alias", facts.alias},
            {"status", facts.status},
            {"urgency", std::string(cases::to_word(facts.urgency))},
            {"reason", facts.reason}};
}

void add(http::Router& router, const std::shared_ptr<LinkRoutes>& routes, const char* path, bool link) {
    router.add("POST", path, [routes, link](const http::Request& request, const http::Parameters& in) {
        http::Response refusal;
        auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
        return asked ? routes->change(std::move(*asked), link) : at_once(std::move(refusal));
    });
}

}  // namespace

void add_link_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<LinkRoutes>(std::move(services));
    add(router, routes, "/api/v1/cases/{id}/links", true);
    add(router, routes, "/api/v1/cases/{id}/unlink", false);
}

Awaitable<Result<json::array>> links_of(LinkedCases services, std::string program, std::string id,
                                        Reader reader, Deadline deadline) {
    cases::LinkBook book(services.redis);
    const Result<std::vector<std::string>> ids = co_await book.of(program, std::move(id), deadline);
    if (!ids) {
        co_return ids.error();
    }
    std::vector<cases::CaseFacts> there;
    for (const std::string& one : *ids) {
        Result<cases::CaseFacts> facts = co_await services.cases.facts(program, one, deadline);
        if (facts) {
            there.push_back(std::move(*facts));
        } else if (facts.error() != stores::make_error_code(stores::errc::no_such_case)) {
            co_return facts.error();
        }
    }
    const Result<std::vector<cases::Standing>> standing =
        co_await services.desk.standing(std::move(program), there, deadline);
    if (!standing) {
        co_return standing.error();
    }
    json::array links;
    for (std::size_t i = 0; i < there.size(); ++i) {
        const cases::Standing& its = (*standing)[i];
        if (reader.has(its)) {
            links.push_back(link_json(there[i]));
        }
    }
    co_return links;
}

}  // namespace rightsline::api
