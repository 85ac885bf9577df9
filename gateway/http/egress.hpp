// Egress: a request to an address that an operator wrote into a roster, and that may be anything.
//
// https and port 443 only; a name, never an address in any spelling; no user part, no fragment. The name is looked up once,
// every address that it has must be public, and the connection goes to one of those very addresses, so that a name cannot
// be one thing when it is checked and another when it is called. The certificate is verified against the name. No redirect
// is followed, the answer is bounded to 64 KiB and the time by the deadline.
// Must never: log a URL. Threading: the loop. Owner: the composition root; requests under way outlive it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/pool.hpp"
#include "gateway/http/url.hpp"

namespace rightsline::http {

/// Where the request would go. Errors: errc::bad_url, errc::not_https.
Result<Destination> parse_outside_url(std::string_view url);

using Resolve =
    std::function<Awaitable<Result<std::vector<std::string>>>(std::string name, Deadline deadline)>;

struct EgressOptions {
    Resolve resolve{};  // net's when not given
    std::function<bool(std::string_view address)>
        allowed{};           // net's is_public_address when not given; tests only
    std::uint16_t port = 0;  // instead of 443; tests only
    std::size_t most_body = 64U << 10U;
};

class Egress {
 public:
    Egress(boost::asio::any_io_executor executor, net::TlsTrust trust, EgressOptions options = {});
    /// Errors: those of parse_outside_url and of net's connect functions, errc::not_public (nothing was sent); those of an
    /// exchange (it may have arrived).
    Awaitable<Fate> send(Outgoing request, Deadline deadline);

 private:
    boost::asio::any_io_executor executor_;
    net::TlsTrust trust_;
    EgressOptions options_;
};

}  // namespace rightsline::http
