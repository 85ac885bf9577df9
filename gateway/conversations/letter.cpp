#include "gateway/conversations/letter.hpp"

#include <optional>
#include <utility>

#include "gateway/providers/hearing.hpp"
#include "locales/fitting.hpp"
#include "locales/private_text.hpp"

namespace rightsline::conversations {
namespace {

using providers::Hearing;

// With the question behind it: an SMS of at most two parts more or less, one USSD screen, 20 s of speech.
constexpr locales::Room of_text{240, 100};
constexpr locales::Room of_screen{90, 36};
constexpr locales::Room of_speech{300, 300};
constexpr std::string_view goes_on = " ...";

bool is_call(const Listener& listener) { return listener.mode == "voice"; }

std::optional<flows::LanguageIndex> language_in(const flows::Pack* pack, const std::string& language) {
    const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(language);
    return pack != nullptr && tag ? pack->find_language(*tag) : std::nullopt;
}

/// The ready answer in that language; nothing where it cannot be said or shown in it.
std::optional<Letter> said_in(const std::string& language, const std::string& answer,
                              const Listener& listener) {
    const auto index = language_in(listener.pack, language);
    const flows::TextIndex text = index ? listener.pack->find_answer(answer) : flows::no_text;
    if (text == flows::no_text ||
        (is_call(listener) && providers::hearing_of(*listener.pack, *index, text) == Hearing::nothing)) {
        return std::nullopt;
    }
    const std::string words = listener.pack->text(*index, text).text({});
    if (is_call(listener)) {
        return Letter{{words}, answer, language};
    }
    return Letter{pieces_of(words, listener.mode), "", language};
}

}  // namespace

bool Listener::takes_written_words() const {
    const auto index = language_in(pack, reported);
    return mode != "voice" || (index && providers::can_be_spoken(*pack, *index));
}

Letter letter_for(cases::ReplyWords words, const Listener& listener) {
    for (const std::string* language : {&listener.here, &listener.reported}) {
        std::optional<Letter> letter = said_in(*language, words.answer, listener);
        if (letter) {
            locales::wipe(words.text);
            return std::move(*letter);
        }
    }
    Letter letter{pieces_of(words.text, listener.mode), "", listener.reported,
                  !listener.takes_written_words()};
    locales::wipe(words.text);
    return letter;
}

std::vector<std::string> pieces_of(std::string_view text, std::string_view mode) {
    const locales::Room& room = mode == "voice" ? of_speech : mode == "ussd" ? of_screen : of_text;
    std::vector<std::string> pieces = locales::paginate(text, room);
    if (mode != "voice") {  // nobody says dots
        for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
            pieces[i] += goes_on;
        }
    }
    return pieces;
}

}  // namespace rightsline::conversations
