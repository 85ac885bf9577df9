// SmtpSession: commands and replies of one connection. Private to the room.
//
// Bounded: a reply has at most 64 lines and 8 KiB. Must never: keep bytes of before TLS. Threading: the loop.
// Owner: one delivery.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/mail/smtp.hpp"

namespace rightsline::mail {

struct Reply {
    int code = 0;
    std::vector<std::string> lines;  // what stands behind the code
    bool is(int wanted) const { return code == wanted; }
    bool is_ok() const { return code >= 200 && code <= 299; }
};

class SmtpSession {
 public:
    SmtpSession(net::Stream stream, Deadline deadline) : stream_(std::move(stream)), deadline_(deadline) {}

    /// Errors: net's; std::errc::bad_message: it is no reply, or too long a one.
    Awaitable<Result<Reply>> read();
    /// `line` without its end; it is wiped.
    Awaitable<Result<Reply>> ask(std::string line);
    Awaitable<Result<void>> write(std::string bytes);
    /// From now on over TLS. Errors: as Secure; std::errc::bad_message: the peer has said more already.
    Awaitable<Result<void>> secure(const Secure& secure);
    void close() {
        if (stream_) {
            stream_->close();
        }
    }

 private:
    net::Stream stream_;
    Deadline deadline_;
    std::string unread_;
};

}  // namespace rightsline::mail
