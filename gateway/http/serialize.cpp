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

struct Reason {
    int status;
    std::string_view words;
};
constexpr Reason reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

}  // namespace

std::string_view reason_of(int status) {
    const auto found = std::ranges::find(reasons, status, &Reason::status);
    return found == std::end(reasons) ? "Status" : found->words;
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
        if (response.stream == nullptr) {  // else the body ends with the connection
            append_field(out, "Content-Length", std::to_string(response.body.size()));
        }
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
