// Phrase: the parsed form of one ICU MessageFormat pattern, inner workings of Message.
//
// icu::MessagePattern parses and icu::PluralRules picks the class; the rest is put together here.
// icu::MessageFormat itself is not used: for a language without number data it takes digits and separators
// from the *process default locale*, silently (for Haitian Creole on a French server, French ones). Values
// arrive as finished words or digits, so nothing is left for it to format. Must never: ask for a default
// locale. Invariant: const after parse, safe to share between threads. Owner: Message; nobody else includes
// this.
#pragma once

#include <unicode/plurrule.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "locales/message.hpp"

namespace rightsline::locales {

struct PhraseCase;

struct Phrase {
    enum class Kind { words, name, spelt, number, plural, select } kind = Kind::words;
    std::string text;     // the words, or the argument's name
    std::string pattern;  // as written, for plural, select and name
    double offset = 0;
    std::vector<PhraseCase> cases;  // of a plural or select, in the order written
};
struct PhraseCase {
    std::string selector;
    std::optional<double> exact;  // "=0"
    std::vector<Phrase> body;
};

/// Errors: as Message::compile.
Result<std::vector<Phrase>> parse_phrases(std::string_view pattern, const icu::PluralRules& rules);
/// CLDR's plural rules for a language; a language that CLDR does not know has the one class `other`.
std::shared_ptr<const icu::PluralRules> plural_rules(const LanguageTag& language);
/// Adds what `phrase` says to `out`; `number` is what "#" stands for.
void render(const Phrase& phrase, const icu::PluralRules& rules, const Arguments& arguments,
            std::string_view number, std::string& out);
/// Adds the names of all placeholders, with repeats.
void collect_names(const std::vector<Phrase>& phrases, std::vector<std::string>& names);

}  // namespace rightsline::locales
