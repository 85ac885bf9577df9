// LocalApi: asks the server on this machine over its unix socket.
//
// Blocks until the answer is here or its deadline has passed; only for commands. Must never: leave the machine.
// Threading: one thread. Owner: the command.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/http/message.hpp"
#include "locales/result.hpp"

namespace rightsline::cli {

/// A value in an address: letters, digits, '-' and '.' stay; everything else becomes an escape.
std::string escaped(const std::string& text);
/// What an address says of the program: "?program=fair-food"; "" where the server has only one.
std::string of_program(const std::string& program, char before = '?');
/// Why nothing answered at `socket`, and what to do. `error`: what the system says of the file, an errno; 0 = it may be asked.
std::string unreachable_words(const std::string& socket, int error, const boost::system::error_code& why);

class LocalApi {
 public:
    explicit LocalApi(std::string socket) : socket_(std::move(socket)) {}

    /// GET of a JSON document. Errors: errc::unreachable, errc::refused (`refusal()` has the server's words).
    Result<boost::json::object> get(const std::string& target);
    /// POST of a JSON document; what comes back is one, too. Errors: as get().
    Result<boost::json::object> post(const std::string& target, const boost::json::object& body);
    /// POST of bytes; a JSON document comes back. Errors: as get().
    Result<boost::json::object> upload(const std::string& target, std::string bytes);
    /// GET of bytes.
    Result<std::string> download(const std::string& target);
    const std::string& refusal() const { return refusal_; }
    /// The server was there and has not what was asked for.
    bool has_no_such() const { return status_ == 404; }
    /// What the server answered last; 0 = nothing.
    int status() const { return status_; }

 private:
    Result<std::string> send(http::Outgoing request);
    Result<boost::json::object> read(const Result<std::string>& body);

    std::string socket_;
    std::string refusal_;
    int status_ = 0;
};

}  // namespace rightsline::cli
