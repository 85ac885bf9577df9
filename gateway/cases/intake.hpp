// Intake: the form by which somebody of the team enters what a worker tells them, on the phone or face to face.
//
// Its questions are the program's own: the sealed ones of the flow that files a report, in their order and in the worker's
// language; a program is data here too. What is answered becomes the same sealed parts as in a report that a worker files alone.
// Must never: ask for a name or a number. How the worker may be reached they say themselves, with their code, from a phone of
// theirs, so that no monitor sees a number. Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/pack.hpp"
#include "gateway/vault/circle.hpp"
#include "locales/result.hpp"

namespace rightsline::cases {

struct IntakeFamily {
    std::string key;
    std::string words;
    flows::Urgency urgency = flows::Urgency::p3;
    std::string circle{};  // that a report of it is sealed to; "" = the program's own
};
struct IntakeQuestion {
    std::string name;   // the block that asks: the name of the part
    std::string words;  // as a worker would read them
    bool needed = false;
};
struct IntakeForm {
    std::string language;                                        // BCP-47
    std::vector<std::pair<std::string, std::string>> languages;  // and what each calls itself
    std::vector<IntakeFamily> families;
    std::vector<IntakeQuestion> questions;
};

/// `language`: "" = the program's first. Errors: errc::unknown_language.
Result<IntakeForm> intake_form(const flows::Pack& pack, std::string_view language);

/// The call in which it was told: who enters it had taken it.
struct ToldInCall {
    std::string name;       // as the audit names it; it has one report at most
    std::int64_t hour = 0;  // when it was taken: seconds since 1970, cut to the hour
};

/// What was filled in, sealed on the machine of whoever wrote it.
struct IntakeEntry {
    std::string
        id;  // of the case: hex, 32 characters, drawn where the parts were sealed, which are bound to it
    std::string language;
    std::string family;
    bool danger = false;               // the worker is in danger now
    std::vector<std::string> parts{};  // sealed to the circle, as seal_part() does
    std::optional<ToldInCall> call{};
};

inline constexpr std::size_t most_entered_parts = 16;
inline constexpr std::size_t longest_entered_parts = 40'000;  // bytes, sealed, all together
inline constexpr std::size_t longest_entered_answer = 8'000;  // bytes of words, of one question

/// What a server can tell of them: there is one, they are sealed parts, to that key, and no more than fit.
/// Errors: errc::bad_part.
Result<void> check_entry(const vault::CirclePublicKey& circle, const IntakeEntry& entry);

}  // namespace rightsline::cases
