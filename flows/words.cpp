#include "flows/words.hpp"

#include <algorithm>

#include "flows/conversation_codec.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

bool is_spoken(std::string_view words) {
    return std::any_of(words.begin(), words.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
               ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
    });
}

std::string_view trimmed(std::string_view words) {
    const auto first = words.find_first_not_of(" \n\t");
    return first == std::string_view::npos ? std::string_view{}
                                           : words.substr(first, words.find_last_not_of(" \n\t") - first + 1);
}

bool needs_icu(const locales::Message& message) {
    return std::any_of(message.pieces().begin(), message.pieces().end(), [](const locales::Piece& piece) {
        return std::holds_alternative<locales::FormattedPiece>(piece);
    });
}

constexpr std::size_t digits_in_group = 4;
constexpr std::size_t usual_clips = 5;    // "For", the choice, "press", the digit, and one to spare
constexpr std::size_t usual_length = 80;  // bytes of a text: most options and half of the prompts are shorter

}  // namespace

std::string pack_values(const Values& values) {
    ByteWriter out;
    for (const auto& [name, value] : values) {
        out.text(name);
        out.text(value);
    }
    std::string bytes = out.take();
    return bytes.size() <= limits::packed_values ? bytes : std::string{};
}

Values unpack_values(std::string_view bytes) {
    Values values;
    ByteReader in(bytes);
    while (in.ok() && !in.done()) {
        std::string name = in.text(limits::packed_values);
        std::string value = in.text(limits::packed_values);
        if (in.ok()) {
            values.emplace_back(std::move(name), std::move(value));
        }
    }
    return values;
}

std::string_view find_value(const Values& values, std::string_view name) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    return found == values.end() ? std::string_view{} : std::string_view{found->second};
}

TextIndex Words::choice_of(std::string_view argument, const Option& option) const {
    if (argument == "choice") {
        return option.choice;
    }
    if (argument == "status") {
        const std::string_view key = find_value(values_, "status");
        const auto found = std::find_if(pack_.statuses.begin(), pack_.statuses.end(),
                                        [&](const CaseStatus& status) { return status.key == key; });
        return found == pack_.statuses.end() ? no_text : found->say;
    }
    return no_text;
}

std::string_view Words::digits_of(std::string_view argument, const Option& option) const {
    if (argument == "digit") {
        return option.digit;
    }
    if (argument == "emergency") {
        const auto found = pack_.emergency_numbers.find("");
        return found == pack_.emergency_numbers.end() ? std::string_view{} : std::string_view{found->second};
    }
    return find_value(values_, argument);
}

locales::Arguments Words::arguments(LanguageIndex language, const Option& option) const {
    locales::Arguments all;
    for (const auto& [name, value] : values_) {
        if (name != "status") {
            all.emplace_back(name, value);
        }
    }
    for (const std::string_view name : {"choice", "status"}) {
        if (const TextIndex words = choice_of(name, option); words != no_text) {
            all.emplace_back(name, text(words, language));
        }
    }
    for (const std::string_view name : {"digit", "emergency"}) {
        all.emplace_back(name, std::string(digits_of(name, option)));
    }
    return all;
}

std::string Words::text(TextIndex index, LanguageIndex language, const Option& option) const {
    if (index >= pack_.text_keys.size()) {
        return {};
    }
    const locales::Message& message = pack_.text(language, index);
    if (needs_icu(message)) {
        return message.text(arguments(language, option));
    }
    std::string out;
    out.reserve(usual_length);
    for (const locales::Piece& piece : message.pieces()) {
        if (const auto* words = std::get_if<locales::TextPiece>(&piece)) {
            out += words->text;
        } else if (const auto* spelt = std::get_if<locales::SpeltPiece>(&piece)) {
            out += locales::group_digits(digits_of(spelt->argument, option));
        } else if (const auto* choice = std::get_if<locales::ChoicePiece>(&piece)) {
            const TextIndex chosen = choice_of(choice->argument, option);
            // a status that names itself says nothing
            out += chosen == index ? std::string{} : text(chosen, language);
        }
    }
    return out;
}

void Words::play_piece(std::vector<Clip>& clips, TextIndex text, LanguageIndex language, std::size_t piece,
                       std::string_view words) const {
    words = trimmed(words);
    if (!is_spoken(words)) {
        return;  // a full stop between two recordings has no recording
    }
    if (language < pack_.audio.size() && text < pack_.audio[language].size() &&
        piece < pack_.audio[language][text].size()) {
        const AudioClip& clip = pack_.audio[language][text][piece];
        if (!clip.hash.empty() && (!clip.draft || pack_.play_drafts)) {
            clips.push_back({clip.hash, std::string(words)});
            return;
        }
    }
    if (language < pack_.allow_tts.size() && pack_.allow_tts[language]) {
        clips.push_back({{}, std::string(words)});
    }
}

void Words::play_digits(std::vector<Clip>& clips, LanguageIndex language, std::string_view digits) const {
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const bool last = i + 1 == digits.size() || (i + 1) % digits_in_group == 0;
        const auto& texts = last ? pack_.spoken.last_digits : pack_.spoken.digits;
        const bool known = digits[i] >= '0' && digits[i] <= '9';
        const TextIndex text = known ? texts[static_cast<std::size_t>(digits[i] - '0')] : no_text;
        play_piece(clips, text, language, 0, digits.substr(i, 1));
    }
}

/// What {message} stands for when the reply that is read is a ready answer: a text of the program, with its own recording.
TextIndex Words::ready_answer(TextIndex text, LanguageIndex language) const {
    const std::string_view key = find_value(values_, "answer");
    const auto& names = pack_.text(language, text).placeholders();
    const bool reads = !key.empty() && std::find(names.begin(), names.end(), "message") != names.end();
    const TextIndex answer = reads ? pack_.find_answer(key) : no_text;
    return answer == text ? no_text : answer;
}

void Words::play(std::vector<Clip>& clips, TextIndex index, LanguageIndex language,
                 const Option& option) const {
    if (index >= pack_.text_keys.size()) {
        return;
    }
    const auto pieces = pack_.text(language, index).pieces();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (const auto* words = std::get_if<locales::TextPiece>(&pieces[i])) {
            play_piece(clips, index, language, i, words->text);
        } else if (const auto* spelt = std::get_if<locales::SpeltPiece>(&pieces[i])) {
            play_digits(clips, language, digits_of(spelt->argument, option));
        } else if (const auto* choice = std::get_if<locales::ChoicePiece>(&pieces[i])) {
            const TextIndex chosen = choice_of(choice->argument, option);
            if (chosen != index) {
                play(clips, chosen, language, {});
            }
        } else if (const TextIndex answer = ready_answer(index, language); answer != no_text) {
            play(clips, answer, language, {});
        } else {
            play_piece(clips, index, language, pieces.size(),
                       pack_.text(language, index).text(arguments(language, option)));
        }
    }
}

Utterance Words::say(TextIndex index, LanguageIndex language, const Option& option) const {
    Utterance out;
    if (index >= pack_.text_keys.size()) {
        return out;
    }
    out.key = pack_.text_keys[index];
    out.language = pack_.languages[language];
    out.text = text(index, language, option);
    if (mode_ == Mode::voice) {
        out.clips.reserve(usual_clips);
        play(out.clips, index, language, option);
    }
    for (const std::string_view secret : {"code", "message"}) {
        if (!find_value(values_, secret).empty()) {
            const auto& names = pack_.text(language, index).placeholders();
            out.secret = out.secret || std::find(names.begin(), names.end(), secret) != names.end();
        }
    }
    return out;
}

}  // namespace rightsline::flows
