#include "gateway/http/serialize.hpp"

#include <algorithm>

#include "gateway/http/ascii.hpp"

namespace rightsline::http {
namespace {

bool is_clean(const Response& response) {
    const auto clean = [](std::string_view text) { return std::ranges::all_of(text, is_value); };
    const auto field = [&](const auto& header) {
        return !header.first.empty() && std::ranges::all_of(header.first, is_token) && clean(header.second);
    };
    return clean(response.content_type) && std::ranges::all_of(response.headers, field) &&
           response.status >= 200 && response.status <= 599;
}

bool has_body(int status) { return status != 204 && status != 304; }

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "Status";
    }
}

Response plain(int status) {
    Response response;
    response.status = status;
    response.body = std::string(reason_of(status)) + '\n';
    return response;
}

void serialize(const Response& response, const AnswerFrame& frame, std::string& out) {
    if (!is_clean(response)) {
        serialize(plain(500), frame, out);
        return;
    }
    out.reserve(out.size() + 256 + response.body.size());
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_of(response.status)).append("\r\n");
    if (!frame.date.empty()) {
        append_field(out, "Date", frame.date);
    }
    if (has_body(response.status)) {
        append_field(out, "Content-Type", response.content_type);
        append_field(out, "Content-Length", std::to_string(response.body.size()));
    }
    for (const auto& [name, value] : response.headers) {
        append_field(out, name, value);
    }
    if (frame.close) {
        append_field(out, "Connection", "close");
    }
    out.append("\r\n");
    if (has_body(response.status) && !frame.head_only) {
        out.append(response.body);
    }
}

}  // namespace rightsline::http
