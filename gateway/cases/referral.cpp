#include "gateway/cases/referral.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>

#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;
using Event = ReferralEvent;
using State = ReferralState;
using Cell = std::optional<State>;

constexpr Cell no = std::nullopt;

// In the order of the events: offer, pass_more, accept, decline, take_back, lapse, consent_gone.
using Row = std::array<Cell, all_referral_events.size()>;
constexpr Row never{State::offered, no, no, no, no, no, no};
constexpr std::array<Row, all_referral_states.size()> table{{
    // offered
    {no, State::offered, State::accepted, State::declined, State::taken_back, State::lapsed,
     State::withdrawn},
    // accepted
    {no, State::accepted, State::accepted, no, State::taken_back, no, State::withdrawn},
    // declined
    {State::offered, no, no, State::declined, no, no, no},
    // taken_back
    {State::offered, no, no, no, State::taken_back, no, no},
    // lapsed
    {State::offered, no, no, no, no, State::lapsed, no},
    // withdrawn
    {State::offered, no, no, no, no, no, State::withdrawn},
}};

constexpr std::array<std::string_view, all_referral_states.size()> state_words{
    "offered", "accepted", "declined", "taken_back", "lapsed", "withdrawn"};
constexpr std::array acts{
    audit::What::referred,          audit::What::passed_more,         audit::What::referral_accepted,
    audit::What::referral_declined, audit::What::referral_taken_back, audit::What::referral_lapsed,
    audit::What::referral_withdrawn};
static_assert(acts.size() == all_referral_events.size());

errc refusal(const Referral* now, Event event) {
    if (event == Event::offer) {
        return errc::already_offered;
    }
    if (event == Event::decline && now != nullptr && now->state == State::accepted) {
        return errc::accepted_already;
    }
    const bool waits = now != nullptr && now->state == State::offered;
    return event == Event::pass_more || !waits ? errc::no_referral : errc::not_accepted;
}

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

/// What is passed on top of what is there.
Result<Referral> with_more(Referral now, const Referral& more) {
    if (now.copies != more.at) {
        return errc::contended;
    }
    now.copies += more.copies;
    now.seen = std::max(now.seen, more.seen);
    now.recordings.insert(now.recordings.end(), more.recordings.begin(), more.recordings.end());
    const auto count = static_cast<std::size_t>(now.copies);
    if (count > most_copies || now.recordings.size() > most_recordings) {
        return errc::bad_part;
    }
    return now;
}

}  // namespace

std::optional<State> next_state(std::optional<State> now, Event event) {
    const Row& row = now ? table.at(static_cast<std::size_t>(*now)) : never;
    return row.at(static_cast<std::size_t>(event));
}

bool is_live(State state) { return state == State::offered || state == State::accepted; }

std::string_view to_word(State state) { return state_words.at(static_cast<std::size_t>(state)); }

std::optional<State> referral_state_of(std::string_view word) {
    const auto found = std::ranges::find(state_words, word);
    return found == state_words.end()
               ? std::nullopt
               : std::optional(static_cast<State>(std::distance(state_words.begin(), found)));
}

audit::What act_of(Event event) { return acts.at(static_cast<std::size_t>(event)); }

bool is_reason(Event event, std::string_view word) {
    const auto& words = event == Event::decline ? decline_reasons : offer_reasons;
    return std::ranges::find(words, word) != words.end();
}

Result<Referral> decide_referral(const Referral* now, const Refer& wish) {
    const auto state = next_state(now == nullptr ? std::nullopt : std::optional(now->state), wish.event);
    if (!state) {
        return refusal(now, wish.event);
    }
    const bool offers = wish.event == Event::offer;
    if ((offers && !is_reason(wish.event, wish.what.reason)) ||
        (wish.event == Event::decline && !is_reason(wish.event, wish.what.why))) {
        return errc::bad_reason;
    }
    if (wish.event == Event::pass_more) {
        return with_more(*now, wish.what);
    }
    Referral after = offers ? wish.what : *now;
    after.state = *state;
    if (wish.event == Event::decline && now->state != State::declined) {
        after.why = wish.what.why;
    }
    if (!is_live(*state)) {
        after.recordings.clear();
        after.copies = 0;
    }
    return after;
}

std::string to_line(const Referral& one) {
    return json::serialize(
        json::object{{"to", one.to},
                     {"state", std::string(to_word(one.state))},
                     {"purpose", one.purpose},
                     {"reason", one.reason},
                     {"why", one.why},
                     {"by", one.by},
                     {"at", one.at},
                     {"until", one.until},
                     {"copies", one.copies},
                     {"seen", one.seen},
                     {"recordings", json::array(one.recordings.begin(), one.recordings.end())}});
}

std::optional<Referral> parse_referral(std::string_view line) {
    boost::system::error_code failed;
    const json::value value = json::parse(line, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const auto state = in == nullptr ? std::nullopt : referral_state_of(ops::text_of(*in, "state"));
    const json::value* recordings = in == nullptr ? nullptr : in->if_contains("recordings");
    if (!state || recordings == nullptr || !recordings->is_array()) {
        return std::nullopt;
    }
    Referral one{ops::text_of(*in, "to"),
                 *state,
                 ops::text_of(*in, "purpose"),
                 ops::text_of(*in, "reason"),
                 ops::text_of(*in, "why"),
                 ops::text_of(*in, "by"),
                 number_of(*in, "at"),
                 number_of(*in, "until"),
                 number_of(*in, "copies"),
                 number_of(*in, "seen"),
                 {}};
    for (const json::value& id : recordings->get_array()) {
        if (!id.is_string()) {
            return std::nullopt;
        }
        one.recordings.emplace_back(id.get_string());
    }
    return one;
}

}  // namespace rightsline::cases
