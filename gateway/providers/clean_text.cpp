#include "gateway/providers/clean_text.hpp"

namespace rightsline::providers {
namespace {

constexpr char32_t replacement = 0xFFFD;

std::uint8_t byte(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

// How many bytes a sequence with this first byte has, 0 when none starts so.
std::size_t sequence_length(std::uint8_t first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool is_scalar_of(char32_t point, std::size_t length) {
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return point >= least[length] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

bool is_bidi_control(char32_t point) {
    return point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

bool is_dropped(char32_t point) {
    const bool control = (point < 0x20 && point != '\n') || (point >= 0x7F && point < 0xA0);
    const bool noncharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
    return control || noncharacter || is_bidi_control(point) || point == 0xFEFF;
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
    const std::size_t length = sequence_length(byte(text, 0));
    char32_t point = length == 1 ? byte(text, 0) : byte(text, 0) & (0xFFU >> (length + 1));
    bool good = length != 0 && length <= text.size();
    for (std::size_t i = 1; good && i < length; ++i) {
        good = (byte(text, i) & 0xC0U) == 0x80;
        point = point << 6U | (byte(text, i) & 0x3FU);
    }
    if (!good || !is_scalar_of(point, length)) {
        text.remove_prefix(1);
        return replacement;
    }
    text.remove_prefix(length);
    return point;
}

void append_code_point(std::string& out, char32_t point) {
    const auto put = [&out](char32_t value) { out += static_cast<char>(value); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6U);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12U);
        put(0x80 | (point >> 6U & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18U);
        put(0x80 | (point >> 12U & 0x3F));
        put(0x80 | (point >> 6U & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const char32_t point = take_code_point(text);
        if (point == '\t') {
            clean += ' ';
        } else if (!is_dropped(point)) {
            append_code_point(clean, point);
        }
    }
    return clean;
}

}  // namespace rightsline::providers
