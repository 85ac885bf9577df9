// Letter: one mail, and its bytes as they stand between DATA and the dot.
//
// Its body is base64, so no line of it begins with a dot, is too long, or ends a header. The id is the same with every try:
// whoever gets it twice can tell. Answers go to noreply@ of the sender's domain, which is to be nobody's. Must never: take a header from anything but Address and HeaderText. Pure.
#pragma once

#include <chrono>
#include <string>

#include "gateway/mail/address.hpp"

namespace rightsline::mail {

struct Letter {
    Address from;
    Address to;
    HeaderText subject;
    std::string body;  // UTF-8
    std::string id;    // letters, digits and -: other characters are left out
    std::chrono::sys_seconds at{};
};

/// Header, empty line, body; every line ends with CR LF and has at most 200 bytes.
std::string to_bytes(const Letter& letter);

}  // namespace rightsline::mail
