// The rows of tests/data/framing/cases.txt.
#pragma once

#include <fstream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/ascii.hpp"

namespace rightsline::http {

struct FramingCase {
    std::string verdict;
    std::string name;
    std::string bytes;
    friend std::ostream& operator<<(std::ostream& out, const FramingCase& row) { return out << row.name; }
};

inline std::string unescape(std::string_view text);

inline std::string repeated(std::string_view inside) {
    const std::size_t star = inside.find('*');
    const std::string piece = unescape(inside.substr(star + 1));
    std::string out;
    for (int i = std::stoi(std::string(inside.substr(0, star))); i > 0; --i) {
        out += piece;
    }
    return out;
}

inline std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') {
            const std::size_t close = text.find('}', i);
            out += repeated(text.substr(i + 1, close - i - 1));
            i = close;
        } else if (text[i] != '\\') {
            out += text[i];
        } else if (text[++i] == 'x') {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            const std::string_view names = "rnt0\\";
            out += "\r\n\t\0\\"[names.find(text[i])];
        }
    }
    return out;
}

inline std::vector<FramingCase> framing_cases() {
    std::ifstream file(RIGHTSLINE_SOURCE_DIR "/tests/data/framing/cases.txt");
    std::vector<FramingCase> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) {
            continue;
        }
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        rows.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                        unescape(std::string_view(line).substr(second + 1))});
    }
    return rows;
}

}  // namespace rightsline::http
