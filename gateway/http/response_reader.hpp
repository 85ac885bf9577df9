// ResponseReader: bytes in, one answer out. No I/O. For the client.
//
// Bounded: an answer over `most_body` is an error, not memory. Must never: accept two answers, or a body whose
// length is not certain. Threading: one exchange. Owner: the exchange.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/http/client.hpp"

namespace rightsline::http {

class ResponseReader {
 public:
    /// `bodiless`: the answer to HEAD.
    ResponseReader(std::size_t most_body, bool bodiless);
    ~ResponseReader();

    /// Errors: errc::bad_answer, errc::answer_too_large.
    Result<void> feed(std::string_view bytes);
    /// The peer has closed. Errors: errc::bad_answer when the answer was not whole.
    Result<void> finish();
    bool done() const;
    /// The answer is over, nothing came behind it, and the peer keeps the connection for another request.
    bool reusable() const;
    /// The body bytes since the last call.
    std::string take_body();
    /// Status and headers, once they are here; status 0 before.
    const Answer& head() const;

 private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::string pending_;  // bytes that the parser wants to see again together with more
};

}  // namespace rightsline::http
