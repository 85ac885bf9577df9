#include "gateway/http/router.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <cstdlib>
#include <optional>

#include "gateway/http/form.hpp"
#include "gateway/http/serialize.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::http {
namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    path.remove_prefix(1);
    while (true) {
        const std::size_t slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return segments;
        }
        path.remove_prefix(slash + 1);
    }
}

Response not_allowed(std::string allowed) {
    Response response = plain(405);
    response.headers.emplace_back("Allow", std::move(allowed));
    return response;
}

// Cancellation travels as an exception through Asio's coroutines; it is no handler's mistake.
bool is_cancellation(const boost::system::system_error& error) {
    return error.code() == boost::asio::error::operation_aborted;
}

}  // namespace

std::string_view Parameters::operator[](std::string_view name) const {
    for (const auto& [key, value] : values_) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

void Router::add(std::string method, std::string_view pattern, Handler handler) {
    if (!pattern.starts_with('/') || !handler) {
        std::abort();
    }
    routes_.push_back({std::move(method), segments_of(pattern), std::move(handler)});
}

std::vector<Router::Segment> Router::segments_of(std::string_view pattern) {
    std::vector<Segment> segments;
    for (const std::string_view part : split(pattern)) {
        const bool parameter = part.size() > 2 && part.front() == '{' && part.back() == '}';
        segments.push_back({std::string(parameter ? part.substr(1, part.size() - 2) : part), parameter});
    }
    return segments;
}

bool Router::has(std::string_view method, std::string_view pattern) const {
    const std::vector<Segment> wanted = segments_of(pattern);
    return std::ranges::any_of(
        routes_, [&](const Route& route) { return route.method == method && route.segments == wanted; });
}

Router::Match Router::find(std::string_view method, const std::vector<std::string_view>& path) const {
    Match best;
    std::size_t best_literals = 0;
    for (const Route& route : routes_) {
        std::size_t literals = 0;
        bool fits = route.segments.size() == path.size();
        for (std::size_t i = 0; fits && i < path.size(); ++i) {
            const Segment& segment = route.segments[i];
            fits = segment.parameter ? !path[i].empty() : segment.text == path[i];
            literals += segment.parameter ? 0 : 1;
        }
        if (!fits) {
            continue;
        }
        if (route.method != method) {
            best.allowed += best.allowed.empty() ? route.method : ", " + route.method;
        } else if (best.route == nullptr || literals > best_literals) {
            best.route = &route;
            best_literals = literals;
        }
    }
    return best;
}

Awaitable<Response> Router::handle(const Request& request) const {
    Response response = co_await answer(request);
    if (finish_) {
        finish_(response);
    }
    co_return response;
}

Awaitable<Response> Router::answer(const Request& request) const {
    const std::vector<std::string_view> path = split(request.path());
    const Match match = find(request.method == "HEAD" ? "GET" : std::string_view(request.method), path);
    if (match.route == nullptr) {
        co_return match.allowed.empty() ? plain(404) : not_allowed(match.allowed);
    }
    if (gate_) {
        std::optional<Response> turned_away = gate_(request);
        if (turned_away) {
            co_return std::move(*turned_away);
        }
    }
    Parameters parameters;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!match.route->segments[i].parameter) {
            continue;
        }
        auto value = percent_decode(path[i], false);
        if (!value) {
            co_return plain(404);
        }
        parameters.add(match.route->segments[i].text, std::move(*value));
    }
    try {
        co_return co_await match.route->handler(request, parameters);
    } catch (const boost::system::system_error& error) {
        if (is_cancellation(error)) {
            throw;
        }
        ops::log(ops::Level::error, "handler_threw", {{"error", error.code()}});
    } catch (...) {
        // The exception's words stay out of the log: they may hold what somebody sent.
        ops::log(ops::Level::error, "handler_threw");
    }
    co_return plain(500);
}

}  // namespace rightsline::http
