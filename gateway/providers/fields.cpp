#include "gateway/providers/fields.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/providers/error.hpp"

namespace rightsline::providers {

Result<Fields> Fields::of_body(const http::Request& request) {
    Result<http::Form> form = http::Form::decode(request.body);
    if (!form) {
        return errc::malformed;
    }
    return Fields(std::move(*form));
}

Result<Fields> Fields::of_query(const http::Request& request) {
    Result<http::Form> form = http::Form::decode(request.query());
    if (!form) {
        return errc::malformed;
    }
    return Fields(std::move(*form));
}

std::string Fields::optional(std::string_view name) {
    ok_ = ok_ && form_.count(name) <= 1;
    return std::string(form_.get(name));
}

std::string Fields::required(std::string_view name) {
    ok_ = ok_ && form_.count(name) == 1;
    return std::string(form_.get(name));
}

std::string Fields::id(std::string_view name) {
    std::string value = required(name);
    ok_ = ok_ && is_id(value);
    return value;
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

Result<std::uint32_t> read_number(std::string_view text, std::uint32_t most) {
    std::uint32_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || stop != text.data() + text.size() || number > most) {
        return errc::malformed;
    }
    return number;
}

std::uint32_t read_sent_back(const http::Request& request) {
    Result<Fields> query = Fields::of_query(request);
    const Result<std::uint32_t> times = read_number(query ? query->optional("n") : "", 9);
    return times ? *times : 0;
}

std::string read_ours(const http::Request& request) {
    Result<Fields> query = Fields::of_query(request);
    std::string ours = query ? query->optional("m") : std::string();
    return query && query->ok() && is_id(ours) ? ours : std::string();
}

std::string canonical(const std::vector<std::string_view>& fields) {
    std::string bytes;
    for (const std::string_view field : fields) {
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            bytes += static_cast<char>(field.size() >> shift & 0xFFU);
        }
        bytes += field;
    }
    return bytes;
}

}  // namespace rightsline::providers
