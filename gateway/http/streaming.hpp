// Streaming: an answer whose body is made while it is sent: server-sent events.
//
// Its connection asks for piece after piece and writes each under the deadline of writing, so that a slow reader is dropped.
// Between two pieces it looks whether the reader is still there and whether the server ends; next() must therefore come back
// within a second, with nothing if there is nothing to say. The body ends with the connection.
// Must never: hold a request's references; it outlives its handler. Threading: the loop. Owner: the answer.
#pragma once

#include <optional>
#include <string>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::http {

class Streaming {
 public:
    virtual ~Streaming() = default;
    /// "": nothing yet. Nothing: that was all.
    virtual Awaitable<std::optional<std::string>> next() = 0;
};

}  // namespace rightsline::http
