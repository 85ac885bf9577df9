#include "locales/phrase.hpp"

#include <charconv>
#include <cmath>

namespace rightsline::locales {
namespace {

std::string_view value_of(std::string_view name, const Arguments& arguments) {
    for (const auto& [key, value] : arguments) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    const bool whole = error == std::errc{} && stopped == end && std::isfinite(number);
    return whole ? std::optional(number) : std::nullopt;
}

const PhraseCase* case_named(const Phrase& phrase, std::string_view selector) {
    for (const auto& one : phrase.cases) {
        if (!one.exact && one.selector == selector) {
            return &one;
        }
    }
    return nullptr;
}

const PhraseCase* pick_plural(const Phrase& phrase, const icu::PluralRules& rules,
                              std::optional<double> number) {
    if (!number) {
        return case_named(phrase, "other");
    }
    for (const auto& one : phrase.cases) {
        if (one.exact && *one.exact == *number) {
            return &one;
        }
    }
    std::string keyword;
    rules.select(*number - phrase.offset).toUTF8String(keyword);
    return case_named(phrase, keyword);
}

std::string less_offset(double number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), number);
    return {digits.begin(), end.ptr};
}

void render_branch(const Phrase& phrase, const icu::PluralRules& rules, const Arguments& arguments,
                   std::string_view number, std::string& out) {
    const auto value = value_of(phrase.text, arguments);
    const PhraseCase* picked = nullptr;
    std::string shown;
    if (phrase.kind == Phrase::Kind::plural) {
        const auto counted = number_of(value);
        picked = pick_plural(phrase, rules, counted);
        // The caller's own digits stand as they came; only an offset makes a new number.
        shown = counted && phrase.offset != 0 ? less_offset(*counted - phrase.offset) : std::string(value);
        number = shown;
    } else {
        picked = case_named(phrase, value);
    }
    if (picked == nullptr) {
        picked = case_named(phrase, "other");
    }
    for (const auto& part : picked->body) {
        render(part, rules, arguments, number, out);
    }
}

}  // namespace

void render(const Phrase& phrase, const icu::PluralRules& rules, const Arguments& arguments,
            std::string_view number, std::string& out) {
    switch (phrase.kind) {
        case Phrase::Kind::words:
            out += phrase.text;
            return;
        case Phrase::Kind::name:
            out += value_of(phrase.text, arguments);
            return;
        case Phrase::Kind::spelt:
            out += group_digits(value_of(phrase.text, arguments));
            return;
        case Phrase::Kind::number:
            out += number;
            return;
        case Phrase::Kind::plural:
        case Phrase::Kind::select:
            render_branch(phrase, rules, arguments, number, out);
            return;
    }
}

void collect_names(const std::vector<Phrase>& phrases, std::vector<std::string>& names) {
    for (const auto& phrase : phrases) {
        if (phrase.kind != Phrase::Kind::words && phrase.kind != Phrase::Kind::number) {
            names.push_back(phrase.text);
        }
        for (const auto& one : phrase.cases) {
            collect_names(one.body, names);
        }
    }
}

}  // namespace rightsline::locales
