// What the shell keeps beside the engine's values: around a packed conversation, and around a stored answer.
//
// Pure codecs; both are sealed before they reach the store.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "flows/conversation.hpp"
#include "gateway/http/message.hpp"
#include "locales/result.hpp"

namespace rightsline::conversations {

using EventId = std::array<std::uint8_t, 16>;

/// A live conversation with the shell's own notes.
struct Envelope {
    flows::Conversation conversation;
    std::optional<EventId> secret_event;  // the turn whose stored answer says a receipt code
};
std::string to_bytes(const Envelope& envelope);
/// Errors: errc::damaged, flows::errc::bad_conversation.
Result<Envelope> parse_envelope(std::string_view bytes);

/// A once-guard's value: what the event said (as a MAC), and the answer it got.
struct Guard {
    EventId content{};          // MAC of the decoded content: another content under this event is an alarm
    bool kept_apart = false;    // the answer says a receipt code and is kept apart, for minutes
    std::string sealed_answer;  // "" when kept apart
};
std::string to_bytes(const Guard& guard);
/// Errors: errc::damaged.
Result<Guard> parse_guard(std::string_view bytes);

/// An answer as bytes that a repeat gets again.
std::string to_bytes(const http::Response& response);
/// Errors: errc::damaged.
Result<http::Response> parse_response(std::string_view bytes);

}  // namespace rightsline::conversations
