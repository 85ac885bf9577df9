#include "gateway/mail/address.hpp"

#include <algorithm>

#include "gateway/mail/error.hpp"

namespace rightsline::mail {
namespace {

constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_local = 64;
constexpr std::size_t longest_header = 200;
constexpr std::string_view odd_in_local = ".!#$%&'*+-/=?^_`{|}~";

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool has_good_dots(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos;
}

bool is_local(std::string_view text) {
    return text.size() <= longest_local && has_good_dots(text) && std::ranges::all_of(text, [](char c) {
               return is_plain(c) || odd_in_local.find(c) != std::string_view::npos;
           });
}

bool is_domain(std::string_view text) {
    return has_good_dots(text) && text.find('.') != std::string_view::npos && text.front() != '-' &&
           text.back() != '-' &&
           std::ranges::all_of(text, [](char c) { return is_plain(c) || c == '-' || c == '.'; });
}

/// Well-formed as far as it matters here: every lead byte has its followers, none stands alone.
bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80U              ? 0
                                 : (lead & 0xE0U) == 0xC0U ? 1
                                 : (lead & 0xF0U) == 0xE0U ? 2
                                 : (lead & 0xF8U) == 0xF0U ? 3
                                                           : 4;
        if (more == 4 || i + more >= text.size()) {
            return false;
        }
        for (std::size_t k = 1; k <= more; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20U || byte == 0x7FU;
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || text.size() > longest_address || !is_local(text.substr(0, at)) ||
        !is_domain(text.substr(at + 1))) {
        return errc::bad_address;
    }
    return Address(text);
}

std::string Address::domain() const { return reveal().substr(reveal().find('@') + 1); }

Result<HeaderText> HeaderText::parse(std::string_view text) {
    if (text.size() > longest_header || std::ranges::any_of(text, is_control) || !is_utf8(text)) {
        return errc::bad_header;
    }
    return HeaderText(text);
}

}  // namespace rightsline::mail
