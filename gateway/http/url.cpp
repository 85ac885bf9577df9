#include "gateway/http/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "gateway/http/error.hpp"

namespace rightsline::http {

Result<Destination> parse_url(std::string_view text) {
    const auto url = boost::urls::parse_uri(boost::urls::string_view(text.data(), text.size()));
    if (!url || url->has_userinfo() || url->has_fragment() || url->encoded_host().empty()) {
        return errc::bad_url;
    }
    Destination to;
    to.tls = url->scheme_id() == boost::urls::scheme::https;
    if (!to.tls && url->scheme_id() != boost::urls::scheme::http) {
        return errc::bad_url;
    }
    const std::uint16_t usual = to.tls ? 443 : 80;
    to.port = usual;
    if (url->has_port()) {
        const std::string digits(url->port());  // port_number() wraps around over 65535
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), to.port);
        if (read.ec != std::errc() || to.port == 0) {
            return errc::bad_url;
        }
    }
    to.host = url->host_address();
    to.host_field = std::string(url->encoded_host());
    if (to.port != usual) {
        to.host_field += ':' + std::to_string(to.port);
    }
    to.target = std::string(url->encoded_target());
    if (to.target.empty() || to.target.front() != '/') {
        to.target.insert(0, "/");
    }
    return to;
}

}  // namespace rightsline::http
