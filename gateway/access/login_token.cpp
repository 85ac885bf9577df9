#include "gateway/access/login_token.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rightsline::access {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_letters = 43;
constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string keyed_hex(std::string_view message, std::string_view key) {
    std::array<unsigned char, 32> out{};
    crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(message.data()),
                       message.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    std::string hex(out.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), out.data(), out.size());
    hex.pop_back();
    return hex;
}

/// RFC 6265 cookie-octet.
bool is_cookie_octet(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

/// The values of all cookies of this name; nothing when the header is not the grammar's "a=b; c=d".
std::optional<std::vector<std::string_view>> ours_in(std::string_view header, std::string_view name) {
    std::vector<std::string_view> found;
    while (true) {
        const std::size_t end = header.find("; ");
        const std::string_view pair = header.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals == 0 || equals == std::string_view::npos || !std::ranges::all_of(pair, is_cookie_octet)) {
            return std::nullopt;
        }
        if (pair.substr(0, equals) == name) {
            found.push_back(pair.substr(equals + 1));
        }
        if (end == std::string_view::npos) {
            return found;
        }
        header.remove_prefix(end + 2);
    }
}

Presented as(Presented::How how, std::string_view text) {
    std::optional<LoginToken> token = LoginToken::parse(text);
    return token ? Presented{how, std::move(token)} : Presented{Presented::How::malformed};
}

Presented of_cookie(const http::Request& request) {
    using How = Presented::How;
    if (request.count("Cookie") != 1) {
        return {request.count("Cookie") == 0 ? How::nothing : How::malformed};
    }
    const auto ours = ours_in(request.header("Cookie"), cookie_name);
    if (!ours || ours->size() > 1) {
        return {How::malformed};
    }
    return ours->empty() ? Presented{How::nothing} : as(How::cookie, ours->front());
}

}  // namespace

LoginToken LoginToken::fresh() {
    std::array<unsigned char, token_bytes> raw{};
    if (sodium_init() < 0) {
        throw std::runtime_error("the machine has no source of randomness");
    }
    randombytes_buf(raw.data(), raw.size());
    std::string text(sodium_base64_ENCODED_LEN(token_bytes, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), variant);
    sodium_memzero(raw.data(), raw.size());
    text.pop_back();
    return LoginToken(std::move(text));
}

std::optional<LoginToken> LoginToken::parse(std::string_view text) {
    std::array<unsigned char, token_bytes> raw{};
    std::size_t length = 0;
    const bool good = text.size() == token_letters &&
                      sodium_base642bin(raw.data(), raw.size(), text.data(), text.size(), nullptr, &length,
                                        nullptr, variant) == 0 &&
                      length == token_bytes;
    sodium_memzero(raw.data(), raw.size());
    return good ? std::optional(LoginToken(std::string(text))) : std::nullopt;
}

std::string LoginToken::hash() const { return keyed_hex(reveal(), "rightsline login"); }
std::string LoginToken::guard() const { return keyed_hex("rightsline foreign pages", reveal()); }

Presented presented(const http::Request& request) {
    using How = Presented::How;
    Presented cookie = of_cookie(request);
    if (request.count("Authorization") == 0) {
        return cookie;
    }
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = request.header("Authorization");
    if (request.count("Authorization") != 1 || cookie.how != How::nothing || !header.starts_with(scheme)) {
        return {How::malformed};
    }
    return as(How::bearer, header.substr(scheme.size()));
}

std::string cookie_in(const http::Request& request, std::string_view name) {
    if (request.count("Cookie") != 1) {
        return {};
    }
    const auto found = ours_in(request.header("Cookie"), name);
    return found && found->size() == 1 ? std::string(found->front()) : std::string();
}

bool same_in_constant_time(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace rightsline::access
