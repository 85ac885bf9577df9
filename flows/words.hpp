// Words: one text of a pack as it is said, shown or played, with its arguments filled in.
//
// Must never: choose what is said; that is the turn's business. Constant text never touches ICU.
// Threading: a view on an immutable pack; lives for one step.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/pack.hpp"
#include "flows/vocabulary.hpp"

namespace rightsline::flows {

/// Arguments that a DoResult left behind: code, status …
using Values = std::vector<std::pair<std::string, std::string>>;

std::string pack_values(const Values& values);
/// Bytes that are not packed values give none.
Values unpack_values(std::string_view bytes);
std::string_view find_value(const Values& values, std::string_view name);

/// What {choice} and {digit, spell} stand for while an option of a menu is said.
struct Option {
    TextIndex choice = no_text;
    std::string_view digit;
};

class Words {
 public:
    Words(const Pack& pack, Mode mode, const Values& values) : pack_(pack), mode_(mode), values_(values) {}

    /// The text in that language; on voice also what is played. `secret` when it says a receipt code.
    Utterance say(TextIndex text, LanguageIndex language, const Option& option = {}) const;
    /// Just the words.
    std::string text(TextIndex text, LanguageIndex language, const Option& option = {}) const;

 private:
    TextIndex choice_of(std::string_view argument, const Option& option) const;
    std::string_view digits_of(std::string_view argument, const Option& option) const;
    locales::Arguments arguments(LanguageIndex language, const Option& option) const;
    void play(std::vector<Clip>& clips, TextIndex text, LanguageIndex language, const Option& option) const;
    TextIndex ready_answer(TextIndex text, LanguageIndex language) const;
    void play_piece(std::vector<Clip>& clips, TextIndex text, LanguageIndex language, std::size_t piece,
                    std::string_view words) const;
    void play_digits(std::vector<Clip>& clips, LanguageIndex language, std::string_view digits) const;

    const Pack& pack_;
    Mode mode_;
    const Values& values_;
};

}  // namespace rightsline::flows
