#include "gateway/api/sites_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/cases/release.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using cases::SitesWish;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr auto release_budget = 20s;  // a program may have many cases

json::array names_of(const cases::Sites::Names& names) { return json::array(names.begin(), names.end()); }

bool may_shut_out(const SitesWish& wish) {
    const auto* listed = std::get_if<cases::ListEmployer>(&wish);
    return std::holds_alternative<cases::RemoveSite>(wish) || (listed != nullptr && !listed->undo);
}

class SitesRoutes {
 public:
    explicit SitesRoutes(SitesRouteServices services)
        : services_(std::move(services)), sites_(services_.redis, services_.vault, services_.clock) {}

    Awaitable<http::Response> list(CaseworkAsked asked) {
        const Result<cases::Sites> known = co_await sites_.read(asked.program, services_.clock.in(budget));
        if (!known) {
            co_return casework_problem(known.error(), services_.desk, asked);
        }
        json::array sites;
        for (const auto& [site, employer] : known->employer) {
            sites.push_back(json::object{{"site", site}, {"employer", names_of(employer)}});
        }
        json::array near;
        for (const auto& [person, theirs] : known->near) {
            near.push_back(json::object{{"person", person}, {"sites", names_of(theirs)}});
        }
        co_return as_json(
            json::object{{"program", asked.program}, {"sites", std::move(sites)}, {"near", std::move(near)}});
    }

    Awaitable<http::Response> change(CaseworkAsked asked, SitesWish wish) {
        const Deadline in_time = services_.clock.in(budget);
        const bool lists = std::holds_alternative<cases::ListEmployer>(wish);
        Result<std::vector<std::string>> people = co_await known_people(asked.program, lists, in_time);
        if (!people) {
            co_return store_is_silent();
        }
        const bool shuts_out = may_shut_out(wish);
        cases::SitesDesk::Asked by{asked.actor.who, asked.actor.name, std::move(*people)};
        const Result<cases::SitesDecision> done =
            co_await sites_.change(asked.program, std::move(by), std::move(wish), in_time);
        if (!done) {
            co_return casework_problem(done.error(), services_.desk, asked);
        }
        // Also of what was so already: a request that was cut off in the middle is made good by asking it again.
        const Result<int> freed = co_await release(asked, shuts_out);
        if (!freed) {
            co_return problem(503,
                              "it is noted, and not all that somebody may have no more is back in the "
                              "pool: do this again");
        }
        co_return as_json(
            json::object{{"program", asked.program}, {"before", !done->changed}, {"cases_released", *freed}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    /// What somebody has who may have it no more goes back to the pool. How many.
    Awaitable<Result<int>> release(CaseworkAsked asked, bool shuts_out) {
        if (!shuts_out) {
            co_return 0;
        }
        cases::Actor by{asked.actor.who, "", {}};
        const Deadline patient = services_.clock.in(release_budget);
        co_return co_await cases::release_cases(services_.cases, services_.desk, asked.program, "",
                                                std::move(by), patient);
    }

    /// Those of the roster, and whoever has a role in the program. `others`: or in another organisation of it, to which its cases
    /// may go: they look after no site of ours, and may well stand on an employer's side.
    Awaitable<Result<std::vector<std::string>>> known_people(std::string program, bool others,
                                                             Deadline deadline) {
        const Result<std::vector<access::User>> users = co_await services_.users.list(deadline);
        if (!users) {
            co_return users.error();
        }
        std::vector<std::string> sides{program};
        for (const flows::Organisation& one :
             others ? services_.desk.organisations(program) : std::vector<flows::Organisation>()) {
            sides.push_back(program + "/" + one.key);
        }
        std::vector<std::string> names;
        for (const access::User& one : *users) {
            const auto is_theirs = [&one](const std::string& side) {
                return one.grants.by_program().contains(side);
            };
            if (std::ranges::any_of(sides, is_theirs)) {
                names.push_back(one.name);
            }
        }
        co_return services_.desk.people(program, names).all;
    }

    SitesRouteServices services_;
    cases::SitesDesk sites_;
};

bool is_true(const json::object& in, std::string_view name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

cases::Sites::Names sites_in(const json::object& in) {
    const json::value* value = in.if_contains("sites");
    cases::Sites::Names names;
    for (const json::value& one :
         value != nullptr && value->is_array() ? value->get_array() : json::array()) {
        names.emplace_back(one.is_string() ? std::string(one.get_string()) : std::string());
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

using Act = std::function<Awaitable<http::Response>(SitesRoutes&, CaseworkAsked)>;

/// Who may not ask gets no further.
void add(http::Router& router, const std::shared_ptr<SitesRoutes>& routes, const char* method,
         const char* path, Act act) {
    router.add(method, path,
               [routes, act = std::move(act)](const http::Request& request, const http::Parameters&) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), "", refusal);
                   return asked ? act(*routes, std::move(*asked)) : at_once(std::move(refusal));
               });
}

void add_change(http::Router& router, const std::shared_ptr<SitesRoutes>& routes, const char* path,
                std::function<SitesWish(const json::object&)> wish_of) {
    add(router, routes, "POST", path, [wish_of = std::move(wish_of)](SitesRoutes& to, CaseworkAsked asked) {
        SitesWish wish = wish_of(asked.body);
        return to.change(std::move(asked), std::move(wish));
    });
}

}  // namespace

void add_sites_routes(http::Router& router, SitesRouteServices services) {
    const auto routes = std::make_shared<SitesRoutes>(std::move(services));
    add(router, routes, "GET", "/api/v1/sites",
        [](SitesRoutes& to, CaseworkAsked asked) { return to.list(std::move(asked)); });
    add_change(router, routes, "/api/v1/sites",
               [](const json::object& in) { return SitesWish(cases::AddSite{text_of(in, "site")}); });
    add_change(router, routes, "/api/v1/sites/remove",
               [](const json::object& in) { return SitesWish(cases::RemoveSite{text_of(in, "site")}); });
    add_change(router, routes, "/api/v1/sites/employer", [](const json::object& in) {
        return SitesWish(
            cases::ListEmployer{text_of(in, "site"), text_of(in, "person"), is_true(in, "undo")});
    });
    add_change(router, routes, "/api/v1/sites/near", [](const json::object& in) {
        return SitesWish(cases::SendTo{text_of(in, "person"), sites_in(in)});
    });
}

}  // namespace rightsline::api
