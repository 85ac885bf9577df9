// Message: one string in one language, compiled into the pieces that a text joins and a voice plays.
//
// The grammar is ICU MessageFormat 1 ({name}, plural, select) plus our own `{code, spell}`, which becomes digits
// said and shown in groups. `spellout`, numbers formatted by locale and a bare {code} are refused: ICU would say a
// cardinal, and for Haitian Creole it would say it in French.
// Invariant: compiled once at load, then const and shareable.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "locales/language.hpp"
#include "locales/result.hpp"

namespace rightsline::locales {

/// Named values for a message. Values are already words of the message's language or digits.
using Arguments = std::vector<std::pair<std::string_view, std::string>>;

struct TextPiece {  // constant words: one recording each
    std::string text;
};
struct FormattedPiece {  // plural, select or a plain {name}: fine for texts, never recordable
    std::string pattern;
};
struct SpeltPiece {  // {code, spell}: digits one by one, in groups of four
    std::string argument;
};
struct ChoicePiece {  // {choice}: the words of a menu choice, which has its own recording
    std::string argument;
};
using Piece = std::variant<TextPiece, FormattedPiece, SpeltPiece, ChoicePiece>;

class Message {
 public:
    /// Errors: locales::errc::bad_pattern (syntax), errc::spell_out (a number that ICU would speak),
    /// errc::incomplete_plural (a plural class of this language is missing).
    static Result<Message> compile(std::string_view pattern, const LanguageTag& language);

    /// The whole message as text. A missing argument renders as nothing.
    std::string text(const Arguments& arguments) const;
    std::span<const Piece> pieces() const { return pieces_; }
    /// Names of all placeholders, sorted, once each: they must agree between languages.
    const std::vector<std::string>& placeholders() const { return placeholders_; }
    const LanguageTag& language() const { return language_; }

 private:
    Message() = default;
    LanguageTag language_;
    std::vector<Piece> pieces_;
    std::vector<std::string> placeholders_;
    struct Formats;                           // compiled ICU formats of the formatted pieces
    std::shared_ptr<const Formats> formats_;  // shared by copies; const
};

/// "123456789012" -> "1234 5678 9012".
std::string group_digits(std::string_view digits);

}  // namespace rightsline::locales
