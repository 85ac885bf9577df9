// LocalApi: asks the server on this machine over its unix socket.
//
// Blocks until the answer is here or its deadline has passed; only for commands. Must never: leave the machine.
// Threading: one thread. Owner: the command.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "locales/result.hpp"

namespace rightsline::cli {

class LocalApi {
 public:
    explicit LocalApi(std::string socket) : socket_(std::move(socket)) {}

    /// GET of a JSON document. Errors: errc::unreachable, errc::refused (`refusal()` has the server's words).
    Result<boost::json::object> get(const std::string& target);
    /// GET of bytes.
    Result<std::string> download(const std::string& target);
    const std::string& refusal() const { return refusal_; }
    /// The server was there and has not what was asked for.
    bool has_no_such() const { return has_no_such_; }

 private:
    std::string socket_;
    std::string refusal_;
    bool has_no_such_ = false;
};

}  // namespace rightsline::cli
