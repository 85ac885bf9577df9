#include "gateway/api/query.hpp"

#include <charconv>
#include <string>

#include "gateway/api/answers.hpp"
#include "gateway/http/form.hpp"

namespace rightsline::api {
namespace {

using Kind = QueryParameter::Kind;

bool is_number(const QueryParameter& of, std::string_view text) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc() && end == text.data() + text.size() && number >= of.least &&
           number <= of.most;
}

std::string wish_for(const QueryParameter& of) {
    return of.kind == Kind::flag ? std::string(of.name) + " is 1, or is left out"
                                 : std::string(of.name) + " is a number from " + std::to_string(of.least) +
                                       " to " + std::to_string(of.most);
}

}  // namespace

std::optional<http::Response> wrong_query(const std::vector<QueryParameter>& known,
                                          const http::Request& request) {
    const auto query = http::Form::decode(request.query());
    if (!query) {
        return std::nullopt;
    }
    for (const QueryParameter& one : known) {
        const std::string_view value = query->get(one.name);
        if (query->count(one.name) > 1) {
            return problem(422, std::string(one.name) + " is said twice");
        }
        const bool right = value.empty() || one.kind == Kind::text ||
                           (one.kind == Kind::flag && (value == "1" || value == "0")) ||
                           (one.kind == Kind::number && is_number(one, value));
        if (!right) {
            return problem(422, wish_for(one));
        }
    }
    return std::nullopt;
}

}  // namespace rightsline::api
