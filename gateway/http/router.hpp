// Router: method and path to a handler.
//
// A pattern is a path whose segments are literal or a parameter: "/hooks/{account}/sms". A literal segment
// wins over a parameter, and the first added among equals. A parameter matches one segment that is not empty,
// percent-decoded. An unknown path is 404, a known one with another method 405 with Allow; HEAD is served by
// GET's handler. Invariant: filled before the server starts, then const. Threading: the loop. A handler's
// references live until its answer is made.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/http/message.hpp"
#include "gateway/ops/awaitable.hpp"

namespace rightsline::http {

/// The values of a pattern's parameters.
class Parameters {
 public:
    /// The value, or "" when the pattern has no such parameter.
    std::string_view operator[](std::string_view name) const;
    void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }

 private:
    std::vector<std::pair<std::string_view, std::string>> values_;
};

using Handler = std::function<Awaitable<Response>(const Request& request, const Parameters& parameters)>;

class Router {
 public:
    /// `pattern` begins with '/'; a malformed one aborts, for it is a mistake in our own source.
    void add(std::string method, std::string_view pattern, Handler handler);
    /// Asked before every handler: an answer of its own turns the request away (overload).
    using Gate = std::function<std::optional<Response>(const Request& request)>;
    void set_gate(Gate gate) { gate_ = std::move(gate); }
    /// Has the last look at every answer of handle(), its own refusals included.
    using Finish = std::function<void(Response& response)>;
    void set_finish(Finish finish) { finish_ = std::move(finish); }
    /// A route was added with this very method and pattern.
    bool has(std::string_view method, std::string_view pattern) const;
    /// Answers every request, whatever it is. An exception in a handler is a bug, logged and answered with
    /// 500.
    Awaitable<Response> handle(const Request& request) const;

 private:
    struct Segment {
        std::string text;
        bool parameter = false;
        friend bool operator==(const Segment&, const Segment&) = default;
    };
    struct Route {
        std::string method;
        std::vector<Segment> segments;
        Handler handler;
    };
    struct Match {
        const Route* route = nullptr;
        std::string allowed;  // methods of the routes that fit the path, when none fits the method
    };
    static std::vector<Segment> segments_of(std::string_view pattern);
    Match find(std::string_view method, const std::vector<std::string_view>& path) const;
    Awaitable<Response> answer(const Request& request) const;

    std::vector<Route> routes_;
    Gate gate_;
    Finish finish_;
};

}  // namespace rightsline::http
