#include "gateway/outbox/line_out.hpp"

#include <algorithm>

#include "gateway/outbox/message.hpp"

namespace rightsline::outbox {

redis::LeaseQueue queue_of(const stores::Keyspace& keys, std::string_view line) {
    redis::LeaseQueue queue;
    queue.jobs = keys.outbox("j", line);
    queue.states = keys.outbox("s", line);
    queue.leased = keys.outbox("l", line);
    queue.unknown = keys.outbox("u", line);
    queue.settled = keys.outbox("d", line);
    queue.rate = keys.outbox("g", line);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        queue.lanes.push_back(keys.outbox("q" + std::to_string(lane), line));
    }
    queue.attached = keys.receipts("");
    return queue;
}

std::string never_known_of(const stores::Keyspace& keys, std::string_view line) {
    return keys.outbox("x", line);
}

bool may_send_to(const Limits& limits, const vault::PhoneNumber& to) {
    return limits.prefixes.empty() || std::ranges::any_of(limits.prefixes, [&](const std::string& prefix) {
               return to.reveal().starts_with(prefix);
           });
}

}  // namespace rightsline::outbox
