#include "gateway/api/answers.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "gateway/http/form.hpp"

namespace rightsline::api {

namespace json = boost::json;

http::Response as_json(const json::value& value, int status) {
    http::Response response;
    response.status = status;
    response.content_type = status < 400 ? "application/json" : "application/problem+json";
    response.body = json::serialize(value);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response problem(int status, const std::string& title) {
    return as_json(json::object{{"status", status}, {"title", title}}, status);
}

http::Response not_allowed() { return problem(403, "only the user that runs the server may ask here"); }

http::Response store_is_silent() { return problem(503, "the store does not answer; try again in a moment"); }

http::Response no_program(const std::vector<std::string>& programs) {
    return problem(404,
                   "this server has no such program, or you have to name one of several (--program NAME): " +
                       joined(programs));
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& one : names) {
        all += (all.empty() ? "" : ", ") + one;
    }
    return all;
}

Awaitable<http::Response> at_once(http::Response response) { co_return response; }

std::string asker(const http::Request& request) {
    if (!request.actor.empty()) {
        return request.actor;
    }
    const bool local = request.peer.empty() &&
                       (request.peer_uid == 0 || request.peer_uid == static_cast<unsigned>(getuid()));
    return local ? "uid:" + std::to_string(request.peer_uid) : std::string();
}

bool allowed(const http::Request& request) { return !asker(request).empty(); }

std::string value_of(const http::Request& request, std::string_view name) {
    const auto form = http::Form::decode(request.query());
    return form ? std::string(form->get(name)) : std::string();
}

int number_of(const http::Request& request, std::string_view name, int usual, int least, int most) {
    int number = usual;
    const std::string text = value_of(request, name);
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::clamp(number, least, most);
}

std::string program_of(const http::Request& request, const std::vector<std::string>& programs) {
    const std::string asked = value_of(request, "program");
    if (asked.empty() && programs.size() == 1) {
        return programs.front();
    }
    const auto known = std::find(programs.begin(), programs.end(), asked);
    return known == programs.end() ? std::string() : asked;
}

Side side_in(const std::string& text) {
    const std::size_t slash = text.find('/');
    return slash == std::string::npos ? Side{text, ""} : Side{text.substr(0, slash), text.substr(slash + 1)};
}

Side side_of(const http::Request& request, const std::vector<std::string>& programs) {
    const std::string asked = value_of(request, "program");
    Side side = side_in(asked);
    if (side.organisation.empty() && side.program == asked) {
        return {program_of(request, programs), ""};
    }
    const bool known = std::find(programs.begin(), programs.end(), side.program) != programs.end();
    return known && !side.organisation.empty() ? side : Side();
}

bool is_hex_id(std::string_view id) {
    return id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace rightsline::api
