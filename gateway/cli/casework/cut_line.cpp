#include "gateway/cli/casework/cut_line.hpp"

#include <unistd.h>

namespace rightsline::cli {

bool is_cut_by_terminal(std::string_view text) { return ::isatty(STDIN_FILENO) == 1 && has_cut_line(text); }

}  // namespace rightsline::cli
