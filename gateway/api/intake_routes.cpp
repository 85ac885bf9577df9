#include "gateway/api/intake_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/handoff/taken_calls.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;
using namespace std::chrono_literals;
using Calls = std::vector<handoff::TakenCall>;

constexpr auto budget = 3s;
constexpr auto bindable = 24h;  // who took a call enters its report within a day
constexpr std::size_t most_shown = 20;

Calls only_of(const Calls& all, const std::string& person) {
    Calls theirs;
    std::ranges::copy_if(all, std::back_inserter(theirs),
                         [&person](const handoff::TakenCall& one) { return one.who == person; });
    return theirs;
}

http::Response not_their_call(const Calls& all, const std::string& call, const std::string& person) {
    if (person.empty()) {
        return problem(422, "who took the call enters its report: say who that is, as a name of the roster");
    }
    const auto taken = std::ranges::find(all, call, &handoff::TakenCall::name);
    return taken == all.end()
               ? problem(422, "nobody took a call of this name in the last day")
               : problem(409, "this call was taken by " + taken->who + ": they enter its report");
}

http::Response has_report(const std::optional<std::string>& alias) {
    return problem(409, alias && !alias->empty()
                            ? "of this call " + *alias + " was entered already: a call has one report"
                            : "of this call a report was entered already, and deleted since: a call has one");
}

/// Each with the key that a report of it is sealed to; one without a key cannot be entered.
json::object to_json(const cases::IntakeForm& form, const std::string& program, const cases::CaseDesk& desk) {
    json::array languages;
    for (const auto& [tag, name] : form.languages) {
        languages.push_back(json::object{{"tag", tag}, {"name", name}});
    }
    json::array families;
    for (const cases::IntakeFamily& one : form.families) {
        cases::CaseFacts facts;
        facts.circle = one.circle;
        const Result<vault::CirclePublicKey> circle = desk.circle_of(program, facts);
        families.push_back(json::object{{"key", one.key},
                                        {"words", one.words},
                                        {"urgency", std::string(cases::to_word(one.urgency))},
                                        {"circle", circle ? vault::public_key_text(*circle) : ""}});
    }
    json::array questions;
    for (const cases::IntakeQuestion& one : form.questions) {
        questions.push_back(json::object{{"name", one.name}, {"words", one.words}, {"needed", one.needed}});
    }
    return {{"language", form.language},
            {"languages", std::move(languages)},
            {"families", std::move(families)},
            {"questions", std::move(questions)}};
}

/// Nothing: a part is no base64.
std::optional<cases::IntakeEntry> entry_in(const json::object& body) {
    cases::IntakeEntry entry{text_of(body, "id"), text_of(body, "language"), text_of(body, "family")};
    const json::value* danger = body.if_contains("danger");
    entry.danger = danger != nullptr && danger->is_bool() && danger->get_bool();
    const json::value* parts = body.if_contains("parts");
    if (parts == nullptr || !parts->is_array()) {
        return entry;  // without parts, which is refused
    }
    for (const json::value& one : parts->get_array()) {
        std::optional<std::string> part = one.is_string() ? ops::from_base64(one.get_string()) : std::nullopt;
        if (!part) {
            return std::nullopt;
        }
        entry.parts.push_back(std::move(*part));
    }
    return entry;
}

class IntakeRoutes {
 public:
    explicit IntakeRoutes(IntakeRouteServices services) : services_(std::move(services)) {}

    /// Whoever will enter it is looked for first, so that a wrong name is told before a worker's words are typed.
    Awaitable<http::Response> form(CaseworkAsked asked, std::string language) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const std::vector<std::string> names = services_.desk.people(asked.program, asked.actor.users).all;
        const std::string& as = asked.actor.name;
        if (!as.empty() && std::ranges::find(names, as) == names.end()) {
            co_return casework_problem(cases::make_error_code(cases::errc::unknown_person), services_.desk,
                                       asked);
        }
        const Result<cases::IntakeForm> form = services_.intake.form(asked.program, language);
        if (!form) {
            co_return casework_problem(form.error(), services_.desk, asked);
        }
        // In a flood the audit of a day is more than is read at once; whoever tells something is written down all the same.
        const Result<json::array> calls = co_await calls_of(asked.program, as, in_time);
        if (!calls) {
            ops::log(ops::Level::warn, "calls_not_told", {{"error", calls.error()}});
        }
        json::object out = to_json(*form, asked.program, services_.desk);
        out["program"] = asked.program;
        out["calls"] = calls ? *calls : json::array();
        json::array& colleagues = out["colleagues"].emplace_array();
        for (const std::string& one : services_.desk.people(asked.program, {}).all) {
            if (one != as) {
                colleagues.push_back(json::string(one));
            }
        }
        co_return as_json(out);
    }

    Awaitable<http::Response> enter(CaseworkAsked asked) {
        std::optional<cases::IntakeEntry> entry = entry_in(asked.body);
        if (!entry || !is_hex_id(entry->id)) {
            co_return problem(422, "a report needs an id of 32 hexadecimal characters, and parts in base64");
        }
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const std::string call = text_of(asked.body, "call");
        http::Response refusal;
        const bool bound = co_await bind(asked, call, *entry, refusal, in_time);
        if (!bound) {
            co_return refusal;
        }
        const Result<cases::Entered> entered =
            co_await services_.intake.enter(asked.program, asked.actor, std::move(*entry), in_time);
        if (!entered && entered.error() == cases::make_error_code(cases::errc::call_has_report)) {
            const auto alias = co_await services_.intake.report_of(asked.program, call, in_time);
            co_return alias ? has_report(*alias) : store_is_silent();
        }
        if (!entered) {
            co_return casework_problem(entered.error(), services_.desk, asked);
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"id", entered->facts.id},
                                       {"alias", entered->facts.alias},
                                       {"urgency", std::string(cases::to_word(entered->facts.urgency))},
                                       {"code", entered->code.reveal()}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    Awaitable<Result<Calls>> taken(std::string program, Deadline deadline) {
        const ops::UtcMs since = services_.clock.now() - bindable;
        co_return co_await handoff::taken_calls(services_.redis, std::move(program), since, deadline);
    }

    /// Callers that somebody took, the newest first, and what was entered of each.
    Awaitable<Result<json::array>> calls_of(std::string program, std::string person, Deadline deadline) {
        json::array out;
        if (person.empty()) {
            co_return out;
        }
        const Result<Calls> all = co_await taken(program, deadline);
        if (!all) {
            co_return all.error();
        }
        Calls theirs = only_of(*all, person);
        std::ranges::reverse(theirs);
        for (std::size_t i = 0; i < theirs.size() && i < most_shown; ++i) {
            const auto report = co_await services_.intake.report_of(program, theirs[i].name, deadline);
            if (!report) {
                co_return report.error();
            }
            json::object one{{"call", theirs[i].name},
                             {"at", theirs[i].at},
                             {"over", theirs[i].over},
                             {"report", nullptr}};
            if (*report) {
                one["report"] = **report;
            }
            out.push_back(std::move(one));
        }
        co_return out;
    }

    /// The call that it was told in, "" = none, goes into the entry. No: `refusal` says why.
    Awaitable<bool> bind(const CaseworkAsked& asked, const std::string& call, cases::IntakeEntry& entry,
                         http::Response& refusal, Deadline deadline) {
        if (call.empty()) {
            co_return true;
        }
        const Result<Calls> all = co_await taken(asked.program, deadline);
        if (!all) {
            refusal = store_is_silent();
            co_return false;
        }
        const Calls theirs = only_of(*all, asked.actor.name);
        const auto found = std::ranges::find(theirs, call, &handoff::TakenCall::name);
        if (found == theirs.end()) {
            refusal = not_their_call(*all, call, asked.actor.name);
            co_return false;
        }
        constexpr std::int64_t an_hour = 3600;
        entry.call = cases::ToldInCall{call, found->at / an_hour * an_hour};
        co_return true;
    }

    IntakeRouteServices services_;
};

}  // namespace

void add_intake_routes(http::Router& router, IntakeRouteServices services) {
    const auto routes = std::make_shared<IntakeRoutes>(std::move(services));
    router.add("GET", "/api/v1/intake", [routes](const http::Request& request, const http::Parameters&) {
        http::Response refusal;
        auto asked = read_casework(request, routes->programs(), "", refusal);
        if (asked && request.actor.empty()) {
            asked->actor.name = value_of(request, "as");  // "": not said yet
        }
        return asked ? routes->form(std::move(*asked), value_of(request, "language"))
                     : at_once(std::move(refusal));
    });
    router.add("POST", "/api/v1/cases", [routes](const http::Request& request, const http::Parameters&) {
        http::Response refusal;
        auto asked = read_casework(request, routes->programs(), "", refusal);
        return asked ? routes->enter(std::move(*asked)) : at_once(std::move(refusal));
    });
}

}  // namespace rightsline::api
