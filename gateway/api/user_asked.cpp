#include "gateway/api/user_asked.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/access/password.hpp"
#include "gateway/access/user.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

std::optional<access::Grants> grants_in(const json::value* roles, const std::vector<std::string>& programs,
                                        std::string& refusal) {
    access::Grants grants;
    for (const json::value& one :
         roles != nullptr && roles->is_array() ? roles->get_array() : json::array()) {
        const auto grant =
            one.is_string() ? access::parse_grant(std::string_view(one.get_string())) : std::nullopt;
        if (!grant) {
            refusal =
                "a role is written as PROGRAM:ROLE, with one of intake, monitor, supervisor, organizer, "
                "auditor, admin, operator";
            return std::nullopt;
        }
        if (std::ranges::find(programs, grant->first) == programs.end()) {
            refusal = "this server has no program " + grant->first;
            return std::nullopt;
        }
        grants.give(grant->first, grant->second);
    }
    return grants;
}

}  // namespace

UserAsked read_user_asked(const std::string& body, const std::vector<std::string>& programs,
                          std::string* name) {
    UserAsked asked;
    boost::system::error_code failed;
    const json::value value = json::parse(body, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    if (object == nullptr) {
        asked.refusal = "this is no JSON object";
        return asked;
    }
    if (name != nullptr) {
        *name = ops::text_of(*object, "name");
    }
    asked.password = locales::PrivateText(ops::text_of(*object, "password"));
    asked.key = ops::text_of(*object, "key");
    if (const auto weak = access::weakness_of(asked.password.reveal())) {
        asked.refusal = *weak;
    }
    if (!asked.key.empty() && !access::is_fingerprint(asked.key)) {
        asked.refusal = "this is no fingerprint of a member's key";
    }
    if (object->contains("roles")) {
        asked.grants = grants_in(object->if_contains("roles"), programs, asked.refusal);
    }
    return asked;
}

UserAsked read_roles_asked(const std::string& body, const std::vector<std::string>& programs) {
    UserAsked asked;
    boost::system::error_code failed;
    const json::value value = json::parse(body, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    const json::value* roles = object == nullptr ? nullptr : object->if_contains("roles");
    if (roles == nullptr || !roles->is_array()) {
        asked.refusal = R"(write {"roles": ["PROGRAM:ROLE"]})";
        return asked;
    }
    asked.grants = grants_in(roles, programs, asked.refusal);
    return asked;
}

access::Grants with_roles(const access::Grants& had, const std::string& program,
                          const access::Grants& asked) {
    access::Grants grants = asked;
    for (const auto& [where, roles] : had.by_program()) {
        for (const access::Role role : roles) {
            if (!program.empty() && where != program) {
                grants.give(where, role);
            }
        }
    }
    return grants;
}

std::string beyond(const http::Request& request, const std::string& name, const access::Grants& grants) {
    if (request.actor.empty()) {
        return "";
    }
    if (request.actor == name) {
        return "nobody does this to themselves; another administrator does, or the operator";
    }
    const std::string program = value_of(request, "program");
    const bool inside =
        std::ranges::all_of(grants.by_program(), [&](const auto& one) { return one.first == program; });
    return inside ? "" : "this person has a role in another program, too, so that the operator does this";
}

std::vector<std::string> lost_work(const access::Grants& had, const access::Grants& has) {
    std::vector<std::string> lost = had.programs_with(access::Right::work_case);
    std::erase_if(lost, [&](const std::string& one) { return has.may(one, access::Right::work_case); });
    return lost;
}

std::string words_of(const access::Grants& grants) {
    std::string words;
    for (const auto& [program, roles] : grants.by_program()) {
        for (const access::Role role : roles) {
            words += (words.empty() ? "" : " ") + program + ":" + std::string(access::name_of(role));
        }
    }
    return words;
}

}  // namespace rightsline::api
