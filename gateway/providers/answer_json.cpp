#include "gateway/providers/answer_json.hpp"

#include <boost/json/parse.hpp>

#include "gateway/providers/fields.hpp"

namespace rightsline::providers {
namespace {

constexpr std::uint32_t most_number = 1'000'000'000;

}  // namespace

std::optional<boost::json::object> read_object(std::string_view text, std::size_t most) {
    if (text.size() > most) {
        return std::nullopt;
    }
    boost::json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code failed;
    boost::json::value value = boost::json::parse(text, failed, {}, options);
    if (failed || !value.is_object()) {
        return std::nullopt;
    }
    return std::move(value.get_object());
}

std::string_view text_in(const boost::json::object& object, std::string_view name) {
    const boost::json::value* const value = object.if_contains(name);
    const boost::json::string* const text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

std::uint32_t number_in(const boost::json::object& object, std::string_view name) {
    const boost::json::value* const value = object.if_contains(name);
    if (value == nullptr) {
        return 0;
    }
    if (const std::int64_t* const number = value->if_int64()) {
        return *number > 0 && *number <= most_number ? static_cast<std::uint32_t>(*number) : 0;
    }
    const Result<std::uint32_t> written = read_number(text_in(object, name), most_number);
    return written ? *written : 0;
}

}  // namespace rightsline::providers
