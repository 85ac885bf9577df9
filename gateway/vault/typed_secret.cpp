#include "gateway/vault/typed_secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rightsline::vault {
namespace {

constexpr std::size_t least_different = 6;
constexpr std::size_t least_steps = 11;  // characters that do not follow from the one before

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

std::size_t different(std::string_view text) {
    std::array<bool, 256> seen{};
    for (const char c : text) {
        seen.at(static_cast<unsigned char>(small(c))) = true;
    }
    return static_cast<std::size_t>(std::ranges::count(seen, true));
}

bool neighbours_on_a_row(char a, char b) {
    for (const std::string_view row :
         {"qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "1234567890"}) {
        const auto at = row.find(a);
        const auto then = row.find(b);
        if (at != std::string_view::npos && then != std::string_view::npos &&
            (at + 1 == then || then + 1 == at)) {
            return true;
        }
    }
    return false;
}

/// "aaa", "abc", "321" and "qwerty" are one step each, however long.
std::size_t steps(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char now = small(text[i]);
        const char before = i == 0 ? '\0' : small(text[i - 1]);
        const int apart = now - before;
        const bool follows = i != 0 && ((apart >= -1 && apart <= 1) || neighbours_on_a_row(before, now));
        count += starts_character(now) && !follows ? 1 : 0;
    }
    return count;
}

/// "winter24winter24" is a shorter one twice.
bool repeats_itself(std::string_view text) {
    for (std::size_t piece = 1; piece <= text.size() / 2; ++piece) {
        std::size_t i = piece;
        while (i < text.size() && small(text[i]) == small(text[i - piece])) {
            ++i;
        }
        if (i == text.size()) {
            return true;
        }
    }
    return false;
}

/// Those that stand in every guesser's book although they are long.
bool well_known(std::string_view text) {
    constexpr std::array<std::string_view, 8> known{"correcthorsebatterystaple",
                                                    "passwordpassword",
                                                    "letmeinletmein",
                                                    "tobeornottobe",
                                                    "iloveyousomuch",
                                                    "thequickbrownfoxjumpsover",
                                                    "passwordispassword",
                                                    "thisismypassword"};
    std::array<char, TypedSecret::most> letters{};
    std::size_t size = 0;
    for (const char c : text) {
        if (small(c) >= 'a' && small(c) <= 'z' && size < letters.size()) {
            letters.at(size++) = small(c);
        }
    }
    const bool found = std::ranges::any_of(
        known, [&](std::string_view one) { return std::string_view(letters.data(), size).starts_with(one); });
    sodium_memzero(letters.data(), letters.size());
    return found;
}

bool holds(std::string_view text, std::string_view word) {
    return !std::ranges::search(text, word, [](char a, char b) { return small(a) == small(b); }).empty();
}

}  // namespace

TypedSecret::TypedSecret(std::string_view text) : TypedSecret() {
    if (!std::ranges::all_of(text, [this](char c) { return push(c); })) {
        throw std::length_error("a typed secret is short");
    }
}

bool TypedSecret::push(char c) {
    if (size_ == most) {
        return false;
    }
    bytes_.bytes()[size_++] = static_cast<std::uint8_t>(c);
    return true;
}

bool TypedSecret::same_as(const TypedSecret& other) const {
    return size_ == other.size_ && sodium_memcmp(bytes_.data(), other.bytes_.data(), most) == 0;
}

std::optional<std::string> weakness_of(const TypedSecret& passphrase, std::string_view name) {
    const std::string_view text = passphrase.view();
    if (characters(text) < least_characters) {
        return "It is too short: " + std::to_string(least_characters) +
               " characters at least. Take five or six words that have nothing to do with each other.";
    }
    if (std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; })) {
        return "It holds a key that is no character, such as an arrow. Type it again.";
    }
    if (well_known(text)) {
        return "Every guesser knows this one. Take words that nobody has written down together.";
    }
    if (repeats_itself(text)) {
        return "It is a shorter one, repeated; a guesser needs only the short one.";
    }
    if (different(text) < least_different || steps(text) < least_steps) {
        return "Most of it is one key again and again, or keys in a row (abcdef, 123456, qwerty).";
    }
    if (name.size() >= 3 && holds(text, name) && characters(text) - name.size() < least_characters) {
        return "Without your name in it, it is too short; the name is what a guesser tries first.";
    }
    return std::nullopt;
}

}  // namespace rightsline::vault
