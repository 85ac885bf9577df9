#include "gateway/reach/outreach.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::reach {
namespace {

namespace json = boost::json;

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

std::vector<Ping> pings_of(const json::object& in) {
    std::vector<Ping> all;
    const json::value* list = in.if_contains("pings");
    if (list == nullptr || !list->is_array()) {
        return all;
    }
    for (const json::value& one : list->get_array()) {
        if (const json::object* ping = one.if_object()) {
            all.push_back({ops::text_of(*ping, "message"), ops::text_of(*ping, "line"),
                           ops::UtcMs(std::chrono::milliseconds(number_of(*ping, "at"))),
                           number_of(*ping, "asks") != 0});
        }
    }
    return all;
}

}  // namespace

std::string to_bytes(const Outreach& outreach) {
    json::array pings;
    for (const Ping& one : outreach.pings) {
        pings.push_back(json::object{{"message", one.message},
                                     {"line", one.line},
                                     {"at", one.at.time_since_epoch().count()},
                                     {"asks", one.asks ? 1 : 0}});
    }
    return json::serialize(json::object{{"made", outreach.made},
                                        {"told_of", outreach.told_of},
                                        {"returns", outreach.returns},
                                        {"unanswered", outreach.unanswered},
                                        {"pings", std::move(pings)},
                                        {"held", outreach.held}});
}

Result<Outreach> parse_outreach(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr || !in->contains("made")) {
        return stores::errc::damaged;
    }
    return Outreach{number_of(*in, "made"),
                    number_of(*in, "told_of"),
                    number_of(*in, "returns"),
                    number_of(*in, "unanswered"),
                    pings_of(*in),
                    ops::text_of(*in, "held")};
}

void note_return(Outreach& outreach, const Standing& standing) {
    if (standing.returns > outreach.returns) {
        outreach.returns = standing.returns;
        outreach.unanswered = 0;
        outreach.held.clear();
    }
}

Plan plan(const Outreach& outreach, const Standing& standing, const SafeHours& hours, const UtcOffset& offset,
          ops::UtcMs now) {
    const bool owed = standing.replies > std::max(standing.replies_read, outreach.told_of);
    if (!owed || !standing.wanted) {
        return Rest{};
    }
    if (outreach.unanswered >= most_unanswered) {
        return Hold{held_unanswered};
    }
    const ops::UtcMs rested = outreach.pings.empty() ? now : outreach.pings.back().at + between_pings;
    const std::optional<Window> window = hours.next(std::max(now, rested), offset);
    if (!window) {
        return Hold{held_no_way};
    }
    return window->opens > now ? Plan(Wait{window->opens}) : Plan(Tell{*window});
}

void note_question(Outreach& outreach, Ping text) {
    ++outreach.made;
    outreach.pings.push_back(std::move(text));
    if (outreach.pings.size() > most_kept_pings) {
        outreach.pings.erase(outreach.pings.begin());
    }
}

void note_ping(Outreach& outreach, const Standing& standing, Ping ping) {
    ++outreach.unanswered;
    outreach.returns = standing.returns;
    outreach.told_of = standing.replies;
    outreach.held.clear();
    note_question(outreach, std::move(ping));
}

}  // namespace rightsline::reach
