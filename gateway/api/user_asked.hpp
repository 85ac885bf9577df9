// UserAsked: what a request asks for of a user: roles, a password, a key; and what is wrong with it.
//
// Private to the room. Must never: be logged. Pure. Threading: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/access/roles.hpp"
#include "gateway/http/message.hpp"
#include "locales/private_text.hpp"

namespace rightsline::api {

struct UserAsked {
    std::optional<access::Grants> grants;  // nothing: the request names none
    locales::PrivateText password;
    std::string key;
    std::string refusal;  // "" = it will do
};

/// `name`: where the request says it, else nullptr.
UserAsked read_user_asked(const std::string& body, const std::vector<std::string>& programs,
                          std::string* name);

/// {"roles": ["PROGRAM:ROLE", …]}, and nothing of a password.
UserAsked read_roles_asked(const std::string& body, const std::vector<std::string>& programs);

/// `had`, with `asked` in place of those in `program`; "" = of all.
access::Grants with_roles(const access::Grants& had, const std::string& program, const access::Grants& asked);
/// Whoever comes by name, over the console, lets people in to the one program that they ask about: nobody gets a role
/// elsewhere, nobody who has one elsewhere is touched, and nobody does it to themselves.
std::string beyond(const http::Request& request, const std::string& name, const access::Grants& grants);
/// The programs in which whoever had cases may have none any more.
std::vector<std::string> lost_work(const access::Grants& had, const access::Grants& has);
/// "fair-food:auditor fair-food:intake"
std::string words_of(const access::Grants& grants);

}  // namespace rightsline::api
