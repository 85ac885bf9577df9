#include "gateway/handoff/hand_off.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "gateway/handoff/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::handoff {
namespace {

namespace json = boost::json;

constexpr char mark = 'l';  // none that names a notice or an answer (outbox/notice.hpp, reply.hpp)
constexpr std::size_t name_length = 32;
constexpr std::size_t most_rings = 99;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

ops::UtcMs time_of(const json::object& in, std::string_view name) {
    return ops::UtcMs(std::chrono::milliseconds(number_of(in, name)));
}

template <class Enum>
Enum word_of(const json::object& in, std::string_view name, Enum last) {
    return static_cast<Enum>(
        std::clamp<std::int64_t>(number_of(in, name), 0, static_cast<std::int64_t>(last)));
}

std::size_t ring_number(const json::object& in, std::string_view name, std::size_t rings) {
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(number_of(in, name), 0, static_cast<std::int64_t>(rings)));
}

json::array bytes_of(const std::vector<std::string>& names) {
    return json::array(names.begin(), names.end());
}

std::vector<std::string> names_of(const json::value* list) {
    std::vector<std::string> all;
    for (const json::value& name : list != nullptr && list->is_array() ? list->get_array() : json::array()) {
        all.push_back(name.is_string() ? std::string(name.get_string()) : std::string());
    }
    return all;
}

json::array bytes_of(const std::vector<Ring>& rings) {
    json::array all;
    for (const Ring& one : rings) {
        all.push_back(json::object{{"stage", static_cast<std::int64_t>(one.stage)},
                                   {"person", one.person},
                                   {"call", one.call},
                                   {"at", ms(one.at)},
                                   {"lost", one.lost ? 1 : 0},
                                   {"warned", ms(one.warned)},
                                   {"hung_up", one.hung_up ? 1 : 0}});
    }
    return all;
}

std::vector<Ring> rings_of(const json::value* list) {
    std::vector<Ring> all;
    for (const json::value& one : list != nullptr && list->is_array() ? list->get_array() : json::array()) {
        if (const json::object* ring = one.if_object()) {
            all.push_back({word_of(*ring, "stage", Ring::Stage::ended), ops::text_of(*ring, "person"),
                           ops::text_of(*ring, "call"), time_of(*ring, "at"), number_of(*ring, "lost") != 0,
                           time_of(*ring, "warned"), number_of(*ring, "hung_up") != 0});
        }
    }
    return all;
}

}  // namespace

bool none_could_be_rung(const HandOff& hand_off) {
    return !hand_off.rings.empty() && hand_off.to_ring.empty() &&
           std::ranges::all_of(hand_off.rings, &Ring::lost);
}

Reply said_again(const HandOff& hand_off) {
    const bool waits = hand_off.state == State::ringing || hand_off.state == State::joining;
    switch (hand_off.answered) {
        case Reply::ring:
        case Reply::wait:
            return waits ? hand_off.answered : Reply::message;
        case Reply::talk:
        case Reply::talk_on:
            return hand_off.state == State::talking ? hand_off.answered : Reply::message;
        default:
            return hand_off.answered;
    }
}

std::string to_bytes(const HandOff& hand_off) {
    return json::serialize(json::object{{"state", static_cast<std::int64_t>(hand_off.state)},
                                        {"begun", ms(hand_off.begun)},
                                        {"since", ms(hand_off.since)},
                                        {"until", ms(hand_off.until)},
                                        {"ring_seconds", hand_off.ring_seconds},
                                        {"all_at_once", hand_off.all_at_once ? 1 : 0},
                                        {"in_danger", hand_off.in_danger ? 1 : 0},
                                        {"to_ring", bytes_of(hand_off.to_ring)},
                                        {"passed_over", bytes_of(hand_off.passed_over)},
                                        {"case", hand_off.case_id},
                                        {"gender", hand_off.gender},
                                        {"rings", bytes_of(hand_off.rings)},
                                        {"taker", static_cast<std::int64_t>(hand_off.taker)},
                                        {"asked", static_cast<std::int64_t>(hand_off.asked)},
                                        {"beside", static_cast<std::int64_t>(hand_off.beside)},
                                        {"wait_seconds", hand_off.wait_seconds},
                                        {"left_alone", ms(hand_off.left_alone)},
                                        {"called_back", hand_off.called_back},
                                        {"rang_again", hand_off.rang_again ? 1 : 0},
                                        {"room", hand_off.room},
                                        {"line", hand_off.line},
                                        {"caller_line", hand_off.caller_line},
                                        {"call", hand_off.call},
                                        {"step_url", hand_off.step_url},
                                        {"caller_warned", ms(hand_off.caller_warned)},
                                        {"called_out", hand_off.called_out ? 1 : 0},
                                        {"turn", hand_off.turn},
                                        {"answered", static_cast<std::int64_t>(hand_off.answered)}});
}

Result<HandOff> parse_hand_off(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr || !in->contains("state") || !in->contains("rings")) {
        return errc::damaged;
    }
    HandOff out;
    out.state = word_of(*in, "state", State::over);
    out.begun = time_of(*in, "begun");
    out.since = time_of(*in, "since");
    out.until = time_of(*in, "until");
    out.ring_seconds = number_of(*in, "ring_seconds");
    out.all_at_once = number_of(*in, "all_at_once") != 0;
    out.in_danger = number_of(*in, "in_danger") != 0;
    out.to_ring = names_of(in->if_contains("to_ring"));
    out.passed_over = names_of(in->if_contains("passed_over"));
    out.case_id = ops::text_of(*in, "case");
    out.gender = ops::text_of(*in, "gender");
    out.rings = rings_of(in->if_contains("rings"));
    out.taker = ring_number(*in, "taker", out.rings.size());
    out.asked = ring_number(*in, "asked", out.rings.size());
    out.beside = ring_number(*in, "beside", out.rings.size());
    out.wait_seconds = in->contains("wait_seconds") ? number_of(*in, "wait_seconds") : out.wait_seconds;
    out.left_alone = time_of(*in, "left_alone");
    out.called_back = number_of(*in, "called_back");
    out.rang_again = number_of(*in, "rang_again") != 0;
    out.room = ops::text_of(*in, "room");
    out.line = ops::text_of(*in, "line");
    out.caller_line = ops::text_of(*in, "caller_line");
    out.call = ops::text_of(*in, "call");
    out.step_url = ops::text_of(*in, "step_url");
    out.turn = ops::text_of(*in, "turn");
    out.caller_warned = time_of(*in, "caller_warned");
    out.called_out = number_of(*in, "called_out") != 0;
    out.answered = word_of(*in, "answered", Reply::join_on);
    return out;
}

std::string message_id(std::string_view hand_off, std::size_t ring) {
    return mark + std::string(hand_off) + "-" + std::to_string(ring);
}

RingName parse_message_id(std::string_view id) {
    RingName name;
    if (id.size() < name_length + 3 || id.front() != mark || id[name_length + 1] != '-') {
        return name;
    }
    const std::string_view number = id.substr(name_length + 2);
    std::size_t ring = 0;
    const auto [end, wrong] = std::from_chars(number.data(), number.data() + number.size(), ring);
    if (wrong != std::errc{} || end != number.data() + number.size() || ring > most_rings) {
        return name;
    }
    return {std::string(id.substr(1, name_length)), ring};
}

}  // namespace rightsline::handoff
