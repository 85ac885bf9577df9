#include "locales/reading.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

namespace rightsline::locales {
namespace {

void fold_list(Words& list) {
    Words folded;
    folded.reserve(list.size());
    for (const auto& word : list) {
        auto one = fold(word);
        if (!one.empty() && std::ranges::find(folded, one) == folded.end()) {
            folded.push_back(std::move(one));
        }
    }
    list = std::move(folded);
}

constexpr std::size_t words_of_a_story = 4;

bool is_letter_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Words between spaces that hold a letter; enough where words are written apart.
std::size_t spaced_words(std::string_view text, std::size_t enough) {
    std::size_t words = 0;
    bool letter = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space) {
            letter = letter || (is_letter_byte(c) && c != '\'');
        } else if (letter) {
            ++words;
            letter = false;
        }
        if (words >= enough) {
            return words;
        }
    }
    return words + (letter ? 1 : 0);
}

icu::BreakIterator* word_iterator() {
    thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        auto* made = icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status);
        return std::unique_ptr<icu::BreakIterator>(made);
    }();
    return iterator.get();
}

/// Words as ICU's rules and dictionaries find them; a number is none.
std::size_t dictionary_words(std::string_view text, std::size_t enough) {
    UErrorCode status = U_ZERO_ERROR;
    UText bytes = UTEXT_INITIALIZER;
    utext_openUTF8(&bytes, text.data(), static_cast<std::int64_t>(text.size()), &status);
    auto* iterator = word_iterator();
    std::size_t words = 0;
    if (U_SUCCESS(status) && iterator != nullptr) {
        iterator->setText(&bytes, status);
        iterator->first();
        while (U_SUCCESS(status) && words < enough && iterator->next() != icu::BreakIterator::DONE) {
            words += iterator->getRuleStatus() >= UBRK_WORD_LETTER ? 1U : 0U;
        }
    }
    utext_close(&bytes);
    return words;
}

}  // namespace

ReadingWords fold_words(ReadingWords words) {
    for (auto& number : words.numbers) {
        fold_list(number);
    }
    for (auto* list :
         {&words.yes, &words.no, &words.stop, &words.stop_phrases, &words.start, &words.help, &words.cries,
          &words.menu, &words.back, &words.repeat, &words.done, &words.skip, &words.courtesy,
          &words.greetings, &words.small_talk, &words.thanks, &words.erase, &words.call_me, &words.option}) {
        fold_list(*list);
    }
    for (auto& [tag, names] : words.languages) {
        fold_list(names);
    }
    return words;
}

bool has_words(std::string_view text, std::size_t least) {
    constexpr std::size_t beginning = 512;  // enough to find a few words in
    text = text.substr(0, beginning);
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return (ascii ? spaced_words(text, least) : dictionary_words(text, least)) >= least;
}

bool looks_like_story(std::string_view text) { return has_words(text, words_of_a_story); }

}  // namespace rightsline::locales
