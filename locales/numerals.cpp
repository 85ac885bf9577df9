#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>

#include "locales/reading.hpp"
#include "locales/utf8.hpp"

namespace rightsline::locales {
namespace {

constexpr std::size_t most_digits = 64;
constexpr std::size_t longest_answer = 512;  // bytes

/// Ethiopic numerals are no digits: ፲፪ is 10 and 2, ፪፻ is 2 times 100, ፼ multiplies all before it.
class Ethiopic {
 public:
    static bool is_numeral(UChar32 c) { return c >= 0x1369 && c <= 0x137c; }

    /// False when `value` cannot stand here: ፪፩ is no number.
    bool add(int value) {
        const bool unit_or_ten = value < 100;
        const bool fits = value < 10     ? below_hundred_ % 10 == 0
                          : unit_or_ten  ? below_hundred_ == 0
                          : value == 100 ? total_ % 10000 == 0
                                         : total_ < 10000;
        if (unit_or_ten) {
            below_hundred_ += value;
        } else if (value == 100) {
            total_ += std::max(below_hundred_, 1L) * 100;
            below_hundred_ = 0;
        } else {
            total_ = std::max(total_ + below_hundred_, 1L) * 10000;
            below_hundred_ = 0;
        }
        open_ = true;
        return fits;
    }
    bool open() const { return open_; }
    long take() {
        const long value = total_ + below_hundred_;
        *this = Ethiopic();
        return value;
    }

 private:
    long total_ = 0;
    long below_hundred_ = 0;
    bool open_ = false;
};

enum class Sign { digit, number, mark, space, point, slash, word };

struct Read {
    Sign sign = Sign::word;
    int value = 0;
};

Read read_ascii(char c) {
    if (c >= '0' && c <= '9') {
        return {Sign::digit, c - '0'};
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return {Sign::word, 0};
    }
    switch (c) {
        case '.':
        case ',':
            return {Sign::point, 0};
        case '/':
        case ':':
            return {Sign::slash, 0};
        default:
            return {Sign::space, 0};
    }
}

Read read_numeral(UChar32 c) {
    const double value = u_getNumericValue(c);
    const bool whole = value >= 0 && value <= 10000 && value == std::floor(value);
    return whole ? Read{Sign::number, static_cast<int>(value)} : Read{Sign::word, 0};  // ½ is not a digit
}

Read read_point(UChar32 c) {
    if (c < 0x80) {
        return read_ascii(static_cast<char>(c));
    }
    if (const auto digit = u_charDigitValue(c); digit >= 0) {
        return {Sign::digit, digit};
    }
    if (c == 0x66b || c == 0x66c) {  // Arabic decimal and thousands separators
        return {Sign::point, 0};
    }
    const auto mask = U_GET_GC_MASK(c);
    if ((mask & (U_GC_NL_MASK | U_GC_NO_MASK)) != 0) {
        return read_numeral(c);
    }
    if (u_charType(c) == U_ENCLOSING_MARK || u_charType(c) == U_FORMAT_CHAR || (c >= 0xfe00 && c <= 0xfe0f)) {
        return {Sign::mark, 0};  // the box of a keycap, joiners, variation selectors
    }
    return (mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0 ? Read{Sign::word, 0} : Read{Sign::space, 0};
}

/// Collects digits; knows which separators would make them something else than digits.
class Collector {
 public:
    /// False: this text is not digits alone.
    bool take(UChar32 c, Read read) {
        switch (read.sign) {
            case Sign::digit:
                return close() && add_digit(read.value);
            case Sign::number:
                return add_number(c, read.value);
            case Sign::mark:
                return true;
            case Sign::space:
                return separate(Sign::space);
            case Sign::point:
                return separate(Sign::point);
            case Sign::slash:
                return separate(Sign::slash);
            case Sign::word:
                return false;
        }
        return false;
    }
    std::optional<std::string> result() {
        const bool whole = close() && !(short_group() && after_point_);
        return whole && !digits_.empty() ? std::optional(digits_) : std::nullopt;
    }

 private:
    bool add_digit(int value) {
        if (between_ == Sign::slash) {
            return false;  // 1/2, 10:30
        }
        if (between_ == Sign::point) {
            if (after_point_ && short_group()) {
                return false;  // 21.11.2026
            }
            after_point_ = true;
            in_group_ = 0;
        } else if (between_ == Sign::space && after_point_ && short_group()) {
            return false;
        }
        if (between_ == Sign::space) {
            after_point_ = false;
            in_group_ = 0;
        }
        between_ = Sign::digit;
        ++in_group_;
        digits_ += static_cast<char>('0' + value);
        return digits_.size() <= most_digits;
    }
    /// After a point only groups of three or more are thousands or groups of a code; 7.25 is a decimal.
    bool short_group() const { return in_group_ < 3; }

    bool add_number(UChar32 c, int value) {
        if (Ethiopic::is_numeral(c)) {
            if (!ethiopic_.open() && !digits_.empty() && between_ == Sign::digit) {
                return false;
            }
            return ethiopic_.add(value);
        }
        if (!close() || (!digits_.empty() && between_ == Sign::digit && value >= 10)) {
            return false;
        }
        for (const char digit : std::to_string(value)) {
            if (!add_digit(digit - '0')) {
                return false;
            }
        }
        return true;
    }
    bool close() {
        if (ethiopic_.open()) {
            for (const char digit : std::to_string(ethiopic_.take())) {
                if (!add_digit(digit - '0')) {
                    return false;
                }
            }
        }
        return true;
    }
    bool separate(Sign sign) {
        if (!close()) {
            return false;
        }
        if (digits_.empty()) {
            return true;
        }
        if (between_ == Sign::point && sign == Sign::point) {
            sign = Sign::space;  // "1..." is a full stop, not a decimal
        }
        // Only a sign that touches both neighbours makes a decimal or a date: "1. 2" is two digits.
        between_ = between_ == Sign::digit ? sign : Sign::space;
        return true;
    }

    std::string digits_;
    Ethiopic ethiopic_;
    Sign between_ = Sign::digit;
    std::size_t in_group_ = 0;
    bool after_point_ = false;
};

}  // namespace

std::optional<std::string> read_numerals(std::string_view text) {
    if (text.size() > longest_answer) {
        return std::nullopt;
    }
    Collector collector;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = next_point(text, at);
        if (!collector.take(c, read_point(c))) {
            return std::nullopt;
        }
    }
    return collector.result();
}

}  // namespace rightsline::locales
