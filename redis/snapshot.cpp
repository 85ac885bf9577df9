#include "redis/snapshot.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <utility>

#include "redis/error.hpp"
#include "redis/resp.hpp"

namespace rightsline::redis {
namespace {

constexpr std::size_t mark_bytes = 40;
constexpr std::size_t read_at_once = 256U << 10U;
constexpr std::size_t longest_line = 1024;

void bound(int socket, std::chrono::seconds silence) {
    const timeval limit{silence.count(), 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

OwnedFd connect_unix(const std::string& path, std::chrono::seconds silence) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return OwnedFd();
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    OwnedFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    bound(socket.get(), silence);
    const bool open =
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    return open ? std::move(socket) : OwnedFd();
}

OwnedFd connect_tcp(const Address& to, std::chrono::seconds silence) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &hints, &found) != 0) {
        return OwnedFd();
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, &::freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        OwnedFd socket(::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol));
        bound(socket.get(), silence);
        if (::connect(socket.get(), one->ai_addr, one->ai_addrlen) == 0) {
            return socket;
        }
    }
    return OwnedFd();
}

}  // namespace

Result<Snapshot> Snapshot::ask(const Address& address, std::chrono::seconds silence) {
    OwnedFd socket =
        address.unix_path.empty() ? connect_tcp(address, silence) : connect_unix(address.unix_path, silence);
    if (socket.get() < 0) {
        return errc::not_sent;
    }
    Snapshot snapshot(std::move(socket));
    const Result<void> greeted = snapshot.greet(address);
    if (!greeted) {
        return greeted.error();
    }
    return snapshot;
}

Result<void> Snapshot::greet(const Address& address) {
    std::vector<Command> before{{"REPLCONF", "capa", "eof"}, {"REPLCONF", "rdb-only", "1"}};
    if (!address.password.empty()) {
        before.insert(before.begin(),
                      Command{"AUTH", address.user.empty() ? "default" : address.user, address.password});
    }
    for (const Command& command : before) {
        const Result<void> said = say(command);
        const Result<std::string> answer = said ? line() : said.error();
        if (!answer || *answer != "+OK") {
            return answer ? make_error_code(errc::server_error) : answer.error();
        }
    }
    const Result<void> said = say({"SYNC"});
    if (!said) {
        return said;
    }
    for (;;) {  // while it prepares, it sends an empty line now and then
        const Result<std::string> head = line();
        if (!head || !head->empty()) {
            return head ? read_head(*head) : Result<void>(head.error());
        }
    }
}

Result<void> Snapshot::read_head(const std::string& head) {
    if (head.starts_with("-")) {
        return errc::server_error;
    }
    if (head.starts_with("$EOF:") && head.size() == 5 + mark_bytes) {
        mark_ = head.substr(5);
        return boost::system::in_place_value;
    }
    const char* const end = head.data() + head.size();
    const auto [stop, wrong] = std::from_chars(head.data() + 1, end, left_);
    const bool counted = head.starts_with("$") && wrong == std::errc{} && stop == end && left_ > 0;
    return counted ? Result<void>(boost::system::in_place_value) : errc::protocol;
}

Result<void> Snapshot::say(const Command& command) {
    std::string bytes;
    append_command(bytes, command);
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return std::cmp_equal(sent, bytes.size()) ? Result<void>(boost::system::in_place_value) : errc::not_sent;
}

/// Reads more behind what is in the buffer; 0 = the server has closed.
Result<std::size_t> Snapshot::fill() {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + read_at_once);
    ssize_t got = -1;
    do {
        got = ::recv(socket_.get(), buffer_.data() + before, read_at_once, 0);
    } while (got < 0 && errno == EINTR);
    buffer_.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
    return got < 0 ? Result<std::size_t>(errc::outcome_unknown) : static_cast<std::size_t>(got);
}

Result<std::string> Snapshot::line() {
    std::size_t end = buffer_.find('\n');
    while (end == std::string::npos) {
        const Result<std::size_t> more = fill();
        if (!more || *more == 0 || buffer_.size() > longest_line + read_at_once) {
            return more ? make_error_code(errc::protocol) : more.error();
        }
        end = buffer_.find('\n');
    }
    std::string text = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    if (text.ends_with('\r')) {
        text.pop_back();
    }
    return text;
}

Result<std::string_view> Snapshot::next() {
    buffer_.erase(0, std::exchange(given_, 0));
    while (!ended_) {
        // Of bytes without a count the last forty may be the mark; they wait until more has come behind them.
        const std::size_t kept = mark_.empty() ? 0 : mark_bytes;
        const bool marked = kept != 0 && buffer_.ends_with(mark_);
        const bool counted = kept == 0 && buffer_.size() >= left_;
        ended_ = marked || counted;
        const std::size_t usable = counted ? left_ : buffer_.size() - std::min(kept, buffer_.size());
        if (usable > 0) {
            given_ = usable;
            left_ -= std::min(left_, usable);
            return std::string_view(buffer_).substr(0, usable);
        }
        const Result<std::size_t> more = ended_ ? Result<std::size_t>(1) : fill();
        if (!more || *more == 0) {
            return errc::outcome_unknown;
        }
    }
    return std::string_view();
}

}  // namespace rightsline::redis
