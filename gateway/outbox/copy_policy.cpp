// What is kept of a copy that could not be erased yet, and when it is tried again.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "gateway/outbox/copies.hpp"

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds shortest = 30s;
constexpr std::chrono::milliseconds longest = 1h;

std::int64_t number_of(std::string_view& rest) {
    std::int64_t number = 0;
    const std::size_t space = std::min(rest.find(' '), rest.size());
    std::from_chars(rest.data(), rest.data() + space, number);
    rest.remove_prefix(std::min(space + 1, rest.size()));
    return number;
}

}  // namespace

redis::Write request_erasure(const stores::Keyspace& keys, const std::string& account, std::string message,
                             ops::UtcMs due) {
    return {redis::Op::zadd,
            keys.copies(account),
            {std::to_string(due.time_since_epoch().count()), std::move(message)}};
}

std::string to_bytes(const CopyTrouble& trouble) {
    return std::to_string(trouble.attempts) + " " + std::to_string(trouble.since_ms) + " " + trouble.why;
}

CopyTrouble parse_trouble(std::string_view bytes) {
    CopyTrouble trouble;
    trouble.attempts = number_of(bytes);
    trouble.since_ms = number_of(bytes);
    trouble.why = bytes;
    return trouble;
}

std::optional<std::chrono::milliseconds> next_erasure(const CopyTrouble& trouble, bool refused,
                                                      double random) {
    if (trouble.attempts >= (refused ? most_refused_erasures : most_erasures)) {
        return std::nullopt;
    }
    const double doubled = static_cast<double>(shortest.count()) *
                           std::exp2(static_cast<double>(std::clamp<std::int64_t>(trouble.attempts, 1, 20)));
    const double ceiling = std::min(static_cast<double>(longest.count()), doubled);
    return shortest + std::chrono::milliseconds(static_cast<std::int64_t>(
                          random * (ceiling - static_cast<double>(shortest.count()))));
}

}  // namespace rightsline::outbox
