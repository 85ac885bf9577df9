// Pages: what whoever records hears, as actions. Private to the room.
//
// The lines are said by the machine's draft of that language where there is one, else in the language that they are spoken to
// in; and each line's number on the sheet comes first, for whoever reads from paper. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "flows/pack.hpp"
#include "flows/vocabulary.hpp"
#include "gateway/prompt_calls/machine.hpp"
#include "gateway/prompts/script_sheet.hpp"

namespace rightsline::prompt_calls {

/// The longest that a line may be read: what is longer is no line, and no phone company plays it whole.
inline constexpr flows::Seconds longest_line{60};

/// A line of the script, and its number on the sheet of its language: 1, 2 …
struct Numbered {
    prompts::ScriptLine line;
    std::size_t number = 0;
};
/// Nothing: the script has it no more.
std::optional<Numbered> find_line(const flows::Pack& pack, const std::string& language,
                                  const std::string& name);

/// Asks for the code; in the program's first language, and names nothing.
std::vector<flows::Action> ask_code(const flows::Pack& pack);
std::vector<flows::Action> actions_of(const flows::Pack& pack, Reply reply, const Session& session);

}  // namespace rightsline::prompt_calls
