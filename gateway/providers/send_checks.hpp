// What a send must be before any dialect builds it. Pure.
//
// Must never: change what is to be sent; a text that is not fit to be sent is refused, not mended.
#pragma once

#include <string_view>

#include "gateway/providers/outbound.hpp"

namespace rightsline::providers {

inline constexpr std::size_t most_text = 1600;    // characters, as UTF-16 counts them
inline constexpr std::size_t most_script = 4000;  // bytes of a call's script

bool is_e164(std::string_view text);
/// The whole of an Outbound, but for what a script is written as. Errors: errc::bad_recipient, errc::bad_text,
/// errc::bad_script, errc::bad_url.
Result<void> check_send(const Outbound& send);
/// Errors: errc::bad_script (nothing to hear), errc::bad_url.
Result<void> check_script(const std::variant<Script, Page>& what);

}  // namespace rightsline::providers
