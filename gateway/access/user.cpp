#include "gateway/access/user.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::access {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr std::size_t shortest_name = 2;
constexpr std::size_t longest_name = 32;

json::object roles_of(const Grants& grants) {
    json::object out;
    for (const auto& [program, roles] : grants.by_program()) {
        json::array names;
        for (const Role role : roles) {
            names.emplace_back(std::string(name_of(role)));
        }
        out[program] = std::move(names);
    }
    return out;
}

/// A role that this build does not know gives no right.
Grants read_roles(const json::value* value) {
    Grants grants;
    if (value == nullptr || !value->is_object()) {
        return grants;
    }
    for (const auto& [program, names] : value->get_object()) {
        for (const json::value& name : names.is_array() ? names.get_array() : json::array()) {
            const std::optional<Role> role =
                name.is_string() ? parse_role(std::string_view(name.get_string())) : std::nullopt;
            if (role) {
                grants.give(std::string(program), *role);
            }
        }
    }
    return grants;
}

std::optional<std::int64_t> number_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

}  // namespace

bool is_user_name(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return text.size() >= shortest_name && text.size() <= longest_name && text.front() >= 'a' &&
           text.front() <= 'z' && std::ranges::all_of(text, fits);
}

bool is_fingerprint(std::string_view text) {
    constexpr std::size_t whole = 8 * 4 + 7;
    if (text.size() != whole) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (i % 5 == 4 ? c != ' ' : !digit) {
            return false;
        }
    }
    return true;
}

std::string to_bytes(const User& user) {
    return json::serialize(json::object{{"name", user.name},
                                        {"roles", roles_of(user.grants)},
                                        {"password", user.password_hash},
                                        {"totp", ops::to_base64(user.totp_secret.reveal())},
                                        {"key", user.key_fingerprint},
                                        {"disabled", user.disabled},
                                        {"generation", static_cast<std::int64_t>(user.generation)},
                                        {"last_step", user.last_step},
                                        {"made", user.made},
                                        {"last_login", user.last_login}});
}

std::optional<User> read_user(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    if (object == nullptr) {
        return std::nullopt;
    }
    std::optional<std::string> secret = ops::from_base64(text_of(*object, "totp"));
    const json::value* disabled = object->if_contains("disabled");
    const auto generation = number_in(*object, "generation");
    const auto last_step = number_in(*object, "last_step");
    const std::string name = text_of(*object, "name");
    if (!secret || disabled == nullptr || !disabled->is_bool() || !generation || !last_step ||
        !is_user_name(name)) {
        return std::nullopt;
    }
    User user;
    user.name = name;
    user.grants = read_roles(object->if_contains("roles"));
    user.password_hash = text_of(*object, "password");
    user.totp_secret = locales::PrivateText(std::move(*secret));
    user.key_fingerprint = text_of(*object, "key");
    user.disabled = disabled->get_bool();
    user.generation = static_cast<std::uint64_t>(*generation);
    user.last_step = *last_step;
    user.made = number_in(*object, "made").value_or(0);
    user.last_login = number_in(*object, "last_login").value_or(0);
    return user;
}

}  // namespace rightsline::access
