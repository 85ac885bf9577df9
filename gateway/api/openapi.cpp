#include "gateway/api/openapi.hpp"

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "gateway/access/login_token.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/api/console.hpp"
#include "gateway/api/openapi_schemas.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using Door = ConsoleRoute::Door;

json::object schema_of(std::string_view name) {
    return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

json::object content_of(std::string_view type, json::object schema) {
    return {{type, json::object{{"schema", std::move(schema)}}}};
}

json::object answer_of(const ConsoleRoute& route) {
    const std::string_view answer = route.answer;
    if (answer.empty()) {
        return {{"description", "Done"}};
    }
    if (answer == "bytes") {
        return {{"description", "Sealed bytes"},
                {"content", content_of("application/octet-stream",
                                       {{"type", "string"}, {"contentEncoding", "binary"}})}};
    }
    if (answer == "wav") {
        return {{"description", "A sound"},
                {"content", content_of("audio/wav", {{"type", "string"}, {"contentEncoding", "binary"}})}};
    }
    if (answer == "events") {
        return {{"description", "Events, until the login or the connection ends"},
                {"content", content_of("text/event-stream", {{"type", "string"}})}};
    }
    return {{"description", "As asked"}, {"content", content_of("application/json", schema_of(answer))}};
}

json::object problem_of(const char* words) {
    return {{"description", words},
            {"content", content_of("application/problem+json", schema_of("Problem"))}};
}

json::object responses_of(const ConsoleRoute& route) {
    json::object out;
    out[*route.answer == '\0' ? "204" : "200"] = answer_of(route);
    out["401"] =
        problem_of(route.door == Door::open ? "Refused; it is not said what was wrong" : "Not logged in");
    if (route.door != Door::open) {
        out["404"] = problem_of("Nothing there, or no right to it: the two look the same");
    }
    out["default"] = problem_of("What went wrong, in a sentence");
    return out;
}

json::object parameter(std::string_view name, std::string_view in, std::string_view what, bool required) {
    return {{"name", name},
            {"in", in},
            {"description", what},
            {"required", required},
            {"schema", json::object{{"type", "string"}}}};
}

json::object schema_of(const QueryParameter& one) {
    switch (one.kind) {
        case QueryParameter::Kind::number:
            return {{"type", "integer"}, {"minimum", one.least}, {"maximum", one.most}};
        case QueryParameter::Kind::flag:
            return {{"type", "string"}, {"enum", json::array{"0", "1"}}};
        case QueryParameter::Kind::text:
            break;
    }
    return {{"type", "string"}};
}

json::array parameters_of(const ConsoleRoute& route) {
    json::array out;
    const std::string_view path = route.path;
    for (std::size_t from = path.find('{'); from != std::string_view::npos; from = path.find('{', from + 1)) {
        const std::string_view name = path.substr(from + 1, path.find('}', from) - from - 1);
        out.push_back(parameter(name, "path", "Its id", true));
    }
    if (route.door == Door::program) {
        out.push_back(
            parameter("program", "query", "Which program; may be left out with a role in one", false));
    }
    for (const QueryParameter& one : route.query) {
        json::object asked = parameter(one.name, "query", one.what, false);
        asked["schema"] = schema_of(one);
        out.push_back(std::move(asked));
    }
    if (route.keeps_answer) {
        out.push_back(parameter("Idempotency-Key", "header",
                                "A repeat with the same one changes nothing, for a day, and gets the same "
                                "answer; of a case only its id, for how that stands is read again",
                                false));
    }
    const bool changes = std::string_view(route.method) != "GET";
    if (changes && route.door != Door::open) {
        out.push_back(
            parameter(access::guard_header, "header", "Of a browser: csrf_token of the login", false));
    }
    return out;
}

json::object operation_of(const ConsoleRoute& route) {
    json::object out{{"operationId", route.id},
                     {"summary", route.summary},
                     {"parameters", parameters_of(route)},
                     {"responses", responses_of(route)}};
    if (*route.body != '\0') {
        out["requestBody"] = json::object{{"required", true},
                                          {"content", content_of("application/json", schema_of(route.body))}};
    }
    if (route.door == Door::open) {
        out["security"] = json::array{};
    } else {
        out["x-right"] = access::name_of(route.right);
    }
    return out;
}

json::object security_schemes() {
    return {{"cookie", json::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", access::cookie_name}}},
            {"bearer", json::object{{"type", "http"}, {"scheme", "bearer"}}}};
}

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

}  // namespace

json::object openapi() {
    json::object paths;
    for (const ConsoleRoute& route : console_routes()) {
        json::value& path = paths[route.path];
        if (!path.is_object()) {
            path = json::object();
        }
        path.get_object()[lower(route.method)] = operation_of(route);
    }
    return {{"openapi", "3.1.0"},
            {"info", json::object{{"title", "rightsline console API"}, {"version", "1"}}},
            {"paths", std::move(paths)},
            {"security",
             json::array{json::object{{"cookie", json::array{}}}, json::object{{"bearer", json::array{}}}}},
            {"components",
             json::object{{"schemas", openapi_schemas()}, {"securitySchemes", security_schemes()}}}};
}

void add_openapi_route(http::Router& router) {
    router.add("GET", "/api/v1/openapi.json", [](const http::Request& request, const http::Parameters&) {
        return at_once(allowed(request) ? as_json(openapi()) : not_allowed());
    });
}

}  // namespace rightsline::api
