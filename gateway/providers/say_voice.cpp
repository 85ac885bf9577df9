#include "gateway/providers/say_voice.hpp"

#include <array>
#include <utility>

namespace rightsline::providers {
namespace {

constexpr std::array<std::pair<std::string_view, SayVoice>, 3> voices{{
    {"en", {"Polly.Joanna", "en-US"}},
    {"es", {"Polly.Mia", "es-MX"}},
    {"es-US", {"Polly.Lupe", "es-US"}},
}};

}  // namespace

std::optional<SayVoice> say_voice(locales::LanguageTag language) {
    while (!language.is_undetermined()) {
        for (const auto& [tag, voice] : voices) {
            if (tag == language.str()) {
                return voice;
            }
        }
        language = language.parent();
    }
    return std::nullopt;
}

}  // namespace rightsline::providers
