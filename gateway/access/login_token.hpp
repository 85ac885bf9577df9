// LoginToken: 256 random bits that say who asks, and where they stand in a request.
//
// The store has their hash alone: who reads it there cannot ask with it. What guards against foreign pages (CSRF) is
// derived from the token, so that it needs no place of its own.
// Must never: be logged, or stand in an address. Threading: values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/message.hpp"
#include "locales/private_text.hpp"

namespace rightsline::access {

inline constexpr std::string_view cookie_name = "__Host-rightsline";
inline constexpr std::string_view guard_header = "X-CSRF-Token";

class LoginToken {
 public:
    static LoginToken fresh();
    /// 43 characters of base64url, in the one way to write them. Nothing when it is anything else.
    static std::optional<LoginToken> parse(std::string_view text);

    const std::string& reveal() const { return text_.reveal(); }
    std::string hash() const;   // 64 digits of hex
    std::string guard() const;  // what a page of ours sends back in guard_header

 private:
    explicit LoginToken(std::string text) : text_(std::move(text)) {}
    locales::PrivateText text_;
};

/// What a request presents.
struct Presented {
    enum class How : std::uint8_t { nothing, cookie, bearer, malformed } how = How::nothing;
    std::optional<LoginToken> token{};
};
/// Strict: one Cookie header and one cookie of ours in it, or "Authorization: Bearer TOKEN", and never both.
Presented presented(const http::Request& request);

/// The value of the one cookie of this name; "" when there is none, more than one, or a header that is no list of cookies.
std::string cookie_in(const http::Request& request, std::string_view name);

bool same_in_constant_time(std::string_view one, std::string_view other);

}  // namespace rightsline::access
