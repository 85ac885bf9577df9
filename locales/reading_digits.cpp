#include "locales/reading.hpp"

namespace rightsline::locales {
namespace {

constexpr std::size_t most_digits = 64;
constexpr std::size_t longest_answer = 512;  // bytes

std::optional<std::size_t> spelled(std::string_view word, const ReadingWords& words) {
    std::optional<std::size_t> found;
    for (std::size_t number = 0; number < words.numbers.size(); ++number) {
        for (const auto& one : words.numbers[number]) {
            if (one == word) {
                if (found && *found != number) {
                    return std::nullopt;  // one word for two numbers: never a guess
                }
                found = number;
            }
        }
    }
    return found;
}

bool has_letter(std::string_view folded) {
    for (const char c : folded) {
        if ((c < '0' || c > '9') && c != ' ') {
            return true;
        }
    }
    return false;
}

/// "one two 3": each token a digit or its name; ten and above only alone.
std::optional<std::string> spelled_digits(std::string_view folded, const ReadingWords& words) {
    std::string digits;
    while (!folded.empty()) {
        const auto space = folded.find(' ');
        const auto token = folded.substr(0, space);
        folded = space == std::string_view::npos ? std::string_view{} : folded.substr(space + 1);
        if (!has_letter(token)) {
            digits += token;
        } else if (const auto number = spelled(token, words); number && *number < 10) {
            digits += static_cast<char>('0' + *number);
        } else {
            return std::nullopt;
        }
        if (digits.size() > most_digits) {
            return std::nullopt;
        }
    }
    return digits;
}

}  // namespace

std::optional<std::string> read_spelled(std::string_view folded, const ReadingWords& words) {
    if (folded.size() > longest_answer || !has_letter(folded)) {
        return std::nullopt;
    }
    const auto number = spelled(folded, words);
    return number ? std::optional(std::to_string(*number)) : spelled_digits(folded, words);
}

std::optional<std::string> read_digits(std::string_view text, const ReadingWords& words) {
    if (text.size() > longest_answer) {
        return std::nullopt;
    }
    auto typed = read_numerals(text);
    return typed ? typed : read_spelled(fold(text), words);
}

}  // namespace rightsline::locales
