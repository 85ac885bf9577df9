// RequestReader: bytes in, requests out. No I/O.
//
// Finds the end of the header itself (and with it bare LF and folded lines, which Beast lets pass), has Beast
// parse it, asks the framing gate, then takes exactly the announced body. What follows it is the next
// request. Must never: hold more than one header, one body and one read; keep a consumed request's bytes
// (they are wiped). After an error the reader is spent: answer and close. Threading: a plain value. Owner:
// the connection.
#pragma once

#include <memory>
#include <span>

#include "gateway/http/message.hpp"
#include "locales/result.hpp"

namespace rightsline::http {

struct CodecLimits {
    std::size_t header = 16U << 10U;
    std::size_t body = 64U << 10U;
    std::size_t fields = 100;
    std::size_t (*body_of)(const Request& head) = nullptr;  // instead of `body`, by what the header says
};

enum class Progress { needs_more, complete };

class RequestReader {
 public:
    explicit RequestReader(CodecLimits limits) : limits_(limits) {}
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    /// Where the next bytes go; never empty. Valid until the next call.
    std::span<char> space();
    /// `count` bytes were written there.
    void received(std::size_t count);
    /// Looks at what is there. Errors: those of the gate.
    Result<Progress> advance();
    /// The complete request, once.
    Request take();

    /// Not a byte of the next request is here.
    bool idle() const { return begin_ == end_; }
    /// The header was read and the body is awaited.
    bool in_body() const { return in_body_; }

 private:
    Result<Progress> judge();
    Result<Progress> find_header_end();
    Result<void> parse_header();
    void grow(std::size_t size);
    std::size_t held() const { return end_ - begin_; }

    CodecLimits limits_;
    std::unique_ptr<char[]> buffer_;
    std::size_t size_ = 0;
    std::size_t begin_ = 0;    // first byte of the current request
    std::size_t end_ = 0;      // behind the last byte received
    std::size_t scanned_ = 0;  // from begin_: start of the first line that has not ended yet
    std::size_t looked_ = 0;   // from begin_: bytes in which no further line end was found
    std::size_t header_ = 0;   // size of the header once it is complete
    std::size_t body_ = 0;     // size of the body once the header is parsed
    bool in_body_ = false;
    boost::system::error_code failed_;  // said again for ever
    Request request_;
};

/// Overwrites what a request brought: target, header values and body.
void wipe(Request& request);

}  // namespace rightsline::http
