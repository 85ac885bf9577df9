// Referral: a report is offered to another organisation of its program, which accepts it or does not: one table of states.
//
// Whoever holds a key of the case's circle seals what they pass to the other organisation's circle, on their own machine; the
// server keeps these copies apart and hands none out before the offer is accepted. Each step needs the worker's yes as it
// stands in the commit that makes it. A no from the worker ends an offer that waits, and one that was accepted: from then on
// nothing more is passed or shown. What the others read meanwhile nobody can take back.
// Reasons are words of ours, so that nobody writes of a report where everybody reads. Pure. Threading: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/audit/entry.hpp"
#include "locales/result.hpp"

namespace rightsline::cases {

enum class ReferralState : std::uint8_t {
    offered,     // it waits for an answer: the others see that it is there, and nothing of it
    accepted,    // they read what was passed
    declined,    // by them, with a reason
    taken_back,  // by whoever offered it, before or after it was accepted
    lapsed,      // nobody answered in time
    withdrawn,   // its worker took the yes back
};
inline constexpr std::array all_referral_states{ReferralState::offered,  ReferralState::accepted,
                                                ReferralState::declined, ReferralState::taken_back,
                                                ReferralState::lapsed,   ReferralState::withdrawn};

enum class ReferralEvent : std::uint8_t {
    offer,
    pass_more,  // what its worker told since
    accept,
    decline,
    take_back,
    lapse,
    consent_gone,
};
inline constexpr std::array all_referral_events{
    ReferralEvent::offer,     ReferralEvent::pass_more, ReferralEvent::accept,      ReferralEvent::decline,
    ReferralEvent::take_back, ReferralEvent::lapse,     ReferralEvent::consent_gone};

/// What becomes of it; the same state: it is so already. Nothing: this cannot happen to it. `now`: nothing = it was never offered.
std::optional<ReferralState> next_state(std::optional<ReferralState> now, ReferralEvent event);
/// It waits or it was accepted: its copies are kept.
bool is_live(ReferralState state);

std::string_view to_word(ReferralState state);
std::optional<ReferralState> referral_state_of(std::string_view word);
audit::What act_of(ReferralEvent event);

/// Why somebody offers it, or does not take it.
inline constexpr std::array<std::string_view, 5> offer_reasons{"investigate", "advice", "urgent", "mandate",
                                                               "other"};
inline constexpr std::array<std::string_view, 5> decline_reasons{"mandate", "capacity", "conflict",
                                                                 "duplicate", "other"};
bool is_reason(ReferralEvent event, std::string_view word);

/// How it stands with one organisation. Of an offer after an end the end is forgotten here; the audit has it.
struct Referral {
    std::string to;  // the organisation's key
    ReferralState state = ReferralState::offered;
    std::string purpose;                  // what its worker said yes to
    std::string reason;                   // of the offer
    std::string why;                      // of the decline
    std::string by;                       // who offered it, as the audit names them
    std::int64_t at = 0;                  // when it was offered, seconds since 1970
    std::int64_t until = 0;               // when it lapses
    std::int64_t copies = 0;              // parts that were sealed for them
    std::int64_t seen = 0;                // of the parts that there were: what was told since was not passed
    std::vector<std::string> recordings;  // copies for them, by their own ids
};

inline constexpr std::size_t most_copies = 400;      // of one case's parts for one organisation
inline constexpr std::size_t most_recordings = 200;  // likewise

/// What somebody wants of it. Of an offer, and of more: `what` is all that is passed now; else `what.to` counts, and `what.why`.
struct Refer {
    ReferralEvent event{};
    Referral what;
    std::string status{};  // what the case has from the acceptance on; "" = what it had
};
/// `now`: null = it was never offered there.
/// Errors: errc::already_offered, errc::no_referral, errc::not_accepted, errc::contended (other copies are there than `what.at`
/// says, of more), errc::bad_reason.
Result<Referral> decide_referral(const Referral* now, const Refer& wish);

/// One line; nothing: that is none of ours.
std::string to_line(const Referral& one);
std::optional<Referral> parse_referral(std::string_view line);

}  // namespace rightsline::cases
