#include "tests/support/plain_http.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace rightsline::tests {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

const sockaddr* generic(const sockaddr_in& address) {
    const void* plain = &address;
    return static_cast<const sockaddr*>(plain);
}

struct Socket {
    explicit Socket(std::uint16_t port) : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{15, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const sockaddr_in address = loopback(port);
        if (::connect(fd, generic(address), sizeof address) != 0) {
            ::close(fd);
            throw std::runtime_error("nothing listens on port " + std::to_string(port));
        }
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(fd); }
    int fd;
};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

void read_head(HttpReply& reply, const std::string& head) {
    reply.status = head.size() > 12 && head.starts_with("HTTP/1.1 ") ? std::stoi(head.substr(9, 3)) : 0;
    for (std::size_t at = head.find("\r\n"); at != std::string::npos;) {
        const std::size_t end = std::min(head.find("\r\n", at + 2), head.size());
        const std::string line = head.substr(at + 2, end - at - 2);
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos) {
            reply.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
        }
        at = end == head.size() ? std::string::npos : end;
    }
}

/// Where the answer ends, once that is known.
std::size_t expected_size(const std::string& bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) {
        return std::string::npos;
    }
    HttpReply reply;
    read_head(reply, bytes.substr(0, end));
    const auto length = reply.headers.find("content-length");
    return length == reply.headers.end() ? std::string::npos : end + 4 + std::stoul(length->second);
}

}  // namespace

HttpReply send_bytes(std::uint16_t port, const std::string& bytes) {
    const Socket socket(port);
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t now = ::send(socket.fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (now <= 0) {
            break;  // the peer has heard enough; its answer may be there all the same
        }
        sent += static_cast<std::size_t>(now);
    }
    HttpReply reply;
    std::array<char, 8192> piece;
    while (reply.bytes.size() < expected_size(reply.bytes)) {
        const ssize_t got = ::recv(socket.fd, piece.data(), piece.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            throw std::runtime_error("no answer within 15 s");
        }
        if (got <= 0) {
            break;
        }
        reply.bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
    const std::size_t end = reply.bytes.find("\r\n\r\n");
    if (end != std::string::npos) {
        read_head(reply, reply.bytes.substr(0, end));
        reply.body = reply.bytes.substr(end + 4);
    }
    return reply;
}

HttpReply http_get(std::uint16_t port, const std::string& target) {
    return send_bytes(port, "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
}

HttpReply http_post(std::uint16_t port, const std::string& target, const Fields& headers,
                    const std::string& body) {
    std::string bytes = "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers) {
        bytes.append(name).append(": ").append(value).append("\r\n");
    }
    bytes.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return send_bytes(port, bytes);
}

std::string form_of(const Fields& fields) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    const auto escape = [&](const std::string& text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
                out += c;
            } else {
                out += '%';
                out += digits[byte >> 4U];
                out += digits[byte & 0xFU];
            }
        }
    };
    for (const auto& [name, value] : fields) {
        out += out.empty() ? "" : "&";
        escape(name);
        out += '=';
        escape(value);
    }
    return out;
}

}  // namespace rightsline::tests
