// TypedText: what a person of the team writes on the terminal, or gives as a file, for a note, a task or a reply.
//
// A file that is no text is refused, not kept as a row of question marks; what is text becomes what shows as it reads.
// Must never: keep it anywhere. Threading: one command per process.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace rightsline::cli {

/// Valid UTF-8 without control characters but tabs and ends of lines.
bool is_text(std::string_view bytes);

/// All of `in`, clean and without space at its end. `invitation`: said where somebody sits at a terminal; "" = nothing.
/// Nothing: it is no text, or the terminal cut it, and that was said.
std::optional<std::string> read_typed_text(std::istream& in, const char* invitation);

}  // namespace rightsline::cli
