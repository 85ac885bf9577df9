// User: somebody who may log in: a name, their roles in each program, and what proves that it is them.
//
// The name stands in the audit and in alerts, as the roster's names do; one person has one name on a server, whatever
// programs they serve. Where a user is also on a roster the two names should be the same.
// Must never: be logged, or leave the server but for name, roles and times. Threading: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/access/roles.hpp"
#include "locales/private_text.hpp"

namespace rightsline::access {

struct User {
    std::string name;
    Grants grants;
    std::string password_hash;
    locales::PrivateText totp_secret;  // raw bytes
    std::string key_fingerprint;       // of their member's key; "" = none was named
    bool disabled = false;
    std::uint64_t generation = 1;  // a login of another one is over
    std::int64_t last_step = 0;    // of the last TOTP code that let them in
    std::int64_t made = 0;         // seconds
    std::int64_t last_login = 0;   // seconds; 0 = never
};

/// 2 to 32 of a-z, 0-9, '-' and '.', a letter first.
bool is_user_name(std::string_view text);
/// Eight groups of four digits of hex, as `key members` shows them.
bool is_fingerprint(std::string_view text);

/// As it is sealed, and back. Nothing: it has not our shape.
std::string to_bytes(const User& user);
std::optional<User> read_user(std::string_view bytes);

}  // namespace rightsline::access
