#include "gateway/callbacks/call_back.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "gateway/callbacks/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::callbacks {
namespace {

namespace json = boost::json;

constexpr char mark = 'b';  // none that names a notice, an answer or a ring of a hand-off
constexpr std::size_t name_length = 32;
constexpr std::uint32_t most_wrong = 99;

constexpr std::array<std::string_view, outcomes> words{"",          "reached",  "nobody",    "wrong_code",
                                                       "not_begun", "given_up", "not_placed"};

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

template <class Enum>
Enum word_of(const json::object& in, std::string_view name, Enum last) {
    return static_cast<Enum>(
        std::clamp<std::int64_t>(number_of(in, name), 0, static_cast<std::int64_t>(last)));
}

json::object bytes_of(const Leg& leg) {
    return {{"stage", static_cast<std::int64_t>(leg.stage)},
            {"call", leg.call},
            {"warned", leg.warned.time_since_epoch().count()}};
}

Leg leg_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    const json::object* leg = found == nullptr ? nullptr : found->if_object();
    return leg == nullptr ? Leg()
                          : Leg{word_of(*leg, "stage", Leg::Stage::ended), ops::text_of(*leg, "call"),
                                ops::UtcMs(std::chrono::milliseconds(number_of(*leg, "warned")))};
}

}  // namespace

std::string_view to_word(Outcome outcome) { return words.at(static_cast<std::size_t>(outcome)); }

std::string to_bytes(const CallBack& call_back) {
    return json::serialize(json::object{{"state", static_cast<std::int64_t>(call_back.state)},
                                        {"outcome", static_cast<std::int64_t>(call_back.outcome)},
                                        {"since", call_back.since.time_since_epoch().count()},
                                        {"case", call_back.case_id},
                                        {"person", call_back.person},
                                        {"language", call_back.language},
                                        {"line", call_back.line},
                                        {"worker_line", call_back.worker_line},
                                        {"room", call_back.room},
                                        {"of_person", bytes_of(call_back.of_person)},
                                        {"of_worker", bytes_of(call_back.of_worker)},
                                        {"wrong", static_cast<std::int64_t>(call_back.wrong)}});
}

Result<CallBack> parse_call_back(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr || !in->contains("state") || !in->contains("case")) {
        return errc::damaged;
    }
    CallBack out;
    out.state = word_of(*in, "state", State::over);
    out.outcome = word_of(*in, "outcome", Outcome::not_placed);
    out.since = ops::UtcMs(std::chrono::milliseconds(number_of(*in, "since")));
    out.case_id = ops::text_of(*in, "case");
    out.person = ops::text_of(*in, "person");
    out.language = ops::text_of(*in, "language");
    out.line = ops::text_of(*in, "line");
    out.worker_line = ops::text_of(*in, "worker_line");
    out.room = ops::text_of(*in, "room");
    out.of_person = leg_of(*in, "of_person");
    out.of_worker = leg_of(*in, "of_worker");
    out.wrong = static_cast<std::uint32_t>(std::clamp<std::int64_t>(number_of(*in, "wrong"), 0, most_wrong));
    return out;
}

std::string message_id(std::string_view call_back, Side side) {
    return mark + std::string(call_back) + (side == Side::person ? "-p" : "-w");
}

LegName parse_message_id(std::string_view id) {
    const bool shaped = id.size() == name_length + 3 && id.front() == mark && id[name_length + 1] == '-' &&
                        (id.back() == 'p' || id.back() == 'w');
    if (!shaped) {
        return {};
    }
    return {std::string(id.substr(1, name_length)), id.back() == 'p' ? Side::person : Side::worker};
}

}  // namespace rightsline::callbacks
