#include "gateway/http/form.hpp"

#include <algorithm>

#include "gateway/http/ascii.hpp"
#include "gateway/http/error.hpp"

namespace rightsline::http {

namespace {

/// Writes what `text` says to `out`, which has room for all of it. Gives the end, or nothing after a bad escape.
char* decode_into(char* out, std::string_view text, bool plus_is_space) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            *out++ = text[i] == '+' && plus_is_space ? ' ' : text[i];
            continue;
        }
        const bool whole = text.size() - i > 2;
        const int high = whole ? hex_value(text[i + 1]) : -1;
        const int low = whole ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return nullptr;
        }
        *out++ = static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::size_t count_of(std::string_view text, char c) {
    return static_cast<std::size_t>(std::ranges::count(text, c));
}

bool is_plain(char c) {
    const char lower = to_lower(c);
    return is_digit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_plain(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
}

}  // namespace

std::string encode_form(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    std::size_t most = 0;
    for (const auto& [name, value] : fields) {
        most += 2 + (name.size() + value.size()) * 3;
    }
    std::string out;
    out.reserve(most);  // it may hold words and numbers: no copies are left behind by growing
    for (const auto& [name, value] : fields) {
        if (!out.empty()) {
            out += '&';
        }
        append_escaped(out, name);
        out += '=';
        append_escaped(out, value);
    }
    return out;
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out(text.size(), '\0');
    const char* const end = decode_into(out.data(), text, plus_is_space);
    if (end == nullptr) {
        return errc::bad_form;
    }
    out.resize(static_cast<std::size_t>(end - out.data()));
    return out;
}

Result<Form> Form::decode(std::string_view text, std::size_t most) {
    Form form;
    form.decoded_.resize(text.size());
    form.pairs_.reserve(std::min(count_of(text, '&') + 1, most));
    char* end = form.decoded_.data();
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(field.size() + 1, text.size()));
        if (field.empty()) {
            continue;
        }
        if (form.pairs_.size() == most) {
            return errc::bad_form;
        }
        const std::size_t equals = std::min(field.find('='), field.size());
        char* const name = end;
        char* const value = decode_into(name, field.substr(0, equals), true);
        end = value == nullptr ? nullptr
                               : decode_into(value, field.substr(std::min(equals + 1, field.size())), true);
        if (end == nullptr) {
            return errc::bad_form;
        }
        form.pairs_.emplace_back(std::string_view(name, value), std::string_view(value, end));
    }
    return form;
}

std::string_view Form::get(std::string_view name) const {
    for (const auto& [key, value] : pairs_) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

std::size_t Form::count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& [key, value] : pairs_) {
        found += key == name ? 1 : 0;
    }
    return found;
}

}  // namespace rightsline::http
