#include "gateway/http/message.hpp"

#include "gateway/http/ascii.hpp"

namespace rightsline::http {

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) {
            return value;
        }
    }
    return {};
}

std::size_t Request::count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& [key, value] : headers) {
        found += same_name(key, name) ? 1 : 0;
    }
    return found;
}

}  // namespace rightsline::http
