// Response to bytes. By hand: an answer is five lines, and a serializer object costs more than they do.
//
// A header that holds a control character would let a handler's mistake split the answer in two; it turns the
// whole answer into a 500. Pure.
#pragma once

#include <string>
#include <string_view>

#include "gateway/http/message.hpp"

namespace rightsline::http {

struct AnswerFrame {
    bool close = false;       // say that the connection ends
    bool head_only = false;   // the answer to HEAD
    std::string_view date{};  // "Sat, 21 Nov 2026 20:02:01 GMT", or "" for none
};

/// Appends the answer to `out`.
void serialize(const Response& response, const AnswerFrame& frame, std::string& out);

/// A short plain answer with that status' own name as its text.
Response plain(int status);
std::string_view reason_of(int status);

}  // namespace rightsline::http
