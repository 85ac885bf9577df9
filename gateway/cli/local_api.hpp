// LocalApi: asks the server on this machine over its unix socket.
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

 private:
    std::string socket_;
    std::string refusal_;
};

}  // namespace rightsline::cli
