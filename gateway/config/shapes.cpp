#include "gateway/config/shapes.hpp"

#include <filesystem>

#include "gateway/ops/address.hpp"

namespace rightsline::config {
namespace {

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_any(const std::string& host) { return host == "0.0.0.0" || host == "::"; }

}  // namespace

bool is_listen_address(std::string_view text) { return ops::parse_address(text).has_value(); }

bool is_public_address(std::string_view text) {
    const Result<ops::Address> address = ops::parse_address(text);
    return address && ops::is_public(*address);
}

bool collide(std::string_view one, std::string_view other) {
    const Result<ops::Address> first = ops::parse_address(one);
    const Result<ops::Address> second = ops::parse_address(other);
    if (!first || !second || !first->unix_path.empty() || !second->unix_path.empty()) {
        return one == other;
    }
    const bool both = first->host == second->host || is_any(first->host) || is_any(second->host);
    return both && first->port == second->port && first->port != 0;
}

bool lies_in(const std::string& path, const std::string& folder) {
    const auto whole = std::filesystem::path(path + "/").lexically_normal().native();
    return whole.starts_with(std::filesystem::path(folder + "/").lexically_normal().native());
}

bool is_line(std::string_view number) {
    if (number.starts_with('*')) {
        return number.size() >= 3 && number.find_first_not_of("0123456789*#") == std::string_view::npos;
    }
    if (!number.starts_with('+')) {
        return is_digits(number) && number.size() >= 3 && number.size() <= 8;
    }
    number.remove_prefix(1);
    return is_digits(number) && number.front() != '0' && number.size() >= 7 && number.size() <= 15;
}

bool is_prefix(std::string_view text) {
    return text.size() >= 2 && text.size() <= 8 && text.front() == '+' &&
           text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool is_twilio_sid(std::string_view text) {
    return text.starts_with("AC") && text.size() == 34 &&
           text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
}

std::string beside(std::string_view file, const std::string& path) {
    const std::filesystem::path given(path);
    if (path.empty() || given.is_absolute()) {
        return path;
    }
    return (std::filesystem::path(file).parent_path() / given).lexically_normal().string();
}

}  // namespace rightsline::config
