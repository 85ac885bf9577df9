#include "gateway/http/egress.hpp"

#include <algorithm>
#include <utility>

#include "gateway/http/ascii.hpp"
#include "gateway/http/client_exchange.hpp"
#include "gateway/http/error.hpp"
#include "gateway/net/public_address.hpp"

namespace rightsline::http {
namespace {

constexpr std::size_t longest_url = 2048;
constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;
constexpr std::uint16_t https_port = 443;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

/// A whole name of at least two labels, of which the last begins with a letter: so it is no number in any spelling
/// ("127.1", "0x7f000001", "2130706433", "017700000001"), for which resolvers have a weakness.
bool is_name(std::string_view host) {
    if (host.size() > longest_name || host.find('.') == std::string_view::npos) {
        return false;
    }
    std::string_view rest = host;
    while (true) {
        const std::size_t dot = rest.find('.');
        const std::string_view label = rest.substr(0, dot);
        if (!is_label(label)) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return is_letter(label.front());
        }
        rest.remove_prefix(dot + 1);
    }
}

}  // namespace

Result<Destination> parse_outside_url(std::string_view url) {
    if (url.size() > longest_url) {
        return errc::bad_url;
    }
    Result<Destination> to = parse_url(url);
    if (!to) {
        return to.error();
    }
    if (!to->tls) {
        return errc::not_https;
    }
    if (to->port != https_port || !is_name(to->host)) {
        return errc::bad_url;
    }
    return to;
}

Egress::Egress(boost::asio::any_io_executor executor, net::TlsTrust trust, EgressOptions options)
    : executor_(std::move(executor)), trust_(std::move(trust)), options_(std::move(options)) {
    if (!options_.resolve) {
        options_.resolve = [executor = executor_](std::string name, Deadline deadline) {
            return net::resolve(executor, std::move(name), deadline);
        };
    }
    if (!options_.allowed) {
        options_.allowed = net::is_public_address;
    }
}

Awaitable<Fate> Egress::send(Outgoing request, Deadline deadline) {
    const Result<Destination> to = parse_outside_url(request.url);
    if (!to) {
        co_return Fate{to.error(), false};
    }
    Result<std::vector<std::string>> addresses = co_await options_.resolve(to->host, deadline);
    if (!addresses) {
        co_return Fate{addresses.error(), false};
    }
    if (addresses->empty() || !std::ranges::all_of(*addresses, options_.allowed)) {
        co_return Fate{errc::not_public, false};
    }
    net::Host host;
    host.name = to->host;
    host.port = options_.port == 0 ? to->port : options_.port;
    host.addresses = std::move(*addresses);
    Result<net::Stream> connected = co_await net::connect_tls(executor_, trust_, std::move(host), deadline);
    if (!connected) {
        co_return Fate{connected.error(), false};
    }
    request.url = to->target;
    net::ByteStream& stream = **connected;
    const Sink none;
    Exchanged done =
        co_await exchange_on(stream, request, to->host_field, options_.most_body, none, false, deadline);
    stream.close();
    co_return Fate{std::move(done.answer), done.may_have_arrived};
}

}  // namespace rightsline::http
