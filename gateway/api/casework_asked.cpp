#include "gateway/api/casework_asked.hpp"

#include <boost/json.hpp>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using cases::Wish;

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

std::string known(const std::vector<flows::Category>& categories) {
    std::vector<std::string> keys;
    for (const flows::Category& one : categories) {
        keys.push_back(one.key);
    }
    return keys.empty() ? "none" : joined(keys);
}

std::string sentence(const boost::system::error_code& error, const cases::CaseDesk& desk,
                     const CaseworkAsked& it, const Wish& wish) {
    const std::string& program = it.program;
    const std::vector<flows::CaseStatus> statuses = desk.statuses(program);
    const auto* set = std::get_if<cases::SetStatus>(&wish);
    const std::string asked = set == nullptr ? "" : set->status;
    switch (static_cast<cases::errc>(error.value())) {
        case cases::errc::unknown_status:
            return program + " has no such status; it has " + settable(statuses);
        case cases::errc::unknown_category:
            return program + " has no such category; it has " + known(desk.categories(program));
        case cases::errc::said_by_itself:
            return asked + " is said by itself, from whether somebody took the report; set one of " +
                   settable(statuses);
        case cases::errc::not_after: {
            const flows::CaseStatus* status = cases::find_status(statuses, asked);
            return asked + " follows " + (status == nullptr ? "" : joined(status->after)) +
                   " only, and this case has another status";
        }
        case cases::errc::unknown_person: {
            const std::string names = joined(desk.people(program, it.actor.users).all);
            return names.empty()
                       ? program + " has neither a roster nor users, and so nobody by a name"
                       : "nobody on the roster or among its users has this name, or none was given; "
                         "there are " +
                             names;
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
        case cases::errc::not_theirs:
        case cases::errc::too_many_notes:
        case cases::errc::too_many_links:
        case cases::errc::too_many_tasks:
        case cases::errc::already_there:
        case cases::errc::still_listed:
        case cases::errc::themselves:
        case cases::errc::too_many_sites:
        case cases::errc::already_offered:
        case cases::errc::no_referral:
        case cases::errc::not_accepted:
        case cases::errc::accepted_already:
        case cases::errc::not_passed_on:
        case cases::errc::no_circle:
        case cases::errc::call_has_report:
            return 409;
        default:
            return 422;
    }
}

cases::Actor actor_of(const http::Request& request, const json::object& body) {
    if (!request.actor.empty()) {
        return {request.actor, request.actor, {request.actor}, request.sees_all};
    }
    const std::string name = ops::text_of(body, "as");
    return {name.empty() ? asker(request) : name, name};
}

std::optional<CaseworkAsked> read_asked(const http::Request& request,
                                        const std::vector<std::string>& programs, const Side& side,
                                        std::string id, http::Response& refusal) {
    if (!allowed(request)) {
        refusal = not_allowed();
        return std::nullopt;
    }
    if (side.program.empty()) {
        refusal = no_program(programs);
        return std::nullopt;
    }
    if (!id.empty() && !is_hex_id(id)) {
        refusal = problem(404, "there is no such case");
        return std::nullopt;
    }
    const bool of_bytes = request.header("Content-Type") == "application/octet-stream";  // a recording
    boost::system::error_code failed;
    const json::value value = json::parse(request.body.empty() || of_bytes ? "{}" : request.body, failed);
    if (failed || !value.is_object()) {
        refusal = problem(422, "this is no JSON object");
        return std::nullopt;
    }
    return CaseworkAsked{side.program, std::move(id), actor_of(request, value.get_object()),
                         value.get_object(), side.organisation};
}

}  // namespace

std::optional<CaseworkAsked> read_casework(const http::Request& request,
                                           const std::vector<std::string>& programs, std::string id,
                                           http::Response& refusal) {
    return read_asked(request, programs, {program_of(request, programs), ""}, std::move(id), refusal);
}

std::optional<CaseworkAsked> read_side(const http::Request& request, const std::vector<std::string>& programs,
                                       std::string id, http::Response& refusal) {
    return read_asked(request, programs, side_of(request, programs), std::move(id), refusal);
}

http::Response casework_problem(const boost::system::error_code& error, const cases::CaseDesk& desk,
                                const CaseworkAsked& asked, const Wish& wish) {
    if (error == stores::make_error_code(stores::errc::no_such_case)) {
        return problem(404, "there is no such case");
    }
    if (error.category() != cases::category()) {
        return store_is_silent();
    }
    return problem(status_of(static_cast<cases::errc>(error.value())), sentence(error, desk, asked, wish));
}

}  // namespace rightsline::api
