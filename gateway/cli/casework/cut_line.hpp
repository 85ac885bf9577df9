// A line that the terminal cut: it passes 4,095 bytes of one on, and says nothing of the rest.
//
// Whoever keeps what a person typed asks this first, for nothing is called saved that is not whole. Pure but for isatty.
#pragma once

#include <algorithm>
#include <string_view>

namespace rightsline::cli {

inline constexpr std::size_t longest_typed_line = 4095;  // N_TTY's; with the line's end it is 4096

/// Whether a line of `text` is as long as a terminal passes on.
inline bool has_cut_line(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end >= longest_typed_line) {
            return true;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

/// The same, where stdin is a terminal; a pipe cuts nothing.
bool is_cut_by_terminal(std::string_view text);

inline constexpr const char* cut_line_words =
    "A line is longer than a terminal passes on (4,095 bytes), so that its end is lost";

}  // namespace rightsline::cli
