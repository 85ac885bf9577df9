#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/strenum.h>

#include <algorithm>
#include <array>
#include <set>

#include "locales/error.hpp"
#include "locales/phrase.hpp"

namespace rightsline::locales {
namespace {

constexpr std::size_t longest_pattern = 16UL * 1024;

using Names = std::set<std::string>;

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// "l'{name}" opens a quote in MessageFormat and swallows the rest of the text, a trap in French and Creole.
bool has_open_quote(std::string_view pattern) {
    for (std::size_t at = pattern.find('\''); at < pattern.size(); at = pattern.find('\'', at)) {
        const char next = at + 1 < pattern.size() ? pattern[at + 1] : ' ';
        if (next != '{' && next != '}') {
            at += next == '\'' ? 2 : 1;
            continue;
        }
        do {
            at = pattern.find('\'', at + 1);
            if (at == std::string_view::npos) {
                return true;
            }
        } while (at + 1 < pattern.size() && pattern[at + 1] == '\'' && ++at != 0);
        ++at;
    }
    return false;
}

/// Digits of a code said as one number are no use to anybody.
bool must_be_spelt(std::string_view name) {
    constexpr std::array<std::string_view, 3> spelt{"code", "emergency", "digit"};
    return std::ranges::find(spelt, name) != spelt.end();
}

errc refusal_of(std::string_view format) {
    constexpr std::array<std::string_view, 4> numbers{"number", "spellout", "ordinal", "duration"};
    return std::ranges::find(numbers, format) != numbers.end() ? errc::spell_out : errc::unsupported_format;
}

class Parser {
 public:
    Parser(const icu::MessagePattern& pattern, const Names& classes) : pattern_(pattern), classes_(classes) {}

    /// The message whose MSG_START is part `at`; leaves `at` on its MSG_LIMIT.
    Result<std::vector<Phrase>> message(int& at, bool nested) {
        std::vector<Phrase> phrases;
        int done = pattern_.getPart(at).getLimit();
        for (++at;; ++at) {
            const auto& part = pattern_.getPart(at);
            add_words(phrases, done, part.getIndex());
            done = part.getLimit();
            if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) {
                return phrases;
            }
            if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
                phrases.push_back({Phrase::Kind::number, {}, {}, 0, {}});
            }
            if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
                auto found = argument(at, nested);
                if (!found) {
                    return found.error();
                }
                phrases.push_back(std::move(*found));
                done = pattern_.getPart(at).getLimit();
            }
        }
    }

 private:
    /// The argument whose ARG_START is part `at`; leaves `at` on its ARG_LIMIT.
    Result<Phrase> argument(int& at, bool nested) {
        const auto& start = pattern_.getPart(at);
        const int limit = pattern_.getLimitPartIndex(at);
        const auto& name = pattern_.getPart(at + 1);
        if (name.getType() != UMSGPAT_PART_TYPE_ARG_NAME) {
            return errc::bad_pattern;  // {0}: names tell translators what stands there
        }
        Phrase phrase;
        phrase.text = utf8(pattern_.getSubstring(name));
        const int end = pattern_.getPart(limit).getLimit();
        phrase.pattern = utf8(pattern_.getPatternString().tempSubStringBetween(start.getIndex(), end));
        const auto kind = start.getArgType();
        at += 2;
        if (kind == UMSGPAT_ARG_TYPE_NONE || kind == UMSGPAT_ARG_TYPE_SIMPLE) {
            const auto refused = simple(phrase, at, kind == UMSGPAT_ARG_TYPE_SIMPLE, nested);
            at = limit;
            return refused ? Result<Phrase>(*refused) : Result<Phrase>(std::move(phrase));
        }
        return branches(std::move(phrase), at, limit, kind);
    }

    std::optional<errc> simple(Phrase& phrase, int at, bool formatted, bool nested) const {
        phrase.kind = Phrase::Kind::name;
        if (!formatted) {
            return must_be_spelt(phrase.text) ? std::optional(errc::spell_out) : std::nullopt;
        }
        const auto format = utf8(pattern_.getSubstring(pattern_.getPart(at)));
        if (format != "spell") {
            return refusal_of(format);
        }
        if (pattern_.getPart(at + 1).getType() == UMSGPAT_PART_TYPE_ARG_STYLE) {
            return errc::unsupported_format;
        }
        phrase.kind = Phrase::Kind::spelt;
        // Inside a plural no voice could play it.
        return nested ? std::optional(errc::spell_out) : std::nullopt;
    }

    Result<Phrase> branches(Phrase phrase, int& at, int limit, UMessagePatternArgType kind) {
        if (kind == UMSGPAT_ARG_TYPE_SELECTORDINAL) {
            return errc::spell_out;
        }
        if (kind == UMSGPAT_ARG_TYPE_CHOICE) {
            return errc::unsupported_format;
        }
        phrase.kind = kind == UMSGPAT_ARG_TYPE_PLURAL ? Phrase::Kind::plural : Phrase::Kind::select;
        if (is_number(pattern_.getPart(at))) {
            phrase.offset = pattern_.getNumericValue(pattern_.getPart(at++));
        }
        for (; at < limit; ++at) {
            PhraseCase one{utf8(pattern_.getSubstring(pattern_.getPart(at++))), {}, {}};
            if (is_number(pattern_.getPart(at))) {
                one.exact = pattern_.getNumericValue(pattern_.getPart(at++));
            }
            auto body = message(at, true);
            if (!body) {
                return body.error();
            }
            one.body = std::move(*body);
            phrase.cases.push_back(std::move(one));
        }
        const auto wrong = phrase.kind == Phrase::Kind::plural ? check_classes(phrase) : std::nullopt;
        return wrong ? Result<Phrase>(*wrong) : Result<Phrase>(std::move(phrase));
    }

    std::optional<errc> check_classes(const Phrase& plural) const {
        Names written;
        for (const auto& one : plural.cases) {
            if (!one.exact) {
                written.insert(one.selector);
            }
        }
        if (!std::ranges::includes(classes_, written)) {
            return errc::unknown_plural;
        }
        return written == classes_ ? std::nullopt : std::optional(errc::incomplete_plural);
    }

    static bool is_number(const icu::MessagePattern::Part& part) {
        return part.getType() == UMSGPAT_PART_TYPE_ARG_INT || part.getType() == UMSGPAT_PART_TYPE_ARG_DOUBLE;
    }

    void add_words(std::vector<Phrase>& phrases, int from, int to) const {
        if (from == to) {
            return;
        }
        const auto words = utf8(pattern_.getPatternString().tempSubStringBetween(from, to));
        if (!phrases.empty() && phrases.back().kind == Phrase::Kind::words) {
            phrases.back().text += words;
        } else {
            phrases.push_back({Phrase::Kind::words, words, {}, 0, {}});
        }
    }

    const icu::MessagePattern& pattern_;
    const Names& classes_;
};

Names classes_of(const icu::PluralRules& rules) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> keywords(rules.getKeywords(status));
    Names classes;
    for (const char* one = nullptr;
         U_SUCCESS(status) && (one = keywords->next(nullptr, status)) != nullptr;) {
        classes.insert(one);
    }
    return classes;
}

}  // namespace

Result<std::vector<Phrase>> parse_phrases(std::string_view text, const icu::PluralRules& rules) {
    const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
    if (text.size() > longest_pattern || has_open_quote(text) || utf8(unicode) != text) {
        return errc::bad_pattern;  // fromUTF8 replaces bad bytes, so they do not survive the way back
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::MessagePattern pattern(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
    pattern.parse(unicode, nullptr, status);
    if (U_FAILURE(status)) {
        return status == U_DEFAULT_KEYWORD_MISSING ? errc::incomplete_plural : errc::bad_pattern;
    }
    const auto classes = classes_of(rules);
    int at = 0;
    return Parser(pattern, classes).message(at, false);
}

std::shared_ptr<const icu::PluralRules> plural_rules(const LanguageTag& language) {
    UErrorCode status = U_ZERO_ERROR;
    const auto locale = icu::Locale::forLanguageTag(language.str(), status);
    std::shared_ptr<const icu::PluralRules> rules(icu::PluralRules::forLocale(locale, status));
    if (U_FAILURE(status) || !rules) {
        status = U_ZERO_ERROR;
        rules.reset(icu::PluralRules::createDefaultRules(status));
    }
    return rules;
}

}  // namespace rightsline::locales
