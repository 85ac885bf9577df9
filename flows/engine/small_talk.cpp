// Small talk: what greets, tests the line or asks who is there, and tells nothing that could be kept.
#include <algorithm>

#include "flows/engine/read.hpp"

namespace rightsline::flows {
namespace {

using locales::ReadingWords;

constexpr std::size_t beginning = 512;   // bytes: enough to find a few words in
constexpr std::size_t longest_cry = 96;  // bytes: a greeting, a cry for help and a courtesy

/// How many bytes of `rest` the longest of these phrases covers, when it begins there with whole words; or `longest`.
std::size_t longest_phrase(const locales::Words& phrases, std::string_view rest, std::size_t longest) {
    for (const std::string& phrase : phrases) {
        const bool whole = rest.size() == phrase.size() || rest.substr(0, phrase.size() + 1).ends_with(' ');
        if (phrase.size() > longest && rest.starts_with(phrase) && whole) {
            longest = phrase.size();
        }
    }
    return longest;
}

std::size_t small_talk_at(const Pack& pack, std::string_view rest) {
    std::size_t longest = 0;
    for (const ReadingWords& words : pack.reading) {
        for (const auto* list : {&words.greetings, &words.small_talk, &words.courtesy, &words.thanks}) {
            longest = longest_phrase(*list, rest, longest);
        }
        for (const auto& [tag, names] : words.languages) {
            longest = longest_phrase(names, rest, longest);
        }
    }
    return longest;
}

/// The words that are left when the phrases of these lists, of every language, are taken out.
std::string without(const Pack& pack, std::string_view folded,
                    std::initializer_list<locales::Words ReadingWords::*> lists) {
    std::string left;
    for (std::string_view rest = folded; !rest.empty();) {
        std::size_t phrase = 0;
        for (const ReadingWords& words : pack.reading) {
            for (const auto list : lists) {
                phrase = longest_phrase(words.*list, rest, phrase);
            }
        }
        const std::size_t word = std::min(rest.find(' '), rest.size());
        if (phrase == 0) {
            left.append(left.empty() ? "" : " ").append(rest.substr(0, word));
        }
        rest.remove_prefix(std::min(rest.size(), std::max(phrase, word) + 1));
    }
    return left;
}

}  // namespace

LanguageSet languages_of_cry(const Pack& pack, std::string_view folded) {
    constexpr auto cries = &ReadingWords::cries;
    LanguageSet spoken = languages_of_word(pack, cries, folded);
    if (spoken != 0 || folded.size() > longest_cry || folded.find(' ') == std::string_view::npos) {
        return spoken;
    }
    spoken = languages_of_word(pack, cries, without(pack, folded, {&ReadingWords::greetings}));
    if (spoken != 0) {
        return spoken;
    }
    const auto lists = {&ReadingWords::greetings, &ReadingWords::courtesy};
    return languages_of_word(pack, cries, without(pack, folded, lists));
}

bool tells(const Pack& pack, std::string_view folded, std::size_t least) {
    if (folded.size() > beginning) {
        folded = folded.substr(0, folded.rfind(' ', beginning));  // a piece of a word tells nothing
    }
    std::string told;
    for (std::string_view rest = folded.substr(0, beginning); !rest.empty();) {
        const std::size_t small = small_talk_at(pack, rest);
        const std::size_t word = std::min(rest.find(' '), rest.size());
        if (small == 0) {
            told.append(rest.substr(0, word)).append(" ");
            if (has_words(told, least)) {
                return true;
            }
        }
        rest.remove_prefix(std::min(rest.size(), std::max(small, word) + 1));
    }
    return false;
}

bool is_yes_or_no(const Pack& pack, std::string_view body) {
    return std::ranges::any_of(pack.reading, [&](const ReadingWords& words) {
        return locales::read_yes_no(body, words).has_value();
    });
}

bool is_answer_word(const Pack& pack, std::string_view body, std::string_view folded) {
    return keyword_of(pack, body, folded) != folded || languages_of_cry(pack, folded) != 0 ||
           is_done(pack, folded) || is_skip(pack, folded) || is_start(pack, folded) ||
           is_yes_or_no(pack, body);
}

}  // namespace rightsline::flows
