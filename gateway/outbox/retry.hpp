// Retry: what becomes of a message after its provider has answered, or has not.
//
// Pure. Every retry has a limit and a reason that a person can read; full jitter between 1 s and 5 min, so that what
// failed together does not come back together; an alert's first dozen tries stay within 10 s of each other. Invariant: what may have gone is never Again here; it is Unknown, and
// resolve() decides by how many copies its class allows. Threading: plain values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/outbox/delivery.hpp"
#include "gateway/outbox/message.hpp"
#include "gateway/providers/outbound.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::outbox {

/// The final word on a message, the first in its record's note.
enum class Outcome : std::uint8_t {
    accepted,   // the provider has it
    rejected,   // the provider will not have it
    given_up,   // the provider could not take it for as long as it was worth trying
    unknown,    // perhaps it went; no further copy is allowed
    stopped,    // the recipient has said STOP
    capped,     // the recipient's, or the program's, limit of the day was reached
    too_late,   // it was not begun in its time
    withdrawn,  // the recipient has taken back the yes that it was to leave by
    no_way,     // its line, its account or its shape is of no use any more
};
std::string_view name_of(Outcome outcome);
/// "accepted SM… queued": the outcome, then what the provider called it. No number, no words.
std::string note_of(Outcome outcome, std::string_view more);

/// How often a message is tried before it is given up.
inline constexpr std::int64_t most_attempts = 12;
/// Of an alert: a day of tries, because a missed alert is worse than a late one.
inline constexpr std::int64_t most_attempts_of_alert = 300;
/// Receipts may still come of a reply whose fate is unknown: wait this long before asking.
inline constexpr std::chrono::milliseconds doubt_rest{60'000};

/// `attempts`: begun so far, this one included. `random`: from [0, 1).
std::chrono::milliseconds backoff(Lane lane, std::int64_t attempts, double random);

redis::Settlement after(const providers::SendResult& result, Lane lane, std::int64_t attempts, double random);

/// The word of a first receipt on a message that left in a webhook's answer. Nothing: it says nothing of its fate.
std::optional<redis::Settlement> by_receipt(const Receipt& receipt, std::string_view theirs,
                                            const providers::Sender& sender);

/// The note of a message that came back with a backup: it may have left after the backup was made.
inline constexpr std::string_view restored_note = "restored";

/// What is known of a message in doubt.
struct Evidence {
    bool receipt = false;        // the provider sent a receipt for it
    std::string found;           // the provider's list has it under this name; "" = not, or not asked
    bool asked_in_vain = false;  // the list could not be read: ask again
    bool restored = false;       // it came back with a backup, so it has most likely left already
    std::string status{};        // found: what the list says of it
    std::optional<providers::Reason> failed{};  // found: the provider has it, and did not send it
};
/// `doubts`: how often it became unknown, this time included.
redis::Settlement resolve(const Evidence& evidence, const Message& message, std::int64_t doubts,
                          std::int64_t looks, double random);

}  // namespace rightsline::outbox
