// Hearing: how a call says words of a program: by their recordings, by the provider's voice, or not at all.
//
// Pure. Whoever is about to say something to a caller asks here first, so that nobody hears silence where words should be.
#pragma once

#include <cstdint>
#include <string_view>

#include "flows/pack.hpp"

namespace rightsline::providers {

enum class Hearing : std::uint8_t { recorded, machine, nothing };

/// Whether a voice may, and can, read any words of that language aloud.
bool can_be_spoken(const flows::Pack& pack, flows::LanguageIndex language);
Hearing hearing_of(const flows::Pack& pack, flows::LanguageIndex language, flows::TextIndex text);
/// "recorded", "machine", "nothing": as the API and the command line say it.
std::string_view to_word(Hearing hearing);

}  // namespace rightsline::providers
