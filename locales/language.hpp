// LanguageTag: which language a text is in, as BCP-47 spells it ("es", "es-MX", "ht").
//
// Knows the fallback chain es-MX -> es -> the program's base. Never asks ICU for a default locale.
// Threading: a plain value.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "locales/result.hpp"

namespace rightsline::locales {

class LanguageTag {
 public:
    LanguageTag() = default;  // "und"
    /// Errors: locales::errc::bad_language when `text` is not well-formed BCP-47 (language, script, region).
    static Result<LanguageTag> parse(std::string_view text);

    const std::string& str() const { return tag_; }
    /// es-MX -> es; es -> und.
    LanguageTag parent() const;
    bool is_undetermined() const { return tag_ == "und"; }

    friend auto operator<=>(const LanguageTag&, const LanguageTag&) = default;

 private:
    explicit LanguageTag(std::string tag) : tag_(std::move(tag)) {}
    std::string tag_ = "und";
};

/// `tag`, its parents, then `base` (once), in the order in which a missing string is looked up.
std::vector<LanguageTag> fallback_chain(const LanguageTag& tag, const LanguageTag& base);

}  // namespace rightsline::locales
