// Message: one text or call that is to leave by a line of ours, as it is kept, sealed, until its fate is known.
//
// Its id is given by whoever causes it and is the same however often that is repeated, so that it enters once.
// Invariant: `copies` bounds how often it may go again when nobody knows whether it went; design.md's promise P3.
// Must never: be kept unsealed. Threading: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/ops/clock.hpp"
#include "gateway/vault/phone_number.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::outbox {

/// In order of hurry: the lanes of a line's queue.
enum class Lane : std::uint8_t { alert, reply, blast };
inline constexpr std::size_t lanes = 3;

struct Text {
    locales::PrivateText body;
    std::chrono::seconds validity{36000};  // how long the carrier may try
};
/// What must still stand in the store when it is sent: the yes that it leaves by. A field of a hash of the same program.
struct OnlyWhile {
    std::string key;  // "" = nothing must
    std::string field;
    std::string value;
};
struct Call {
    std::string page;  // path of ours that says what the call does, asked for when it is answered
    std::chrono::seconds ring{30};  // before it counts as not answered
    bool hears_machines = false;    // the provider says whether a machine has answered, where it can
};

struct Message {
    Lane lane = Lane::reply;
    vault::PhoneNumber to;
    std::string
        recipient;  // hex phone id: STOP and the caps of a day are by it; "" = not known, of an alert alone
    std::variant<Text, Call> what;
    int copies = 0;          // how many more may go after one whose fate is unknown
    ops::UtcMs not_after{};  // it does not begin later; nothing = whenever
    bool after_stop =
        false;  // the answer to a STOP, or to what came after it: their STOP does not hold it back
    OnlyWhile only_while{};
    ops::UtcMs arrive_by{};  // of a text: the carrier may try no longer; nothing = as long as its validity
};

std::string to_bytes(const Message& message);
/// Errors: errc::damaged.
Result<Message> parse_message(std::string_view bytes);

}  // namespace rightsline::outbox
