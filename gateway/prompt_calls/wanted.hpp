// Wanted: which lines of a script somebody is to read.
//
// Pure. Must never: name a line that nobody has translated. Threading: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/prompts/prompt_desk.hpp"
#include "locales/result.hpp"

namespace rightsline::prompt_calls {

enum class Only : std::uint8_t {
    missing,  // what has no recording of its words, and no take of them that waits to be heard
    stale,    // of these, what has a recording of other words
};
/// "missing", "stale"; nothing: neither.
std::optional<Only> parse_only(std::string_view word);

/// A call reads no more than these: whoever has read so many begins another.
inline constexpr std::size_t most_lines = 100;

/// `names`: these lines alone ("hotline.main.menu.0", or "hotline.main.menu": all of its pieces), whatever they have. In the
/// order of the script. Errors: errc::no_such_prompt, errc::nothing_wanted.
Result<std::vector<std::string>> wanted(const std::vector<prompts::ScriptedLine>& script, Only only,
                                        const std::vector<std::string>& names);

}  // namespace rightsline::prompt_calls
