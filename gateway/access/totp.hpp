// TOTP (RFC 6238): the six digits of an authenticator app. HMAC-SHA-1, 30 seconds, as every app does it.
//
// A code is good once: who calls keeps the step of the last one that let somebody in. Pure: the time is an argument.
// Threading: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rightsline::access {

inline constexpr std::int64_t totp_period = 30;       // seconds
inline constexpr std::size_t totp_secret_bytes = 20;  // as long as SHA-1, RFC 4226

/// "287082" of the step (time / 30).
std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);

/// The step whose code was typed: that of now, the one before or the one after, later than `last`. Nothing when it is none,
/// or was used. Takes the same time whichever it is.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view typed,
                                          std::int64_t now_seconds, std::int64_t last);

std::string fresh_totp_secret();
/// RFC 4648, without padding: as apps take it by hand.
std::string to_base32(std::string_view bytes);
/// "otpauth://totp/…", for a QR code. `issuer` and `name`: of ours, letters, digits, '-' and '.'.
std::string otpauth_uri(std::string_view issuer, std::string_view name, std::string_view secret);

}  // namespace rightsline::access
