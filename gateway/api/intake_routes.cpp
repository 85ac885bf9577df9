#include "gateway/api/intake_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

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
        json::object out = to_json(*form, asked.program, services_.desk);
        out["program"] = asked.program;
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
        const Result<cases::Entered> entered =
            co_await services_.intake.enter(asked.program, asked.actor, std::move(*entry), in_time);
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
