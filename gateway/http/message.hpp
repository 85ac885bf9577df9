// Request and Response: HTTP as plain values. Nothing here knows Beast or a socket.
//
// A Request is complete and has passed the framing gate: one Host, one numeric Content-Length, no Transfer-Encoding.
// Threading: plain values.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rightsline::http {

class Streaming;

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  // "POST"
    std::string target;  // as sent: path and query
    Headers headers;
    std::string body;
    std::string peer;       // remote address for limits, "" on a unix socket; never logged
    unsigned peer_uid = 0;  // of a unix socket with peer credentials
    std::string actor{};    // the user who asks, where a listener knows them by name; no header sets it
    bool sees_all = false;  // of that user: what others have is there for them, too; no header sets it

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    std::string_view query() const {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
    }
    /// The first header of that name (case-insensitive), or "".
    std::string_view header(std::string_view name) const;
    /// How many headers have that name.
    std::size_t count(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    Headers headers;  // further ones
    bool close = false;
    std::shared_ptr<Streaming> stream{};  // makes the body instead, until it or the connection ends
};

/// A request that we send (recordings, later messages).
struct Outgoing {
    std::string method = "GET";
    std::string url;  // https://host[:port]/path?query
    Headers headers;
    std::string body;
};

/// What came back for it. `body` is empty when it was streamed.
struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
    /// The first header of that name (case-insensitive), or "".
    std::string_view header(std::string_view name) const;
};

}  // namespace rightsline::http
