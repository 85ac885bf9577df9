#include "gateway/providers/hearing.hpp"

#include "gateway/providers/say_voice.hpp"

namespace rightsline::providers {

bool can_be_spoken(const flows::Pack& pack, flows::LanguageIndex language) {
    return pack.allow_tts[language] && say_voice(pack.languages[language]).has_value();
}

Hearing hearing_of(const flows::Pack& pack, flows::LanguageIndex language, flows::TextIndex text) {
    if (pack.is_recorded(language, text)) {
        return Hearing::recorded;
    }
    return text != flows::no_text && can_be_spoken(pack, language) ? Hearing::machine : Hearing::nothing;
}

std::string_view to_word(Hearing hearing) {
    constexpr std::string_view words[] = {"recorded", "machine", "nothing"};
    return words[static_cast<std::size_t>(hearing)];
}

}  // namespace rightsline::providers
