// Alert: how far the people of a program have been told of one case, and who said that they have it.
//
// One per case, kept sealed, for it names people. Invariant: an alert that was acknowledged is told to nobody, unless its
// case becomes more urgent: then it begins again. Pure: a value, its bytes, and what a change of urgency does to it.
// Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::alerts {

/// One text or call that went to a person.
struct Told {
    std::string person;   // their name in the roster
    std::string medium;   // "sms", "call", "email", "webhook"
    std::string message;  // its id in the outbox
    ops::UtcMs at{};
};

struct Alert {
    std::string case_id;  // hex
    std::string
        outside;  // what its messages are named by: providers see it. Of one from before it was: the case's id
    std::string alias;  // "7K4-921"
    flows::Urgency urgency = flows::Urgency::p3;
    ops::UtcMs raised{};
    std::size_t rung = 0;               // of the ladder
    std::uint32_t messages = 0;         // sent so far: their ids are made of it
    std::uint32_t before = 0;           // P3: how many when the last step began; what came after is looked at
    ops::UtcMs stepped{};               // P3: when that was; nothing = nobody was told yet, or all in vain
    std::uint32_t notices = 0;          // e-mails and webhooks so far, likewise
    std::uint32_t reminders = 0;        // of news and clocks so far, likewise
    std::vector<std::string> reminded;  // of which clocks: Watch::marks
    std::vector<Told> told;             // the last most_told
    std::string line;                   // of ours, that the messages left by
    std::string taken_by;               // who acknowledged; "" = nobody yet
    std::string taken_how;              // "sms", "call", "api", "console", "status"
    ops::UtcMs taken_at{};

    bool is_taken() const { return !taken_by.empty(); }
};

inline constexpr std::size_t most_told = 100;

/// A name that tells nothing of the case.
std::string fresh_outside_name();
/// "a3f…-1": of the `number`th message of a kind ("a": text or call, "e": mail, "h": webhook, "n": reminder).
std::string message_id(const Alert& alert, char kind, std::uint32_t number);

/// Adds one, and forgets the first when there are too many.
void keep_told(Alert& alert, Told told);

std::string to_bytes(const Alert& alert);
/// Errors: errc::damaged.
Result<Alert> parse_alert(std::string_view bytes);

/// The case has this urgency now; true when the alert begins again.
bool rise(Alert& alert, flows::Urgency urgency, ops::UtcMs now);

/// Nobody has it any more: it begins again.
void reopen(Alert& alert);

/// The case that a member is of.
std::string case_of_member(std::string_view member);

}  // namespace rightsline::alerts
