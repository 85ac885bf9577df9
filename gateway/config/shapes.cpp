#include "gateway/config/shapes.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace rightsline::config {
namespace {

struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_host(const std::string& host, int family) {
    unsigned char room[sizeof(in6_addr)];
    return ::inet_pton(family, host.c_str(), room) == 1;
}

std::optional<HostPort> split(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    const std::string_view digits = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    HostPort found;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), found.port);
    if (!is_digits(digits) || read.ec != std::errc()) {
        return std::nullopt;
    }
    found.host = text.substr(0, colon);
    const bool bracketed = found.host.size() > 2 && found.host.front() == '[' && found.host.back() == ']';
    if (bracketed) {
        found.host = found.host.substr(1, found.host.size() - 2);
    }
    return is_host(found.host, bracketed ? AF_INET6 : AF_INET) ? std::optional(found) : std::nullopt;
}

bool is_any(const std::string& host) { return host == "0.0.0.0" || host == "::"; }

}  // namespace

bool is_listen_address(std::string_view text) {
    constexpr std::string_view unix_prefix = "unix:/";
    return text.starts_with(unix_prefix) ? text.size() > unix_prefix.size() : split(text).has_value();
}

bool collide(std::string_view one, std::string_view other) {
    const auto first = split(one);
    const auto second = split(other);
    if (!first || !second) {
        return one == other;
    }
    const bool both = first->host == second->host || is_any(first->host) || is_any(second->host);
    return both && first->port == second->port && first->port != 0;
}

bool is_line(std::string_view number) {
    if (number.starts_with('*')) {
        return number.size() >= 3 && number.find_first_not_of("0123456789*#") == std::string_view::npos;
    }
    if (!number.starts_with('+')) {
        return is_digits(number) && number.size() >= 3 && number.size() <= 8;
    }
    number.remove_prefix(1);
    return is_digits(number) && number.front() != '0' && number.size() >= 7 && number.size() <= 15;
}

bool is_twilio_sid(std::string_view text) {
    return text.starts_with("AC") && text.size() == 34 &&
           text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
}

std::string beside(std::string_view file, const std::string& path) {
    const std::filesystem::path given(path);
    if (path.empty() || given.is_absolute()) {
        return path;
    }
    return (std::filesystem::path(file).parent_path() / given).lexically_normal().string();
}

}  // namespace rightsline::config
