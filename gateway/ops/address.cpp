#include "gateway/net/address.hpp"

#include <sys/un.h>

#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "gateway/net/error.hpp"

namespace rightsline::net {
namespace {

Result<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        return errc::bad_address;
    }
    return port;
}

Result<Address> parse_unix(std::string_view path) {
    if (path.empty() || path.front() != '/' || path.size() >= sizeof(sockaddr_un::sun_path) ||
        path.find('\0') != std::string_view::npos) {
        return errc::bad_address;
    }
    Address address;
    address.unix_path = path;
    return address;
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
    boost::system::error_code failed;
    const auto numeric = boost::asio::ip::make_address(host, failed);
    if (failed || numeric.is_v6() != bracketed) {
        return errc::bad_address;
    }
    Address address;
    address.host = std::move(host);
    address.port = *port;
    return address;
}

}  // namespace rightsline::net
