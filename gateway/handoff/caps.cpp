#include "gateway/handoff/caps.hpp"

#include <charconv>
#include <chrono>

namespace rightsline::handoff {
namespace {

constexpr const char* withheld = "withheld";
constexpr const char* everybody = "all";
constexpr std::int64_t kept_for_danger = 5;  // one in so many; of fewer than that none
constexpr std::int64_t as_often = 3;         // as others, who is in danger

std::int64_t most_of(const Count& one, Standing standing) {
    if (one.cap == Cap::all) {
        return standing == Standing::usual ? one.most - one.most / kept_for_danger : one.most;
    }
    return standing == Standing::usual ? one.most : one.most * as_often;
}

template <class Span>
std::string span_of(const char* letter, ops::UtcMs now) {
    return letter + std::to_string(std::chrono::floor<Span>(now.time_since_epoch()).count());
}

std::int64_t number(const std::optional<std::string>& stored) {
    std::int64_t value = 0;
    if (stored) {
        std::from_chars(stored->data(), stored->data() + stored->size(), value);
    }
    return value;
}

}  // namespace

std::vector<Count> counts_of(const people::LiveCaps& caps, const stores::Keyspace& keys, const Counted& who,
                             ops::UtcMs now, Standing standing) {
    const std::string minute = span_of<std::chrono::minutes>("m", now);
    const std::string hour = span_of<std::chrono::hours>("h", now);
    const std::string day = span_of<std::chrono::days>("d", now);
    const bool shown = !who.caller.empty();
    const std::string caller = shown ? who.caller : withheld;
    // Who shows no number shares a count with all who show none: as many as of a block.
    std::vector<Count> counts{
        {Cap::caller, keys.put_through(caller, hour), shown ? caps.caller_hour : caps.block_hour},
        {Cap::all, keys.put_through(everybody, minute), caps.minute},
        {Cap::all, keys.put_through(everybody, hour), caps.hour},
        {Cap::all, keys.put_through(everybody, day), caps.day}};
    if (shown) {
        counts.push_back({Cap::caller, keys.put_through(caller, day), caps.caller_day});
    }
    if (!who.block.empty()) {
        counts.push_back({Cap::block, keys.put_through(who.block, hour), caps.block_hour});
    }
    for (Count& one : counts) {
        one.most = most_of(one, standing);
    }
    return counts;
}

Cap full_one(const std::vector<Count>& counts, const std::vector<std::optional<std::string>>& stored) {
    for (std::size_t i = 0; i < counts.size() && i < stored.size(); ++i) {
        if (number(stored[i]) >= counts[i].most) {
            return counts[i].cap;
        }
    }
    return Cap::none;
}

std::vector<redis::Write> counting_writes(const stores::Keyspace& keys, const std::vector<Count>& counts,
                                          ops::UtcMs now) {
    const std::string at = std::to_string(now.time_since_epoch().count());
    std::vector<redis::Write> writes;
    for (const Count& one : counts) {
        writes.push_back({redis::Op::must_be_below, one.key, {std::to_string(one.most)}});
        writes.push_back({redis::Op::incrby, one.key, {"1"}});
        writes.push_back({redis::Op::zadd, keys.guards(), {at, one.key}});
    }
    return writes;
}

}  // namespace rightsline::handoff
