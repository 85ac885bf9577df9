#include "gateway/api/casework_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/audit_routes.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/api/export_routes.hpp"
#include "gateway/api/figure_routes.hpp"
#include "gateway/api/hold_routes.hpp"
#include "gateway/api/link_routes.hpp"
#include "gateway/api/note_routes.hpp"
#include "gateway/api/task_routes.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using cases::Wish;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

/// Whom it keeps out may be of another organisation; given it is to those whose line it is alone.
bool is_of_both(const Wish& wish) {
    return std::holds_alternative<cases::Exclude>(wish) || std::holds_alternative<cases::Readmit>(wish);
}

/// Who did this has the report: nobody is told of it any more.
bool stops_the_alert(const Wish& wish, const cases::Actor& actor) {
    const auto* assign = std::get_if<cases::Assign>(&wish);
    return std::holds_alternative<cases::SetStatus>(wish) ||
           (assign != nullptr && assign->from && !assign->person.empty() && assign->person == actor.name);
}

class CaseworkRoutes {
 public:
    explicit CaseworkRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> change(CaseworkAsked asked, Wish wish) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        if (is_of_both(wish) || !asked.organisation.empty()) {
            const Result<void> known = co_await add_others(asked, in_time);
            if (!known) {
                co_return store_is_silent();
            }
        }
        const Result<cases::Outcome> done =
            co_await services_.desk.change(asked.program, asked.id, asked.actor, wish, in_time);
        if (!done) {
            co_return casework_problem(done.error(), services_.desk, asked, wish);
        }
        if (stops_the_alert(wish, asked.actor) && done->changed) {
            // None is open, mostly. Where it cannot be taken now, its ladder goes on: that does no harm.
            co_await take_alert(asked, in_time);
        }
        if (!asked.organisation.empty()) {  // of a report that they may not have accepted
            co_return as_json(json::object{{"program", asked.program},
                                           {"id", asked.id},
                                           {"alias", done->facts.alias},
                                           {"urgency", to_json(done->facts).at("urgency")},
                                           {"status", ""},
                                           {"words", ""},
                                           {"assignee", ""},
                                           {"before", !done->changed}});
        }
        json::object out = to_json(done->facts);
        out["program"] = asked.program;
        out["assignee"] = done->work.assignee;
        out["site"] = done->work.site;
        out["category"] = done->work.category;
        out["before"] = !done->changed;
        out["words"] = done->words;
        co_return as_json(out);
    }

    /// What may be done with it next.
    Awaitable<http::Response> choices(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        const std::vector<cases::CaseFacts> it{*facts};
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(asked.program, it, in_time);
        const Result<std::vector<std::string>> users =
            co_await colleagues(services_.users, asked.program, in_time);
        if (!standing || !users) {
            co_return store_is_silent();
        }
        json::array people;
        for (const std::string& one : services_.desk.people(asked.program, *users).all) {
            if (!standing->front().work.keeps_out(one)) {
                people.emplace_back(one);
            }
        }
        json::array sites;
        if (const cases::SitesPtr& known = standing->front().work.sites) {
            for (const auto& [site, employer] : known->employer) {
                sites.emplace_back(site);
            }
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"id", asked.id},
                                       {"assignee", standing->front().work.assignee},
                                       {"site", standing->front().work.site},
                                       {"sites", std::move(sites)},
                                       {"category", standing->front().work.category},
                                       {"categories", categories(asked.program)},
                                       {"statuses", statuses(asked.program, *facts)},
                                       {"people", std::move(people)}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    /// Those that it may be given now, with what its worker would hear.
    json::array statuses(const std::string& program, cases::CaseFacts facts) const {
        const std::string now = facts.status;
        json::array out;
        for (const flows::CaseStatus& one : services_.desk.statuses(program)) {
            const bool follows = one.after.empty() || std::ranges::find(one.after, now) != one.after.end();
            if (one.by_itself || one.key == now || !follows) {
                continue;
            }
            facts.status = one.key;
            out.push_back(json::object{{"key", one.key},
                                       {"name", one.name},
                                       {"words", services_.desk.words_of(program, facts)},
                                       {"waits", one.waits},
                                       {"closes", one.closes}});
        }
        return out;
    }

    json::array categories(const std::string& program) const {
        json::array out;
        for (const flows::Category& one : services_.desk.categories(program)) {
            out.push_back(json::object{{"key", one.key},
                                       {"name", one.name},
                                       {"family", one.family},
                                       {"urgency", std::string(cases::to_word(one.urgency))}});
        }
        return out;
    }

    /// The users of the program's other organisations.
    Awaitable<Result<void>> add_others(CaseworkAsked& asked, Deadline deadline) {
        for (const flows::Organisation& one : services_.desk.organisations(asked.program)) {
            const Result<std::vector<std::string>> users =
                co_await colleagues(services_.users, asked.program + "/" + one.key, deadline);
            if (!users) {
                co_return users.error();
            }
            asked.actor.users.insert(asked.actor.users.end(), users->begin(), users->end());
        }
        co_return Result<void>();
    }

    Awaitable<void> take_alert(const CaseworkAsked& asked, Deadline deadline) {
        co_await services_.alerts.take(asked.program, asked.id, asked.actor.who, "status", deadline);
    }

    CaseworkRouteServices services_;
};

using Act = std::function<Awaitable<http::Response>(CaseworkRoutes&, CaseworkAsked)>;
using ReadAsked = decltype(&read_casework);

/// Who may not ask gets no further.
void add(http::Router& router, const std::shared_ptr<CaseworkRoutes>& routes, const char* method,
         const char* path, Act act, ReadAsked reader = read_casework) {
    router.add(
        method, path,
        [routes, reader, act = std::move(act)](const http::Request& request, const http::Parameters& in) {
            http::Response refusal;
            auto asked = reader(request, routes->programs(), std::string(in["id"]), refusal);
            return asked ? act(*routes, std::move(*asked)) : at_once(std::move(refusal));
        });
}

/// A POST that changes a case as `wish_of` reads it.
void add_change(http::Router& router, const std::shared_ptr<CaseworkRoutes>& routes, const char* path,
                std::function<Wish(const CaseworkAsked&)> wish_of, ReadAsked reader = read_casework) {
    add(
        router, routes, "POST", path,
        [wish_of = std::move(wish_of)](CaseworkRoutes& to, CaseworkAsked asked) {
            Wish wish = wish_of(asked);
            return to.change(std::move(asked), std::move(wish));
        },
        reader);
}

/// The same of what may be wished to be nobody or nothing: "" says so, and a body that lacks the word says nothing.
void add_choice(http::Router& router, const std::shared_ptr<CaseworkRoutes>& routes, const char* path,
                const char* word, std::function<Wish(const CaseworkAsked&, std::string)> wish_of) {
    add(router, routes, "POST", path,
        [word, wish_of = std::move(wish_of)](CaseworkRoutes& to, CaseworkAsked asked) {
            const json::value* said = asked.body.if_contains(word);
            if (said == nullptr || !said->is_string()) {
                return at_once(
                    problem(422, std::string("say the ") + word + R"( as a text, or "" for none)"));
            }
            Wish wish = wish_of(asked, std::string(said->get_string()));
            return to.change(std::move(asked), std::move(wish));
        });
}

std::string person_in(const CaseworkAsked& asked) { return text_of(asked.body, "person"); }

}  // namespace

void add_casework_routes(http::Router& router, CaseworkRouteServices services) {
    add_note_routes(router, services);
    add_link_routes(router, services);
    add_task_routes(router, services);
    add_figure_routes(router, services);
    add_audit_routes(router, services);
    add_export_routes(router, services);
    add_hold_routes(router, services);
    const auto routes = std::make_shared<CaseworkRoutes>(std::move(services));
    add_change(router, routes, "/api/v1/cases/{id}/status", [](const CaseworkAsked& asked) {
        return Wish(cases::SetStatus{text_of(asked.body, "status")});
    });
    add_change(router, routes, "/api/v1/cases/{id}/take",
               [](const CaseworkAsked& asked) { return Wish(cases::Assign{asked.actor.name, ""}); });
    add_choice(router, routes, "/api/v1/cases/{id}/hand-over", "person",
               [](const CaseworkAsked& asked, std::string to) {
                   return Wish(cases::Assign{std::move(to), asked.actor.name});
               });
    add_choice(router, routes, "/api/v1/cases/{id}/assign", "person",
               [](const CaseworkAsked&, std::string to) { return Wish(cases::Assign{std::move(to)}); });
    add_change(
        router, routes, "/api/v1/cases/{id}/recuse",
        [](const CaseworkAsked&) { return Wish(cases::Recuse{}); }, read_side);
    add_change(router, routes, "/api/v1/cases/{id}/exclude",
               [](const CaseworkAsked& asked) { return Wish(cases::Exclude{person_in(asked)}); });
    add_change(router, routes, "/api/v1/cases/{id}/readmit",
               [](const CaseworkAsked& asked) { return Wish(cases::Readmit{person_in(asked)}); });
    add_choice(router, routes, "/api/v1/cases/{id}/site", "site",
               [](const CaseworkAsked&, std::string to) { return Wish(cases::SetSite{std::move(to)}); });
    add_choice(router, routes, "/api/v1/cases/{id}/category", "category",
               [](const CaseworkAsked&, std::string to) { return Wish(cases::SetCategory{std::move(to)}); });
    add(router, routes, "GET", "/api/v1/cases/{id}/choices",
        [](CaseworkRoutes& to, CaseworkAsked asked) { return to.choices(std::move(asked)); });
}

}  // namespace rightsline::api
