#include "gateway/mail/smtp_session.hpp"

#include <array>
#include <boost/system/errc.hpp>
#include <optional>
#include <utility>

namespace rightsline::mail {
namespace {

constexpr std::size_t most_reply = 8192;
constexpr std::size_t most_lines = 64;

boost::system::error_code bad() { return make_error_code(boost::system::errc::bad_message); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The next whole line of `bytes`, without its end, taken off; nothing when there is none yet.
std::optional<std::string> next_line(std::string& bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string::npos) {
        return std::nullopt;
    }
    std::string line = bytes.substr(0, end);
    bytes.erase(0, end + 1);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

/// Adds one line to `reply`; whether it is the last. Errors: it is none.
Result<bool> add_line(Reply& reply, const std::string& line) {
    const bool shaped = line.size() >= 3 && is_digit(line[0]) && is_digit(line[1]) && is_digit(line[2]) &&
                        (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    if (!shaped) {
        return Result<bool>(boost::system::in_place_error, bad());
    }
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (reply.lines.size() >= most_lines || (!reply.lines.empty() && code != reply.code)) {
        return Result<bool>(boost::system::in_place_error, bad());
    }
    reply.code = code;
    reply.lines.push_back(line.size() > 4 ? line.substr(4) : "");
    return line.size() == 3 || line[3] == ' ';
}

}  // namespace

Awaitable<Result<Reply>> SmtpSession::read() {
    Reply reply;
    std::size_t seen = 0;
    for (;;) {
        while (std::optional<std::string> line = next_line(unread_)) {
            const Result<bool> last = add_line(reply, *line);
            if (!last) {
                co_return last.error();
            }
            if (*last) {
                co_return reply;
            }
        }
        std::array<char, 1024> bytes;
        const Result<std::size_t> got = co_await stream_->read_some(bytes, deadline_);
        if (!got) {
            co_return got.error();
        }
        seen += *got;
        if (seen > most_reply) {
            co_return bad();
        }
        unread_.append(bytes.data(), *got);
    }
}

Awaitable<Result<void>> SmtpSession::write(std::string bytes) {
    const Result<void> written = co_await stream_->write_all(bytes, deadline_);
    locales::wipe(bytes);
    co_return written;
}

Awaitable<Result<Reply>> SmtpSession::ask(std::string line) {
    line += "\r\n";
    const Result<void> written = co_await write(std::move(line));
    if (!written) {
        co_return written.error();
    }
    co_return co_await read();
}

/// What the peer sent before TLS was made could come from anybody on the way.
Awaitable<Result<void>> SmtpSession::secure(const Secure& secure) {
    if (!unread_.empty()) {
        co_return bad();
    }
    Result<net::Stream> made = co_await secure(std::move(stream_), deadline_);
    if (!made) {
        co_return made.error();
    }
    stream_ = std::move(*made);
    co_return Result<void>();
}

}  // namespace rightsline::mail
