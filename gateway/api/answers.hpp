// Answers: what every route of the local API says alike: who may ask, which program is meant, what went wrong.
//
// Private to the room. Mistakes are application/problem+json with a sentence for a person. Must never: answer anybody but
// the local socket's user and root, and those whom the console let in. Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/message.hpp"
#include "gateway/ops/awaitable.hpp"

namespace rightsline::api {

http::Response as_json(const boost::json::value& value, int status = 200);
http::Response problem(int status, const std::string& title);
http::Response not_allowed();
http::Response store_is_silent();
http::Response no_program(const std::vector<std::string>& programs);
/// For a route that has nothing to wait for.
Awaitable<http::Response> at_once(http::Response response);

/// Who asks: the user's name, where a listener knows it; "uid:1000" on the local socket, when it is the user that runs the
/// server, or root. "" = nobody who may.
std::string asker(const http::Request& request);
bool allowed(const http::Request& request);

/// A value of the query; "" when it has none.
std::string value_of(const http::Request& request, std::string_view name);
int number_of(const http::Request& request, std::string_view name, int usual, int least, int most);
/// The one that the query names, else the only one. "" = no such, or several.
std::string program_of(const http::Request& request, const std::vector<std::string>& programs);

/// One side of a program: "lesotho-gbvh/investigators" is another organisation's, "lesotho-gbvh" of those whose line it is.
struct Side {
    std::string program;       // "" = no such, or several
    std::string organisation;  // ""
};
Side side_in(const std::string& text);
/// As program_of().
Side side_of(const http::Request& request, const std::vector<std::string>& programs);

bool is_hex_id(std::string_view id);
/// "maria, jean".
std::string joined(const std::vector<std::string>& names);

}  // namespace rightsline::api
