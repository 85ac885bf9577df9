// Passwords of users: what will do, and how one is kept: Argon2id with its salt and cost (three passes, 64 MiB).
//
// Long and nothing else: rules about digits and signs make people write passwords down. hash() and is_right() take about
// 120 ms and 64 MiB each: only on a bounded pool of workers. Threading: pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "locales/private_text.hpp"

namespace rightsline::access {

inline constexpr std::size_t least_password = 12;        // characters
inline constexpr std::size_t most_password_bytes = 256;  // Argon2id takes any length; a request does not

/// Why it will not do, as a sentence; nothing when it will.
std::optional<std::string> weakness_of(std::string_view password);

/// "$argon2id$v=19$m=65536,t=3,p=1$…". Nothing when there is no memory for it.
std::optional<std::string> hash_password(const locales::PrivateText& password);
bool is_right(const std::string& hash, const locales::PrivateText& password);

/// The hash of a password that nobody knows: for names that are not there, so that they take as long as others.
const std::string& nobodys_hash();

}  // namespace rightsline::access
