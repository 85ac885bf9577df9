// say_voice: with which of Twilio's voices a language may be spoken.
//
// A language without an entry is never spoken by a machine: its words are recorded. Haitian Creole has none.
#pragma once

#include <optional>
#include <string_view>

#include "locales/language.hpp"

namespace rightsline::providers {

struct SayVoice {
    std::string_view voice;
    std::string_view language;
};

/// The voice of the language or of its parents; nothing where the provider has none.
std::optional<SayVoice> say_voice(locales::LanguageTag language);

}  // namespace rightsline::providers
