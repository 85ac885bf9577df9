#include "gateway/ops/address.hpp"

#include <arpa/inet.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/ops/error.hpp"

namespace rightsline::ops {
namespace {

using Bytes = std::array<unsigned char, sizeof(in6_addr)>;

Result<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        return errc::bad_address;
    }
    return port;
}

Result<Address> parse_unix(std::string_view path) {
    if (path.size() < 2 || path.front() != '/' || path.size() >= sizeof(sockaddr_un::sun_path) ||
        path.find('\0') != std::string_view::npos) {
        return errc::bad_address;
    }
    Address address;
    address.unix_path = path;
    return address;
}

bool read_host(const std::string& host, int family, Bytes& bytes) {
    return host.find('\0') == std::string::npos && ::inet_pton(family, host.c_str(), bytes.data()) == 1;
}

/// Loopback, link-local, and what RFC 1918 and RFC 6598 keep for private networks.
bool is_private_v4(const Bytes& at) {
    return at[0] == 127 || at[0] == 10 || (at[0] == 172 && (at[1] & 0xF0U) == 16) ||
           (at[0] == 192 && at[1] == 168) || (at[0] == 169 && at[1] == 254) ||
           (at[0] == 100 && (at[1] & 0xC0U) == 64);
}

/// ::1, link-local fe80::/10, unique local fc00::/7.
bool is_private_v6(const Bytes& at) {
    const bool zeroes = std::all_of(at.begin(), at.end() - 1, [](unsigned char byte) { return byte == 0; });
    return (zeroes && at.back() == 1) || (at[0] == 0xFE && (at[1] & 0xC0U) == 0x80) ||
           (at[0] & 0xFEU) == 0xFC;
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
    constexpr std::string_view unix_prefix = "unix:";
    if (text.starts_with(unix_prefix)) {
        return parse_unix(text.substr(unix_prefix.size()));
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return errc::bad_address;
    }
    const auto port = parse_port(text.substr(colon + 1));
    if (!port) {
        return port.error();
    }
    std::string host(text.substr(0, colon));
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) {
        host = host.substr(1, host.size() - 2);
    }
    Bytes ignored{};
    if (!read_host(host, bracketed ? AF_INET6 : AF_INET, ignored)) {
        return errc::bad_address;
    }
    Address address;
    address.host = std::move(host);
    address.port = *port;
    return address;
}

bool is_public(const Address& address) {
    Bytes bytes{};
    if (!address.unix_path.empty()) {
        return false;
    }
    if (read_host(address.host, AF_INET, bytes)) {
        return !is_private_v4(bytes);
    }
    return !read_host(address.host, AF_INET6, bytes) || !is_private_v6(bytes);
}

}  // namespace rightsline::ops
