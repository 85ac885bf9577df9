#include "gateway/cases/screening.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "locales/folding.hpp"

namespace rightsline::cases {
namespace {

using Kind = Screened::Kind;
using Words = std::vector<std::string>;

constexpr std::size_t digits_of_number = 7;  // shorter ones need an area code that everybody there knows
constexpr std::size_t digits_in_doubt = 6;   // 120.50 is an amount
constexpr std::size_t shortest_name = 3;     // "de" and "la" stand in many names and in most sentences
constexpr std::size_t shortest_stem = 4;     // "unions" is "union"; "ice" is not "iced"

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80) != 0; }

/// Cut at spaces and line ends.
Words split(std::string_view text) {
    Words words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find_first_not_of(" \n", at);
        if (begin == std::string_view::npos) {
            break;
        }
        at = std::min(text.find_first_of(" \n", begin), text.size());
        words.emplace_back(text.substr(begin, at - begin));
    }
    return words;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

/// The marks of other scripts that stand for those of addresses.
std::string plain_marks(std::string text) {
    for (const auto& [mark, plain] :
         {std::pair("\uFF20", "@"), std::pair("\uFE6B", "@"), std::pair("\uFF0E", "."),
          std::pair("\u3002", "."), std::pair("\uFF0F", "/"), std::pair("\uFF1A", ":")}) {
        for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
            text.replace(at, std::string_view(mark).size(), plain);
        }
    }
    return text;
}

class Screening {
 public:
    Screening(std::string_view text, const ScreenWords& words)
        : text_(plain_marks(std::string(text))), folded_(locales::fold(text)), words_(words) {}

    std::vector<Screened> run() {
        find_numbers();
        for (const std::string& word : split(text_)) {
            look_for_address(word);
            look_for_link(word);
            look_for_day(word);
        }
        find_names();
        find_dangerous();
        find_capitals();
        std::ranges::sort(found_, {}, [](const Screened& one) { return std::pair(one.kind, one.words); });
        return std::move(found_);
    }

 private:
    void add(Kind kind, std::string words) {
        const bool known = std::ranges::any_of(
            found_, [&](const Screened& one) { return one.kind == kind && one.words == words; });
        if (!known) {
            found_.push_back({kind, std::move(words)});
        }
    }

    /// Digits that follow each other, whatever stands between them; folded, they are 0-9 with single spaces.
    void find_numbers() {
        Words run;
        Words all = split(folded_);
        all.emplace_back();
        for (std::string& word : all) {
            if (std::ranges::any_of(word, is_digit)) {
                run.push_back(std::move(word));
            } else {
                judge_digits(run);
                run.clear();
            }
        }
    }

    void judge_digits(const Words& run) {
        std::string joined;
        std::ptrdiff_t digits = 0;
        for (const std::string& word : run) {
            joined += (joined.empty() ? "" : " ") + word;
            digits += std::ranges::count_if(word, is_digit);
        }
        if (is_date(run)) {
            add(Kind::date, std::move(joined));
        } else if (std::cmp_greater_equal(digits, digits_of_number)) {
            add(Kind::number, std::move(joined));
        } else if (std::cmp_greater_equal(digits, digits_in_doubt)) {
            add(Kind::digits, std::move(joined));
        }
    }

    /// Three of them, one a year of our time and the others a day and a month.
    static bool is_date(const Words& run) {
        const auto year = [](const std::string& one) {
            return one.size() == 4 && (one.starts_with("19") || one.starts_with("20"));
        };
        const auto day = [](const std::string& one) {
            return one.size() <= 2 && std::ranges::all_of(one, is_digit) && std::stoi(one) <= 31;
        };
        return run.size() == 3 && day(run[1]) &&
               ((year(run[0]) && day(run[2])) || (day(run[0]) && year(run[2])));
    }

    /// "12/11", in whatever order; "10:30" and "8-12" are times of a day.
    void look_for_day(const std::string& word) {
        const std::size_t slash = word.find('/');
        const auto beside = [&](std::size_t from, std::size_t to) {
            return to - from >= 1 && to - from <= 2 &&
                   std::all_of(word.begin() + static_cast<std::ptrdiff_t>(from),
                               word.begin() + static_cast<std::ptrdiff_t>(to), is_digit);
        };
        const std::size_t first = std::min(word.find_first_not_of("\"'("), word.size());
        const std::size_t end = word.find_last_not_of(".,;:!?)\"'") + 1;
        if (slash != word.npos && slash > first && slash + 1 < end && beside(first, slash) &&
            beside(slash + 1, end)) {
            add(Kind::date, word);
        }
    }

    void look_for_address(const std::string& word) {
        const std::size_t at = word.find('@');
        if (at != word.npos && word.size() > 1) {
            add(Kind::address, word);
        }
    }

    void look_for_link(const std::string& word) {
        static constexpr std::array<std::string_view, 20> endings{
            "com", "org", "net", "info", "gov", "edu", "io",  "co",  "me", "us",
            "uk",  "mx",  "ht",  "ls",   "za",  "bd",  "app", "biz", "ly", "gl"};
        const std::string low = lower(word);
        if (low.find("://") != low.npos || low.starts_with("www.")) {
            add(Kind::link, word);
            return;
        }
        const std::string_view host = std::string_view(low).substr(0, low.find('/'));
        const std::size_t last = host.find_last_not_of(".,;:!?)\"'");
        const std::string_view name = host.substr(0, last == host.npos ? 0 : last + 1);
        const std::size_t dot = name.rfind('.');
        if (dot == name.npos || dot == 0 || !is_letter(name[dot - 1])) {
            return;
        }
        const std::string_view ending = name.substr(dot + 1);
        const bool letters = ending.size() >= 2 && std::ranges::all_of(ending, is_letter);
        if (letters && name.find('@') == name.npos) {
            add(std::ranges::find(endings, ending) != endings.end() ? Kind::link : Kind::joined, word);
        }
    }

    /// Whole words; `stem`: or the beginning of one.
    bool holds(std::string_view folded, bool stem) const {
        const std::string padded = " " + folded_ + " ";
        return !folded.empty() && padded.find(" " + std::string(folded) + (stem ? "" : " ")) != padded.npos;
    }

    void find_names() {
        for (const std::string& name : words_.names) {
            for (const std::string& word : split(locales::fold(name))) {
                if (word.size() >= shortest_name && holds(word, false)) {
                    add(Kind::name, word);
                }
            }
        }
    }

    void find_dangerous() {
        for (const std::string& word : words_.dangerous) {
            const std::string folded = locales::fold(word);
            if (holds(folded, folded.size() >= shortest_stem)) {
                add(Kind::dangerous, folded);
            }
        }
    }

    static bool begins_with_capital(std::string_view word) {
        const auto second = word.size() > 1 ? static_cast<unsigned char>(word[1]) : 0U;
        const bool latin = word.starts_with('\xC3') && second >= 0x80 && second <= 0x9E && second != 0x97;
        return (word.front() >= 'A' && word.front() <= 'Z') || latin;
    }

    static bool is_everyday(const std::string& folded) {
        static constexpr std::array<std::string_view, 19> capitals{
            "monday",  "tuesday",   "wednesday", "thursday", "friday",  "saturday", "sunday",
            "january", "february",  "march",     "april",    "may",     "june",     "july",
            "august",  "september", "october",   "november", "december"};
        return std::ranges::find(capitals, folded) != capitals.end();
    }

    /// Not at the beginning of a sentence.
    void find_capitals() {
        bool begins = true;
        for (const std::string& word : split(text_)) {
            const std::size_t first = word.find_first_not_of("\"'(");
            const std::string_view bare = std::string_view(word).substr(std::min(first, word.size()));
            const bool capital = !bare.empty() && begins_with_capital(bare);
            const std::string folded = locales::fold(bare);
            if (capital && !begins && folded.size() >= shortest_name && !is_everyday(folded)) {
                add(Kind::capital, std::string(bare));
            }
            begins = std::string_view(".!?:").find(word.back()) != std::string_view::npos;
        }
    }

    std::string text_;
    std::string folded_;
    const ScreenWords& words_;
    std::vector<Screened> found_;
};

}  // namespace

std::vector<Screened> screen_reply(std::string_view text, const ScreenWords& words) {
    return Screening(text, words).run();
}

std::string_view why(Screened::Kind kind) {
    switch (kind) {
        case Kind::number:
            return "looks like a phone number";
        case Kind::address:
            return "looks like an address";
        case Kind::link:
            return "is a link";
        case Kind::name:
            return "is a name that you listed";
        case Kind::dangerous:
            return "is a word that this program never shows on a worker's phone";
        case Kind::digits:
            return "are many digits";
        case Kind::date:
            return "looks like a date, or a number";
        case Kind::joined:
            return "may be a link";
        case Kind::capital:
            return "may be a name";
    }
    return "";
}

}  // namespace rightsline::cases
