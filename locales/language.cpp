#include "locales/language.hpp"

#include <algorithm>

#include "locales/error.hpp"

namespace rightsline::locales {
namespace {

// ASCII only, on purpose: the C library's isalpha would ask the process locale.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_number(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool all_letters(std::string_view part) { return std::ranges::all_of(part, is_letter); }

std::string_view next_part(std::string_view& rest) {
    const auto dash = rest.find('-');
    const auto part = rest.substr(0, dash);
    rest = dash == std::string_view::npos ? std::string_view{} : rest.substr(dash + 1);
    return part;
}

bool is_script(std::string_view part) { return part.size() == 4 && all_letters(part); }
bool is_region(std::string_view part) {
    return (part.size() == 2 && all_letters(part)) ||
           (part.size() == 3 && std::ranges::all_of(part, is_number));
}

}  // namespace

Result<LanguageTag> LanguageTag::parse(std::string_view text) {
    constexpr std::size_t longest = 12;  // lll-Ssss-RRR
    if (text.empty() || text.size() > longest || text.back() == '-') {
        return errc::bad_language;
    }
    auto rest = text;
    auto part = next_part(rest);
    if (part.size() < 2 || part.size() > 3 || !all_letters(part)) {
        return errc::bad_language;
    }
    std::string tag;
    std::ranges::transform(part, std::back_inserter(tag), lower);
    if (!rest.empty() && is_script(rest.substr(0, rest.find('-')))) {
        part = next_part(rest);
        tag += {'-', upper(part[0]), lower(part[1]), lower(part[2]), lower(part[3])};
    }
    if (!rest.empty() && is_region(rest.substr(0, rest.find('-')))) {
        part = next_part(rest);
        tag += '-';
        std::ranges::transform(part, std::back_inserter(tag), upper);
    }
    if (!rest.empty()) {
        return errc::bad_language;
    }
    return LanguageTag(std::move(tag));
}

LanguageTag LanguageTag::parent() const {
    const auto dash = tag_.rfind('-');
    return dash == std::string::npos ? LanguageTag() : LanguageTag(tag_.substr(0, dash));
}

std::vector<LanguageTag> fallback_chain(const LanguageTag& tag, const LanguageTag& base) {
    std::vector<LanguageTag> chain;
    for (auto next = tag; !next.is_undetermined(); next = next.parent()) {
        chain.push_back(next);
    }
    if (std::ranges::find(chain, base) == chain.end()) {
        chain.push_back(base);
    }
    return chain;
}

}  // namespace rightsline::locales
