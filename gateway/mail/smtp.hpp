// Smtp: hands one mail to the operator's own mail server. A dialogue of lines over a stream, one deadline for all of it.
//
//   (TLS at once, or EHLO -> STARTTLS) -> EHLO -> AUTH PLAIN or LOGIN -> MAIL FROM -> RCPT TO -> DATA -> the mail, a dot
//
// Written by hand: no asynchronous SMTP library is in Debian 12, and libcurl's multi interface would bring a second event
// loop, a second TLS and a second idea of deadlines for seven commands. What an answer means is one rule: until the dot has
// left nothing was taken (4xx and silence: again; 5xx: refused); after it only a clear word counts, silence is unknown.
// Must never: say a password, an address or a word of the mail before TLS; take what came before TLS for an answer after it;
// log. Threading: the loop. Owner: whoever sends.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "gateway/mail/letter.hpp"
#include "gateway/net/connect.hpp"
#include "gateway/providers/outbound.hpp"

namespace rightsline::mail {

struct Server {
    std::string host;
    std::uint16_t port = 587;  // 465: TLS at once; any other: STARTTLS, which it must offer
    std::string user;          // "" = it wants none
    locales::PrivateText password;
    bool tls_at_once() const { return port == 465; }
};

/// Makes TLS of a plain connection, with the server's name verified.
using Secure = std::function<Awaitable<Result<net::Stream>>(net::Stream plain, Deadline deadline)>;

/// On a connection that was just made; of a server with TLS at once it is TLS already.
Awaitable<providers::SendResult> deliver(net::Stream stream, Secure secure, const Server& server,
                                         const Letter& letter, Deadline deadline);

/// The same, from the connection on.
Awaitable<providers::SendResult> deliver(boost::asio::any_io_executor executor, net::TlsTrust trust,
                                         const Server& server, const Letter& letter, Deadline deadline);

}  // namespace rightsline::mail
