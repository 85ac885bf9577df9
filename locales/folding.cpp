#include "locales/folding.hpp"
#include "locales/utf8.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace rightsline::locales {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void append_space(std::string& out) {
    if (!out.empty() && out.back() != ' ') {
        out += ' ';
    }
}

void trim_end(std::string& out) {
    if (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
}

std::string fold_ascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c + 32);
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out += c;
        } else if (c != '\'' && c != '`') {
            append_space(out);
        }
    }
    trim_end(out);
    return out;
}

using GetNormalizer = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalize(std::string_view text, GetNormalizer get) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = get(status);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    if (U_SUCCESS(status)) {
        normalizer->normalizeUTF8(0, {text.data(), static_cast<int>(text.size())}, sink, nullptr, status);
    }
    return U_SUCCESS(status) ? out : std::string(text);
}

bool is_accent(UChar32 c) {
    return (c >= 0x300 && c <= 0x36f) ||                // Latin, Greek, Cyrillic
           (c >= 0x64b && c <= 0x655) || c == 0x670 ||  // Arabic vowel and hamza marks
           c == 0x640 ||                                // Arabic stretching
           u_charType(c) == U_ENCLOSING_MARK;           // the box of a keycap
}

bool is_apostrophe(UChar32 c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x2b9 || (c >= 0x2bb && c <= 0x2bd) ||
           c == 0xb4 || c == 0xa78b || c == 0xa78c || c == 0xff07 || c == '\'' || c == '`';
}

/// Letters that carry their mark inside and so do not decompose.
UChar32 plain_letter(UChar32 c) {
    switch (c) {
        case 0x131:
            return 'i';  // ı
        case 0x111:
            return 'd';  // đ
        case 0x142:
            return 'l';  // ł
        case 0xf8:
            return 'o';  // ø
        default:
            return c;
    }
}

/// Numbers in circles and boxes that no compatibility form takes out of them, by where the first of each run stands.
struct EnclosedNumbers {
    UChar32 first, last;
    int value, step;
};
constexpr std::array<EnclosedNumbers, 8> enclosed_numbers{{{0x24eb, 0x24f4, 11, 1},
                                                           {0x24f5, 0x24fe, 1, 1},
                                                           {0x24ff, 0x24ff, 0, 0},
                                                           {0x2776, 0x277f, 1, 1},
                                                           {0x2780, 0x2789, 1, 1},
                                                           {0x278a, 0x2793, 1, 1},
                                                           {0x3248, 0x324f, 10, 10},
                                                           {0x1f10b, 0x1f10c, 0, 0}}};

/// -1: it is none.
int enclosed_number(UChar32 c) {
    for (const EnclosedNumbers& run : enclosed_numbers) {
        if (c >= run.first && c <= run.last) {
            return run.value + run.step * (c - run.first);
        }
    }
    return -1;
}

bool is_word_part(UChar32 c) {
    const auto mask = U_GET_GC_MASK(c);
    return (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

bool is_invisible(UChar32 c) { return u_charType(c) == U_FORMAT_CHAR || (c >= 0xfe00 && c <= 0xfe0f); }

void fold_point(std::string& out, UChar32 c) {
    if (is_accent(c) || is_apostrophe(c) || is_invisible(c)) {
        return;
    }
    if (const auto digit = u_charDigitValue(c); digit >= 0) {
        out += static_cast<char>('0' + digit);
    } else if (const int number = enclosed_number(c); number >= 0) {
        out += std::to_string(number);
    } else if (is_word_part(c)) {
        append_point(out, plain_letter(c));
    } else {
        append_space(out);
    }
}

std::string fold_any(std::string_view text) {
    // Apostrophes first: compatibility folding turns ´ into a space and an accent.
    std::string kept;
    kept.reserve(text.size());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = next_point(text, at);
        if (!is_apostrophe(c)) {
            append_point(kept, c);
        }
    }
    const auto cased = normalize(kept, &icu::Normalizer2::getNFKCCasefoldInstance);
    const auto apart = normalize(cased, &icu::Normalizer2::getNFDInstance);
    std::string out;
    out.reserve(apart.size());
    const auto end = static_cast<std::int32_t>(apart.size());
    for (std::int32_t at = 0; at < end;) {
        UChar32 c = next_point(apart, at);
        fold_point(out, c);
    }
    trim_end(out);
    return normalize(out, &icu::Normalizer2::getNFCInstance);
}

bool is_dropped(UChar32 c) {
    const bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    const bool bidi = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
                      (c >= 0x2066 && c <= 0x2069);
    return (control && c != '\n') || bidi || c == 0xfeff || U_IS_UNICODE_NONCHAR(c);
}

}  // namespace

std::string fold(std::string_view text) {
    text = text.substr(0, longest_text);
    return is_ascii(text) ? fold_ascii(text) : fold_any(text);
}

std::string clean_text(std::string_view bytes, std::size_t most) {
    std::string out;
    out.reserve(std::min(bytes.size(), most));
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), INT32_MAX));
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = next_point(bytes, at);
        if (c == '\t') {
            c = ' ';
        } else if (c == '\r') {
            c = at < size && bytes[static_cast<std::size_t>(at)] == '\n' ? 0 : '\n';
        } else if (c == 0x2028 || c == 0x2029 || c == 0x85) {
            c = '\n';
        }
        if (is_dropped(c)) {
            continue;
        }
        if (out.size() + static_cast<std::size_t>(U8_LENGTH(c)) > most) {
            break;
        }
        append_point(out, c);
    }
    return out;
}

}  // namespace rightsline::locales
