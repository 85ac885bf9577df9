#include "locales/gsm7.hpp"
#include "locales/utf8.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>

namespace rightsline::locales {
namespace {

constexpr std::u32string_view extension = U"\f^{}\\[~]|€";
constexpr std::u32string_view beyond_ascii = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";

/// Costs of the first 256 code points, where nearly every character of a text lies.
constexpr std::array<unsigned char, 256> latin_costs = [] {
    std::array<unsigned char, 256> costs{};
    costs['\n'] = 1;
    costs['\r'] = 1;
    for (std::size_t c = ' '; c < 0x7f; ++c) {
        costs[c] = c == '`' ? 0 : 1;
    }
    for (const char32_t c : beyond_ascii) {
        if (c < costs.size()) {
            costs[c] = 1;
        }
    }
    for (const char32_t c : extension) {
        if (c < costs.size()) {
            costs[c] = 2;
        }
    }
    return costs;
}();

struct Mend {
    char32_t from;
    char32_t to;  // last of the range
    std::string_view with;
};

// Sorted by code point. Only punctuation, spaces and what is invisible: letters are never touched.
constexpr std::array mends{
    Mend{0x0009, 0x0009, " "},  Mend{0x0060, 0x0060, "'"},   Mend{0x00a0, 0x00a0, " "},
    Mend{0x00ab, 0x00ab, "\""}, Mend{0x00ad, 0x00ad, ""},    Mend{0x00b4, 0x00b4, "'"},
    Mend{0x00bb, 0x00bb, "\""}, Mend{0x02b9, 0x02b9, "'"},   Mend{0x02bb, 0x02bd, "'"},
    Mend{0x02c8, 0x02c8, "'"},  Mend{0x061c, 0x061c, ""},    Mend{0x2000, 0x200a, " "},
    Mend{0x200b, 0x200f, ""},   Mend{0x2010, 0x2015, "-"},   Mend{0x2018, 0x2019, "'"},
    Mend{0x201a, 0x201a, ","},  Mend{0x201b, 0x201b, "'"},   Mend{0x201c, 0x201f, "\""},
    Mend{0x2022, 0x2022, "-"},  Mend{0x2026, 0x2026, "..."}, Mend{0x2028, 0x2029, "\n"},
    Mend{0x202a, 0x202e, ""},   Mend{0x202f, 0x202f, " "},   Mend{0x2032, 0x2032, "'"},
    Mend{0x2033, 0x2033, "\""}, Mend{0x2039, 0x203a, "'"},   Mend{0x2043, 0x2043, "-"},
    Mend{0x2044, 0x2044, "/"},  Mend{0x205f, 0x205f, " "},   Mend{0x2060, 0x2060, ""},
    Mend{0x2066, 0x2069, ""},   Mend{0x2212, 0x2212, "-"},   Mend{0x3000, 0x3000, " "},
    Mend{0xa78b, 0xa78c, "'"},  Mend{0xfe0e, 0xfe0f, ""},    Mend{0xfeff, 0xfeff, ""},
};

const Mend* mend_of(char32_t c) {
    const auto* found = std::ranges::lower_bound(mends, c, {}, &Mend::to);
    return found != mends.end() && c >= found->from ? found : nullptr;
}

/// A carrier's map differs from ours in widths, and keeps the joiner that emoji need.
std::string_view carrier_mend(const Mend& mend, char32_t c, std::string_view as_written) {
    if (c == '\t') {
        return "       ";
    }
    if (mend.with == " ") {
        return c == 0x2001 ? " " : "  ";
    }
    const bool kept = mend.with.empty() && c != 0x200b && c != 0x200c && c != 0x2060 && c != 0xfeff;
    return kept ? as_written : mend.with;
}

template <class Choose>
std::string replace(std::string_view text, Choose choose) {
    std::string out;
    out.reserve(text.size());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        const auto from = static_cast<std::size_t>(at);
        UChar32 c = next_point(text, at);
        const auto as_written = text.substr(from, static_cast<std::size_t>(at) - from);
        const auto* found = mend_of(static_cast<char32_t>(c));
        out += found == nullptr ? as_written : choose(*found, static_cast<char32_t>(c), as_written);
    }
    return out;
}

std::string compose(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    if (U_SUCCESS(status)) {
        nfc->normalizeUTF8(0, {text.data(), static_cast<int>(text.size())}, sink, nullptr, status);
    }
    return U_SUCCESS(status) ? out : std::string(text);
}

}  // namespace

unsigned septets_of(char32_t c) {
    if (c < latin_costs.size()) {
        return latin_costs[c];
    }
    if (c == U'€') {
        return 2;
    }
    return c < 0x400 && beyond_ascii.find(c) != std::u32string_view::npos ? 1 : 0;
}

std::optional<std::size_t> count_septets(std::string_view text) {
    const auto size = static_cast<std::int32_t>(text.size());
    std::size_t total = 0;
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = next_point(text, at);
        const unsigned septets = septets_of(static_cast<char32_t>(c));
        if (septets == 0) {
            return std::nullopt;
        }
        total += septets;
    }
    return total;
}

bool is_gsm7(std::string_view text) { return count_septets(text).has_value(); }

std::string mend_as_far_as_possible(std::string_view text) {
    return replace(compose(text), [](const Mend& mend, char32_t, std::string_view) { return mend.with; });
}

std::string mend_typography(std::string_view text) {
    if (is_gsm7(text)) {
        return std::string(text);
    }
    auto mended = mend_as_far_as_possible(text);
    return is_gsm7(mended) ? mended : std::string(text);
}

std::string mend(std::string_view text, Mending mending) {
    switch (mending) {
        case Mending::none:
            break;
        case Mending::typography:
            return mend_typography(text);
        case Mending::carrier:
            return replace(text, carrier_mend);
    }
    return std::string(text);
}

}  // namespace rightsline::locales
