#include "locales/authored_bytes.hpp"

#include <algorithm>
#include <cstddef>

namespace rightsline::locales {

namespace {

int line_at(std::string_view text, std::size_t offset) {
    return 1 + static_cast<int>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

/// Length of the well-formed UTF-8 character at the head of `text`, or 0.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xf0 ? 4U : first >= 0xe0 ? 3U : 2U;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            return 0;
        }
    }
    const unsigned second = byte(1);
    const bool refused = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                         (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return refused ? 0 : length;
}

}  // namespace

/// Bytes that no text of ours holds. Byte 4 among them: yaml-cpp takes it for the end of the file.
bool refuse_bytes(std::string_view text, const std::string& file, Complaints& complaints) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text.substr(at));
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool control = (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7f;
        if (length == 0 || control) {
            complaints.push_back(
                {file, line_at(text, at), length == 0 ? "not-utf8" : "control-character",
                 length == 0 ? "the bytes here are not UTF-8" : "a control character stands here",
                 length == 0 ? "save the file as UTF-8" : "delete it", Complaint::Level::error});
            return true;
        }
        at += length;
    }
    return false;
}

}  // namespace rightsline::locales
