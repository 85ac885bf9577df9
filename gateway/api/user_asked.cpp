#include "gateway/api/user_asked.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/access/password.hpp"
#include "gateway/access/user.hpp"
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

}  // namespace rightsline::api
