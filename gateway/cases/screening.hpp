// Screening: what must not stand in a reply to a worker, found before it is sealed.
//
// The phone that shows the reply may be shared, or seized. Refused, whatever its writer says: phone numbers (digits of every
// script), e-mail addresses, links, the names that the writer lists, and the program's dangerous words. A doubt, which the
// writer may confirm: fewer digits, what looks like a date, words joined by a full stop, a capital letter within a sentence
// (a name, perhaps). What is spelled in words ("five five five") is not seen: this helps a careful writer, no more.
// Must never: change the text, or be the only thing that stands between a name and an employer. Pure. Threading: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::cases {

struct ScreenWords {
    std::vector<std::string> names;      // as the writer typed them: "Maria Lopez"
    std::vector<std::string> dangerous;  // of the program
};

struct Screened {
    enum class Kind { number, address, link, name, dangerous, digits, date, joined, capital } kind;
    std::string words;  // the offending ones, as they stand in the text or, for digits, folded
    bool refused() const { return kind <= Kind::dangerous; }
};

/// In the order of the kinds, of these in that of their words; each once.
std::vector<Screened> screen_reply(std::string_view text, const ScreenWords& words);
/// "looks like a phone number"
std::string_view why(Screened::Kind kind);

/// How many SMS parts one reply may take; the worker pays for each in some countries, and reads on a small screen.
inline constexpr std::size_t most_reply_segments = 6;

}  // namespace rightsline::cases
