#include "gateway/http/message.hpp"

#include "gateway/http/ascii.hpp"

namespace rightsline::http {
namespace {

std::string_view first_of(const Headers& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) {
            return value;
        }
    }
    return {};
}

}  // namespace

std::string_view Request::header(std::string_view name) const { return first_of(headers, name); }

std::size_t Request::count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& [key, value] : headers) {
        found += same_name(key, name) ? 1 : 0;
    }
    return found;
}

std::string_view Answer::header(std::string_view name) const { return first_of(headers, name); }

}  // namespace rightsline::http
