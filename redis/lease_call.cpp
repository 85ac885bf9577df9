#include "redis/lease_call.hpp"

#include <algorithm>
#include <utility>

namespace rightsline::redis {

Command begin_lease_call(std::string function, const LeaseQueue& queue,
                         const std::vector<std::string>& own_keys) {
    Command command;
    command.reserve(3 + 6 + queue.lanes.size() + own_keys.size() + 12);
    command.insert(command.end(),
                   {"FCALL", std::move(function), std::to_string(6 + queue.lanes.size() + own_keys.size()),
                    queue.jobs, queue.states, queue.leased, queue.unknown, queue.settled, queue.rate});
    command.insert(command.end(), queue.lanes.begin(), queue.lanes.end());
    command.insert(command.end(), own_keys.begin(), own_keys.end());
    command.push_back(std::to_string(queue.lanes.size()));
    return command;
}

bool usable(const LeaseQueue& queue) {
    return !queue.lanes.empty() && queue.lanes.size() <= lease_limits::lanes;
}

bool usable_id(std::string_view id) { return !id.empty() && id.size() <= lease_limits::id_bytes; }

bool usable_owner(std::string_view owner) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-";
    return !owner.empty() && owner.size() <= lease_limits::owner_bytes &&
           owner.find_first_not_of(allowed) == std::string_view::npos;
}

bool within(std::int64_t value, std::int64_t low, std::int64_t high) { return value >= low && value <= high; }

errc refusal_of(const Reply& reply) {
    return reply.error() != nullptr ? errc::server_error : errc::unexpected_reply;
}

std::optional<std::vector<std::string>> strings_of(const Reply& reply) {
    const std::vector<Reply>* found = reply.array();
    if (found == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> strings;
    strings.reserve(found->size());
    for (const Reply& one : *found) {
        if (one.string() == nullptr) {
            return std::nullopt;
        }
        strings.push_back(*one.string());
    }
    return strings;
}

}  // namespace rightsline::redis
