#include "gateway/api/console_answer.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/console.hpp"
#include "gateway/http/serialize.hpp"

namespace rightsline::api {

http::Response log_in_first() {
    http::Response response = problem(401, "log in first");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

http::Response nothing_here() { return problem(404, "there is nothing here for you"); }

void finish(http::Response& response) {
    if (response.status == 404) {
        response = nothing_here();
    } else if (response.status >= 400 && response.content_type != "application/problem+json") {
        http::Response in_words = problem(response.status, std::string(http::reason_of(response.status)));
        response.content_type = in_words.content_type;
        response.body = std::move(in_words.body);
    }
    for (const auto& header : security_headers()) {
        const bool there =
            std::ranges::any_of(response.headers, [&](const auto& one) { return one.first == header.first; });
        if (!there) {
            response.headers.push_back(header);
        }
    }
}

const http::Headers& security_headers() {
    static const http::Headers headers{
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
         "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
         "require-trusted-types-for 'script'"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Embedder-Policy", "require-corp"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
        {"Strict-Transport-Security", "max-age=31536000"},
        {"Cache-Control", "no-store"}};
    return headers;
}

http::Response console_refusal(int status) {
    http::Response response = http::plain(status);
    finish(response);
    return response;
}

}  // namespace rightsline::api
