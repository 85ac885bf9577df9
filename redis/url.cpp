// parse_url: where Redis is and who we are to it. TLS (rediss://) is not spoken; use a unix socket or a
// tunnel.
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "redis/client.hpp"
#include "redis/error.hpp"

namespace rightsline::redis {
namespace {

constexpr std::size_t most_socket_path = 107;  // sun_path holds 108 with its NUL

bool read_number(std::string_view text, int most, int& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number >= 0 && number <= most;
}

bool read_option(Address& address, const std::string& key, const std::string& value) {
    if (key == "user") {
        address.user = value;
        return true;
    }
    if (key == "password") {
        address.password = value;
        return true;
    }
    return key == "db" && read_number(value, 65535, address.database);
}

bool read_unix(Address& address, const boost::urls::url_view& url) {
    address.unix_path = url.path();
    const bool usable = address.unix_path.size() > 1 && address.unix_path.size() <= most_socket_path &&
                        address.unix_path.find('\0') == std::string::npos;
    return usable && url.encoded_host().empty() && !url.has_userinfo() && !url.has_port();
}

bool read_tcp(Address& address, const boost::urls::url_view& url) {
    address.host = url.host_address();
    address.user = url.user();
    address.password = url.password();
    if (url.has_port()) {
        address.port = url.port_number();
    }
    const std::string path = url.path();
    if (path.size() > 1 && !read_number(std::string_view(path).substr(1), 65535, address.database)) {
        return false;
    }
    return !address.host.empty() && address.host.find('\0') == std::string::npos && address.port != 0;
}

}  // namespace

Result<Address> parse_url(std::string_view text) {
    const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed || parsed->has_fragment()) {
        return errc::bad_url;
    }
    const boost::urls::url_view& url = *parsed;
    Address address;
    const bool local = url.scheme() == "unix";
    if (!local && url.scheme() != "redis") {
        return errc::bad_url;
    }
    if (!(local ? read_unix(address, url) : read_tcp(address, url))) {
        return errc::bad_url;
    }
    for (const auto& option : url.params()) {
        if (!read_option(address, std::string(option.key), std::string(option.value))) {
            return errc::bad_url;
        }
    }
    return address;
}

}  // namespace rightsline::redis
