#include "gateway/outbox/line_out.hpp"

#include <algorithm>

#include "gateway/outbox/message.hpp"
#include "gateway/vault/number_range.hpp"

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

bool costs_extra(const std::vector<std::string>& prefixes, const vault::PhoneNumber& to) {
    constexpr std::size_t of_no_country = 4;  // "+881"
    const vault::Range range = vault::range_of(to);
    const auto says_so = [&](const std::string& prefix) {
        return prefix.size() >= of_no_country && to.reveal().starts_with(prefix);
    };
    return range == vault::Range::premium ||
           (range == vault::Range::satellite && std::ranges::none_of(prefixes, says_so));
}

bool may_send_to(const Limits& limits, const vault::PhoneNumber& to) {
    const auto begins = [&](const std::string& prefix) { return to.reveal().starts_with(prefix); };
    const bool allowed = limits.prefixes.empty() || std::ranges::any_of(limits.prefixes, begins);
    return allowed && !costs_extra(limits.prefixes, to);
}

}  // namespace rightsline::outbox
