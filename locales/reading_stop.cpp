#include <algorithm>

#include "locales/reading.hpp"

namespace rightsline::locales {
namespace {

constexpr std::size_t longest_wish = 256;  // bytes; a longer text is a story, whatever words are in it
constexpr std::size_t most_words = 8;

// The carriers' own lists (they answer and block by themselves).
constexpr std::array<std::string_view, 11> carrier_words{"stop",         "stopall", "stop all", "unsubscribe",
                                                         "unsubscribed", "cancel",  "end",      "quit",
                                                         "revoke",       "optout",  "opt out"};

// Before a stop phrase these turn it into something that somebody else does: a report, not a wish.
constexpr std::array<std::string_view, 21> reversals{
    "not", "wont", "didnt", "doesnt", "dont", "never", "cant", "cannot", "wouldnt", "couldnt", "isnt",
    "he",  "she",  "they",  "him",    "her",  "them",  "boss", "no",     "nunca",   "pa"};

bool is_in(std::span<const std::string_view> list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

bool is_own_word(std::string_view folded, std::span<const ReadingWords> words) {
    return std::ranges::any_of(words, [folded](const ReadingWords& language) {
        return std::ranges::find(language.stop, folded) != language.stop.end();
    });
}

/// Carriers take one word as it stands, whatever its case: not "stop." and not "stop, thanks".
bool is_carrier_text(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && blank(text.back())) {
        text.remove_suffix(1);
    }
    std::string word(text);
    std::ranges::transform(word, word.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return is_in(carrier_words, word);
}

bool cut_front(std::string_view& text, std::string_view phrase) {
    const bool there = text.size() > phrase.size() && text.starts_with(phrase) && text[phrase.size()] == ' ';
    if (there) {
        text.remove_prefix(phrase.size() + 1);
    }
    return there;
}

bool cut_back(std::string_view& text, std::string_view phrase) {
    const bool there =
        text.size() > phrase.size() && text.ends_with(phrase) && text[text.size() - phrase.size() - 1] == ' ';
    if (there) {
        text.remove_suffix(phrase.size() + 1);
    }
    return there;
}

/// What is repeated, once: "stop stop stop" is "stop", "stop all stop all" is "stop all".
std::string_view said_once(std::string_view text) {
    for (auto end = text.find(' '); end != std::string_view::npos; end = text.find(' ', end + 1)) {
        const std::string_view phrase = text.substr(0, end);
        std::string_view rest = text;
        while (cut_front(rest, phrase)) {
        }
        if (rest == phrase) {
            return phrase;
        }
    }
    return text;
}

/// Takes one courtesy off either end; false when there is none.
bool cut_courtesy(std::string_view& text, std::span<const ReadingWords> words) {
    const auto cut = [&text](std::string_view phrase) {
        return !phrase.empty() && (cut_front(text, phrase) || cut_back(text, phrase));
    };
    return std::ranges::any_of(
        words, [&cut](const ReadingWords& language) { return std::ranges::any_of(language.courtesy, cut); });
}

std::string_view last_word(std::string_view text) {
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

/// What stands before the phrase ("… wont", "… him to") does not make it another person's doing.
bool is_own_wish(std::string_view before) {
    if (before.ends_with(' ')) {
        before.remove_suffix(1);
    }
    auto word = last_word(before);
    if (word == "to") {
        before.remove_suffix(std::min(before.size(), word.size() + 1));
        word = last_word(before);
    }
    return !is_in(reversals, word);
}

bool has_phrase(std::string_view folded, std::string_view phrase) {
    if (phrase.empty()) {
        return false;
    }
    for (auto at = folded.find(phrase); at != std::string_view::npos; at = folded.find(phrase, at + 1)) {
        const auto end = at + phrase.size();
        const bool whole = (at == 0 || folded[at - 1] == ' ') && (end == folded.size() || folded[end] == ' ');
        if (whole && is_own_wish(folded.substr(0, at))) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::span<const std::string_view> carrier_stop_words() { return carrier_words; }

bool is_stop(std::string_view text, std::span<const ReadingWords> words) {
    return read_stop(text, words) != StopWish::none;
}

StopWish read_stop(std::string_view text, std::span<const ReadingWords> words) {
    if (text.empty() || text.size() > longest_wish || (text.size() == 1 && text[0] < '@')) {
        return StopWish::none;
    }
    const auto folded = fold(text);
    std::string_view core = folded;
    do {
        const std::string_view wish = said_once(core);
        if (is_in(carrier_words, wish)) {
            return is_carrier_text(text) ? StopWish::carrier : StopWish::plain;
        }
        if (is_own_word(wish, words)) {
            return StopWish::word;
        }
    } while (cut_courtesy(core, words));
    if (static_cast<std::size_t>(std::ranges::count(folded, ' ')) >= most_words) {
        return StopWish::none;
    }
    const bool plain = std::ranges::any_of(words, [&folded](const ReadingWords& language) {
        return std::ranges::any_of(language.stop_phrases, [&folded](const std::string& phrase) {
            return has_phrase(folded, phrase);
        });
    });
    return plain ? StopWish::plain : StopWish::none;
}

}  // namespace rightsline::locales
