// plain_http: HTTP/1.1 as bytes on a loopback socket, blocking, for tests that judge our server from outside.
//
// Written apart from gateway/http on purpose: a mistake there must not hide here. Threading: one thread, blocking.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace rightsline::tests {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct HttpReply {
    int status = 0;                              // 0: the peer closed without an answer
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
    std::string bytes;  // all of it, as it came
};

/// Sends `bytes` as they are to 127.0.0.1 and reads one answer. Throws std::runtime_error when nothing listens or
/// the answer does not end within 15 s.
HttpReply send_bytes(std::uint16_t port, const std::string& bytes);

/// One request, with Host, Content-Length and "Connection: close".
HttpReply http_get(std::uint16_t port, const std::string& target);
HttpReply http_post(std::uint16_t port, const std::string& target, const Fields& headers,
                    const std::string& body);

/// application/x-www-form-urlencoded, everything but letters and digits escaped.
std::string form_of(const Fields& fields);

}  // namespace rightsline::tests
