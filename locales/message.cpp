#include "locales/message.hpp"

#include <algorithm>

#include "locales/error.hpp"
#include "locales/phrase.hpp"

namespace rightsline::locales {
namespace {

Piece piece_of(const Phrase& phrase) {
    switch (phrase.kind) {
        case Phrase::Kind::words:
            return TextPiece{phrase.text};
        case Phrase::Kind::spelt:
            return SpeltPiece{phrase.text};
        case Phrase::Kind::name:
            if (phrase.text == "choice" || phrase.text == "status") {
                return ChoicePiece{phrase.text};
            }
            break;
        case Phrase::Kind::number:
        case Phrase::Kind::plural:
        case Phrase::Kind::select:
            break;
    }
    return FormattedPiece{phrase.pattern};
}

}  // namespace

struct Message::Formats {
    std::vector<Phrase> phrases;  // one for each piece
    std::shared_ptr<const icu::PluralRules> rules;
};

Result<Message> Message::compile(std::string_view pattern, const LanguageTag& language) {
    auto rules = plural_rules(language);
    auto phrases = parse_phrases(pattern, *rules);
    if (!phrases) {
        return phrases.error();
    }
    Message message;
    message.language_ = language;
    std::ranges::transform(*phrases, std::back_inserter(message.pieces_), piece_of);
    collect_names(*phrases, message.placeholders_);
    std::ranges::sort(message.placeholders_);
    const auto repeats = std::ranges::unique(message.placeholders_);
    message.placeholders_.erase(repeats.begin(), repeats.end());
    message.formats_ = std::make_shared<const Formats>(Formats{std::move(*phrases), std::move(rules)});
    return message;
}

std::string Message::text(const Arguments& arguments) const {
    std::string out;
    for (const auto& phrase : formats_->phrases) {
        render(phrase, *formats_->rules, arguments, {}, out);
    }
    return out;
}

std::string group_digits(std::string_view digits) {
    constexpr std::size_t group = 4;
    std::string grouped;
    grouped.reserve(digits.size() + digits.size() / group);
    for (std::size_t at = 0; at < digits.size(); at += group) {
        if (at != 0) {
            grouped += ' ';
        }
        grouped += digits.substr(at, group);
    }
    return grouped;
}

}  // namespace rightsline::locales
