// Take: one recording of one script line that nobody else has heard yet, and the rules of hearing it.
//
// Pure values. A take is in no call: it becomes part of a program only when somebody who did not speak it has
// listened and approved. It belongs to the exact words that were read, as every recording does (locales/audio.hpp).
// Must never: hold a worker's words, number or code; `by` is the name of a translator, as they gave it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "locales/result.hpp"

namespace rightsline::prompts {

struct Take {
    /// unreadable: its note on the disk is not one that we wrote; it must be recorded again.
    enum class State : std::uint8_t { waiting, approved, rejected, unreadable };

    State state = State::waiting;
    std::string by;               // who spoke it, or brought it
    std::string at;               // "2026-11-23T15:40:00Z"
    std::uint64_t text_hash = 0;  // locales::hash_text() of the words that were read
    std::string hash;             // hex SHA-256 of the sound
    std::chrono::milliseconds length{0};
    std::string warnings;   // "too loud (…)": what no ear may notice on a good loudspeaker
    std::string judged_by;  // "" while it waits
    std::string judged_at;
    std::string why;  // of a rejected one: what the recorder shall do differently
    std::string way;  // how it was recorded: "phone", "browser"; "" = it came as a file

    friend bool operator==(const Take&, const Take&) = default;
};

std::string_view word(Take::State state);

/// The note that is kept beside the sound: one JSON object. parse_take() is its inverse; whatever else it gets is
/// a take that is unreadable.
std::string to_note(const Take& take);
Take parse_take(std::string_view note);

/// Seconds in UTC: "2026-11-23T15:40:00Z".
std::string take_time(std::chrono::sys_time<std::chrono::milliseconds> at);

/// A name as it is kept: trimmed, inner spaces single. Nothing when no letter or digit is in it, it is longer than 64
/// bytes, holds a control character, or so many digits that it may be somebody's number: it stands in the audit.
std::optional<std::string> read_name(std::string_view typed);

/// Two spellings of one name: case, accents and spaces do not make another person.
bool is_same_person(std::string_view one, std::string_view other);

/// Why `by` may not approve this take of a line whose words are `text` now. Errors: errc::already_judged,
/// errc::unreadable_take, errc::own_take, errc::other_words.
Result<void> may_approve(const Take& take, std::string_view text, std::string_view by);

/// Why the take cannot be rejected; who recorded it may, for they may want to do it better. Errors:
/// errc::already_judged, errc::unreadable_take.
Result<void> may_reject(const Take& take);

struct Judgement {
    Take::State state = Take::State::approved;  // or rejected
    std::string by;
    std::string at;
    std::string why;  // as it was typed: cut to 500 bytes and one line
};
/// The take as its note says it afterwards.
Take judged(Take take, const Judgement& judgement);

}  // namespace rightsline::prompts
