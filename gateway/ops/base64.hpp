// base64 (RFC 4648, with padding) over libsodium.
//
// Constant-time, so fit for key files as well. Threading: pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rightsline::ops {

std::string to_base64(std::string_view bytes);
/// Nothing when it is not base64, to its end.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace rightsline::ops
