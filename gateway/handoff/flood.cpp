#include "gateway/handoff/flood.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "gateway/ops/json_text.hpp"

namespace rightsline::handoff {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto window = 10min;
constexpr auto block_is_asked = 60min;
constexpr auto all_are_asked = 10min;
constexpr std::size_t minutes_kept = 10;
constexpr std::size_t id_length = 12;  // of a keyed id: one in 2^48 is taken for another

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::string cut(std::string_view id) { return std::string(id.substr(0, id_length)); }

/// The block, as the last one; those that were heard of least lately make room.
Flood::Block& block_of(Flood& flood, const std::string& id, ops::UtcMs now) {
    const auto found = std::ranges::find(flood.blocks, id, &Flood::Block::id);
    if (found != flood.blocks.end()) {
        std::rotate(found, found + 1, flood.blocks.end());
    } else {
        if (flood.blocks.size() >= flood_limits::blocks) {
            flood.blocks.erase(flood.blocks.begin());
        }
        flood.blocks.push_back({id, now, {}, {}});
    }
    Flood::Block& block = flood.blocks.back();
    if (now - block.since > window) {
        block.since = now;
        block.numbers.clear();
    }
    return block;
}

bool is_side_by_side(Flood& flood, const SilentCall& call, ops::UtcMs now) {
    if (call.caller.empty() || call.block.empty()) {
        return false;
    }
    Flood::Block& block = block_of(flood, cut(call.block), now);
    const std::string number = cut(call.caller);
    if (std::ranges::find(block.numbers, number) == block.numbers.end() &&
        block.numbers.size() < flood_limits::numbers) {
        block.numbers.push_back(number);
    }
    if (block.numbers.size() < flood_limits::numbers) {
        return false;
    }
    const bool known = now < block.asked_until;
    block.asked_until = now + block_is_asked;
    return !known;
}

void count(Flood& flood, const SilentCall& call, ops::UtcMs now) {
    const std::int64_t minute = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count();
    std::erase_if(flood.minutes, [&](const Flood::Minute& one) {
        return one.minute > minute || minute - one.minute >= static_cast<std::int64_t>(minutes_kept);
    });
    if (flood.minutes.empty() || flood.minutes.back().minute != minute) {
        flood.minutes.push_back({minute, 0, 0});
    }
    flood.minutes.back().silent += 1;
    flood.minutes.back().held += call.held ? 1 : 0;
}

}  // namespace

Sign note(Flood& flood, const SilentCall& call, ops::UtcMs now) {
    count(flood, call, now);
    std::int64_t silent = 0;
    std::int64_t held = 0;
    for (const Flood::Minute& one : flood.minutes) {
        silent += one.silent;
        held += one.held;
    }
    const bool side_by_side = is_side_by_side(flood, call, now);
    const bool many = held >= flood_limits::held || silent >= flood_limits::silent;
    const bool known = now < flood.asked_until;
    if (many) {
        flood.asked_until = now + all_are_asked;
    }
    if (many && !known) {
        return held >= flood_limits::held ? Sign::held_open : Sign::silence;
    }
    return side_by_side ? Sign::side_by_side : Sign::none;
}

void note_rush(Flood& flood, ops::UtcMs now) { flood.asked_until = now + all_are_asked; }

bool asks_for_key(const Flood& flood, std::string_view block, ops::UtcMs now) {
    const std::string id = cut(block);
    const auto is_asked = [&](const Flood::Block& one) { return one.id == id && now < one.asked_until; };
    return now < flood.asked_until || (!id.empty() && std::ranges::any_of(flood.blocks, is_asked));
}

std::string to_bytes(const Flood& flood) {
    json::array blocks;
    for (const Flood::Block& one : flood.blocks) {
        json::array numbers;
        for (const std::string& number : one.numbers) {
            numbers.push_back(json::string(number));
        }
        blocks.push_back(json::object{{"id", one.id},
                                      {"since", ms(one.since)},
                                      {"numbers", std::move(numbers)},
                                      {"until", ms(one.asked_until)}});
    }
    json::array minutes;
    for (const Flood::Minute& one : flood.minutes) {
        minutes.push_back(json::array{one.minute, one.silent, one.held});
    }
    return json::serialize(json::object{
        {"blocks", std::move(blocks)}, {"minutes", std::move(minutes)}, {"until", ms(flood.asked_until)}});
}

namespace {

std::int64_t number_at(const json::value* value) {
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

ops::UtcMs time_of(const json::object& in, std::string_view name) {
    return ops::UtcMs(std::chrono::milliseconds(number_at(in.if_contains(name))));
}

/// The members of a list, at most `most`; none when it is no list.
json::array list_of(const json::object& in, std::string_view name, std::size_t most) {
    const json::value* list = in.if_contains(name);
    json::array all = list != nullptr && list->is_array() ? list->get_array() : json::array();
    all.resize(std::min(all.size(), most));
    return all;
}

Flood::Block block_in(const json::object& in) {
    Flood::Block block{ops::text_of(in, "id"), time_of(in, "since"), {}, time_of(in, "until")};
    for (const json::value& one : list_of(in, "numbers", flood_limits::numbers)) {
        block.numbers.push_back(one.is_string() ? std::string(one.get_string()) : std::string());
    }
    return block;
}

}  // namespace

Flood parse_flood(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    Flood flood;
    if (in == nullptr) {
        return flood;
    }
    for (const json::value& one : list_of(*in, "blocks", flood_limits::blocks)) {
        if (const json::object* block = one.if_object()) {
            flood.blocks.push_back(block_in(*block));
        }
    }
    for (const json::value& one : list_of(*in, "minutes", minutes_kept)) {
        if (const json::array* three = one.if_array(); three != nullptr && three->size() == 3) {
            flood.minutes.push_back(
                {number_at(&three->at(0)), number_at(&three->at(1)), number_at(&three->at(2))});
        }
    }
    flood.asked_until = time_of(*in, "until");
    return flood;
}

}  // namespace rightsline::handoff
