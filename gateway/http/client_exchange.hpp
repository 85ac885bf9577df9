// One request and its answer on a stream, and how far it got. Only inside this room; others see client and pool.
//
// Must never: send a request twice, or call a connection reusable on which anything is left to read.
#pragma once

#include <string>

#include "gateway/http/client.hpp"

namespace rightsline::http {

struct Exchanged {
    Result<Answer> answer;
    bool may_have_arrived = false;  // writing has begun
    bool reusable = false;          // `keep` was asked for, and the peer agrees
};

/// `request.url` is only the target. The stream stays open, whatever happened.
Awaitable<Exchanged> exchange_on(net::ByteStream& stream, const Outgoing& request, std::string host,
                                 std::size_t most_body, const Sink& sink, bool keep, Deadline deadline);

}  // namespace rightsline::http
