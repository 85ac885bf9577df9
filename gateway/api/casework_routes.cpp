#include "gateway/api/casework_routes.hpp"

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/case_log.hpp"
#include "gateway/api/read_entry.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using cases::Wish;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr int most_skipped = 100'000'000;

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& one : names) {
        all += (all.empty() ? "" : ", ") + one;
    }
    return all;
}

/// Which of the program's statuses somebody may set.
std::string settable(const std::vector<flows::CaseStatus>& statuses) {
    std::vector<std::string> keys;
    for (const flows::CaseStatus& one : statuses) {
        if (!one.by_itself) {
            keys.push_back(one.key);
        }
    }
    return joined(keys);
}

std::string sentence(const boost::system::error_code& error, const cases::CaseDesk& desk,
                     const std::string& program, const Wish& wish) {
    const std::vector<flows::CaseStatus> statuses = desk.statuses(program);
    const auto* set = std::get_if<cases::SetStatus>(&wish);
    const std::string asked = set == nullptr ? "" : set->status;
    switch (static_cast<cases::errc>(error.value())) {
        case cases::errc::unknown_status:
            return program + " has no such status; it has " + settable(statuses);
        case cases::errc::said_by_itself:
            return asked + " is said by itself, from whether somebody took the report; set one of " +
                   settable(statuses);
        case cases::errc::not_after: {
            const flows::CaseStatus* status = cases::find_status(statuses, asked);
            return asked + " follows " + (status == nullptr ? "" : joined(status->after)) +
                   " only, and this case has another status";
        }
        case cases::errc::unknown_person: {
            const std::string names = joined(desk.people(program).all);
            return names.empty() ? program + " has no roster, and so nobody by a name"
                                 : "nobody on the roster has this name, or none was given; it has " + names;
        }
        default:
            return error.message();
    }
}

int status_of(cases::errc error) {
    switch (error) {
        case cases::errc::contended:
        case cases::errc::no_script:
        case cases::errc::damaged:
            return 503;
        case cases::errc::may_not:
        case cases::errc::not_after:
        case cases::errc::too_many_notes:
            return 409;
        default:
            return 422;
    }
}

http::Response problem_of(const boost::system::error_code& error, const cases::CaseDesk& desk,
                          const std::string& program, const Wish& wish) {
    if (error == stores::make_error_code(stores::errc::no_such_case)) {
        return problem(404, "there is no such case");
    }
    if (error.category() != cases::category()) {
        return store_is_silent();
    }
    return problem(status_of(static_cast<cases::errc>(error.value())), sentence(error, desk, program, wish));
}

json::object entry_json(const audit::Entry& entry) {
    json::object out{{"at", static_cast<std::int64_t>(entry.id.ms / 1000)}};
    for (const auto& [name, value] : entry.fields) {
        if (name != "case") {
            out[name] = value;
        }
    }
    return out;
}

/// Who acts, on which case of which program, and what they sent.
struct Asked {
    std::string program;
    std::string id;
    cases::Actor actor;
    json::object body;
};

cases::Actor actor_of(const http::Request& request, const json::object& body) {
    const std::string name = text_of(body, "as");
    return {name.empty() ? "uid:" + std::to_string(request.peer_uid) : name, name};
}

class CaseworkRoutes {
 public:
    explicit CaseworkRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> change(Asked asked, Wish wish) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::Outcome> done =
            co_await services_.desk.change(asked.program, asked.id, asked.actor, wish, in_time);
        if (!done) {
            co_return problem_of(done.error(), services_.desk, asked.program, wish);
        }
        if (std::holds_alternative<cases::SetStatus>(wish) && done->changed) {
            // None is open, mostly. Where it cannot be taken now, its ladder goes on: that does no harm.
            co_await take_alert(asked, in_time);
        }
        json::object out = to_json(done->facts);
        out["program"] = asked.program;
        out["assignee"] = done->work.assignee;
        out["before"] = !done->changed;
        out["words"] = done->words;
        co_return as_json(out);
    }

    Awaitable<http::Response> keep_note(Asked asked) {
        const std::optional<std::string> sealed = ops::from_base64(text_of(asked.body, "sealed"));
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> kept = co_await services_.desk.keep_note(asked.program, asked.id, asked.actor,
                                                                    sealed.value_or(""), in_time);
        co_return kept ? as_json(json::object{{"id", asked.id}})
                       : problem_of(kept.error(), services_.desk, asked.program, Wish());
    }

    /// Where there are none nothing is read, and the audit says nothing.
    Awaitable<http::Response> notes(Asked asked, int from) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::NotePage> page =
            co_await services_.desk.notes(asked.program, asked.id, from, in_time);
        if (!page) {
            co_return store_is_silent();
        }
        Result<void> noted;
        if (!page->parts.empty()) {
            audit::Act act{audit::What::notes_read, asked.id, asked.actor.who};
            noted = co_await write_read_entry(services_.redis, services_.clock, asked.program, act, in_time);
        }
        if (!noted) {
            co_return problem_of(noted.error(), services_.desk, asked.program, Wish());
        }
        json::array sealed;
        for (const std::string& note : page->parts) {
            sealed.push_back(json::string(ops::to_base64(note)));
        }
        co_return as_json(json::object{
            {"program", asked.program}, {"notes", std::move(sealed)}, {"notes_total", page->total}});
    }

    Awaitable<http::Response> log(Asked asked, std::string from) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return problem_of(facts.error(), services_.desk, asked.program, Wish());
        }
        const Result<CaseLogPage> page =
            co_await read_case_log(services_.redis, asked.program, *facts, from, in_time);
        if (!page) {
            co_return store_is_silent();
        }
        json::array entries;
        for (const audit::Entry& entry : page->entries) {
            entries.push_back(entry_json(entry));
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"alias", facts->alias},
                                       {"entries", std::move(entries)},
                                       {"next", page->next}});
    }

    http::Response circle(const std::string& program) const {
        return as_json(json::object{{"program", program},
                                    {"circle", vault::public_key_text(services_.desk.circle(program))}});
    }

    /// Nothing, and `refusal` says why.
    std::optional<Asked> admit(const http::Request& request, std::string id, http::Response& refusal) const {
        const std::string program = program_of(request, services_.programs);
        if (!allowed(request)) {
            refusal = not_allowed();
            return std::nullopt;
        }
        if (program.empty()) {
            refusal = no_program(services_.programs);
            return std::nullopt;
        }
        if (!id.empty() && !is_hex_id(id)) {
            refusal = problem(404, "there is no such case");
            return std::nullopt;
        }
        boost::system::error_code failed;
        const json::value value = json::parse(request.body.empty() ? "{}" : request.body, failed);
        if (failed || !value.is_object()) {
            refusal = problem(422, "this is no JSON object");
            return std::nullopt;
        }
        return Asked{program, std::move(id), actor_of(request, value.get_object()), value.get_object()};
    }

 private:
    Awaitable<void> take_alert(const Asked& asked, Deadline deadline) {
        co_await services_.alerts.take(asked.program, asked.id, asked.actor.who, "status", deadline);
    }

    CaseworkRouteServices services_;
};

using Act = std::function<Awaitable<http::Response>(CaseworkRoutes&, Asked, const http::Request&)>;

/// Who may not ask gets no further.
void add(http::Router& router, const std::shared_ptr<CaseworkRoutes>& routes, const char* method,
         const char* path, Act act) {
    router.add(method, path,
               [routes, act = std::move(act)](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   std::optional<Asked> asked = routes->admit(request, std::string(in["id"]), refusal);
                   return asked ? act(*routes, std::move(*asked), request) : at_once(std::move(refusal));
               });
}

/// A POST that changes a case as `wish_of` reads it.
void add_change(http::Router& router, const std::shared_ptr<CaseworkRoutes>& routes, const char* path,
                std::function<Wish(const json::object&)> wish_of) {
    add(router, routes, "POST", path,
        [wish_of = std::move(wish_of)](CaseworkRoutes& to, Asked asked, const http::Request&) {
            Wish wish = wish_of(asked.body);
            return to.change(std::move(asked), std::move(wish));
        });
}

}  // namespace

void add_casework_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<CaseworkRoutes>(std::move(services));
    add_change(router, routes, "/api/v1/cases/{id}/status",
               [](const json::object& body) { return Wish(cases::SetStatus{text_of(body, "status")}); });
    add_change(router, routes, "/api/v1/cases/{id}/assign",
               [](const json::object& body) { return Wish(cases::Assign{text_of(body, "person")}); });
    add_change(router, routes, "/api/v1/cases/{id}/recuse",
               [](const json::object&) { return Wish(cases::Recuse{}); });
    add_change(router, routes, "/api/v1/cases/{id}/exclude",
               [](const json::object& body) { return Wish(cases::Exclude{text_of(body, "person")}); });
    add_change(router, routes, "/api/v1/cases/{id}/readmit",
               [](const json::object& body) { return Wish(cases::Readmit{text_of(body, "person")}); });
    add(router, routes, "POST", "/api/v1/cases/{id}/notes",
        [](CaseworkRoutes& to, Asked asked, const http::Request&) { return to.keep_note(std::move(asked)); });
    add(router, routes, "GET", "/api/v1/cases/{id}/notes",
        [](CaseworkRoutes& to, Asked asked, const http::Request& request) {
            const int from = number_of(request, "from", 0, 0, most_skipped);
            return to.notes(std::move(asked), from);
        });
    add(router, routes, "GET", "/api/v1/cases/{id}/log",
        [](CaseworkRoutes& to, Asked asked, const http::Request& request) {
            return to.log(std::move(asked), value_of(request, "from"));
        });
    add(router, routes, "GET", "/api/v1/circle", [](CaseworkRoutes& to, Asked asked, const http::Request&) {
        return at_once(to.circle(asked.program));
    });
}

}  // namespace rightsline::api
