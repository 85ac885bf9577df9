#include "gateway/cli/casework/typed_text.hpp"

#include <unistd.h>

#include <iostream>
#include <istream>
#include <iterator>

#include "gateway/cli/casework/cut_line.hpp"
#include "gateway/providers/clean_text.hpp"

namespace rightsline::cli {

bool is_text(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::string_view before = bytes;
        const char32_t point = providers::take_code_point(bytes);
        const bool broken = point == 0xFFFD && !before.starts_with("\xEF\xBF\xBD");
        const bool control = (point < 0x20 && point != '\n' && point != '\r' && point != '\t') ||
                             (point >= 0x7F && point < 0xA0);
        if (broken || control) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> read_typed_text(std::istream& in, const char* invitation) {
    if (*invitation != '\0' && ::isatty(STDIN_FILENO) != 0) {
        std::cerr << invitation << "\n";
    }
    const std::string typed{std::istreambuf_iterator<char>(in), {}};
    if (is_cut_by_terminal(typed)) {
        std::cerr << cut_line_words << ". Write shorter lines, or give it a file: < FILE\n";
        return std::nullopt;
    }
    if (!is_text(typed)) {
        std::cerr << "This is no text in UTF-8: nothing was kept. Is it a file of another kind?\n";
        return std::nullopt;
    }
    std::string text = providers::clean_text(typed);
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    return text;
}

}  // namespace rightsline::cli
