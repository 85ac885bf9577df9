// KnownBrowser: what a browser shows to say that a name was let in from it before.
//
// A guesser takes every turn that a guessed name has (LoginPace); a browser that the name was let in from has turns of its
// own. It gets a cookie for that, sealed for the name: an id by which its tries are counted, and when it was made. It lets
// nobody in, says nothing to who steals it but that somebody logged in here, and is good for ninety days after the last login.
// Must never: stand for a password or a code. Threading: the loop's.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::access {

inline constexpr std::string_view known_cookie_name = "__Host-rightsline-known";
inline constexpr std::chrono::hours known_for{90 * 24};

/// Its id; "" when the cookie is not ours, another name's, or too old.
Awaitable<std::string> known_browser(vault::Vault& vault, std::string name, std::string cookie,
                                     ops::UtcMs now);
/// The cookie of the browser `id`, of a new one when that is ""; "" when it cannot be sealed.
Awaitable<std::string> cookie_for(vault::Vault& vault, std::string name, std::string id, ops::UtcMs now);

}  // namespace rightsline::access
