#include "gateway/http/gate.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/http/ascii.hpp"
#include "gateway/http/error.hpp"

namespace rightsline::http {
namespace {

// What the gate looks for, gathered in one walk over the fields.
struct Seen {
    unsigned hosts = 0;
    unsigned lengths = 0;
    unsigned types = 0;
    unsigned authorizations = 0;
    bool transfer = false;
    bool upgrade = false;
    std::string_view host;
    std::string_view length;
};

Seen look(const Headers& headers) {
    Seen seen;
    for (const auto& [name, value] : headers) {
        if (same_name(name, "Host")) {
            ++seen.hosts;
            seen.host = value;
        } else if (same_name(name, "Content-Length")) {
            ++seen.lengths;
            seen.length = value;
        } else if (same_name(name, "Content-Type")) {
            ++seen.types;
        } else if (same_name(name, "Authorization")) {
            ++seen.authorizations;
        } else if (same_name(name, "Transfer-Encoding") || same_name(name, "Trailer")) {
            seen.transfer = true;
        } else if (same_name(name, "Expect") || same_name(name, "Upgrade")) {
            seen.upgrade = true;
        }
    }
    return seen;
}

bool is_host(std::string_view host) {
    constexpr std::string_view marks = ".-_:[]";
    const auto fits = [marks](char c) {
        return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') ||
               marks.find(c) != std::string_view::npos;
    };
    return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, fits);
}

// One leading slash, visible ASCII, no fragment and no backslash, which some read as a slash.
bool is_target(std::string_view target) {
    if (target.empty() || target[0] != '/' || target.starts_with("//")) {
        return false;
    }
    return std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\'; });
}

bool takes_body(std::string_view method) { return method == "POST" || method == "PUT" || method == "PATCH"; }

bool is_served(std::string_view method) {
    return takes_body(method) || method == "GET" || method == "HEAD" || method == "DELETE" ||
           method == "OPTIONS";
}

Result<std::size_t> body_length(const Seen& seen, std::string_view method, std::size_t most_body) {
    if (seen.lengths == 0 && !takes_body(method)) {
        return std::size_t{0};
    }
    const std::string_view text = seen.length;
    const bool padded = text.size() > 1 && text[0] == '0';
    if (seen.lengths != 1 || text.empty() || padded || !std::ranges::all_of(text, is_digit)) {
        return errc::bad_length;
    }
    std::size_t length = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
    if (read.ec != std::errc()) {
        return errc::bad_length;
    }
    const bool may_have_one = takes_body(method) || method == "DELETE";
    if (length != 0 && !may_have_one) {
        return errc::bad_length;
    }
    if (length > most_body) {
        return errc::body_too_large;
    }
    return length;
}

}  // namespace

Result<std::size_t> check_framing(const Request& header, int version, std::size_t most_body) {
    if (version != 11) {
        return errc::not_http_1_1;
    }
    const Seen seen = look(header.headers);
    if (seen.transfer) {
        return errc::transfer_encoding;
    }
    if (seen.upgrade) {
        return errc::wants_upgrade;
    }
    if (seen.hosts != 1 || !is_host(seen.host)) {
        return errc::bad_host;
    }
    if (!is_target(header.target)) {
        return errc::bad_target;
    }
    if (!is_served(header.method)) {
        return errc::bad_method;
    }
    if (seen.types > 1 || seen.authorizations > 1) {
        return errc::duplicate_field;
    }
    return body_length(seen, header.method, most_body);
}

}  // namespace rightsline::http
