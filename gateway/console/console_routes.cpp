#include "gateway/console/console_routes.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "gateway/console/security_headers.hpp"
#include "gateway/http/ascii.hpp"

namespace rightsline::console {
namespace {

constexpr std::array<std::string_view, 15> pages{
    "/",        "/cases", "/cases/{id}", "/alerts",         "/on-call", "/people", "/logins", "/enter",
    "/figures", "/keys",  "/referrals",  "/referrals/{id}", "/sites",   "/log",    "/prompts"};
constexpr std::string_view asked_anew = "no-cache";
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

http::Response dressed(http::Response response) {
    for (const auto& [name, value] : security_headers) {
        response.headers.emplace_back(name, value);
    }
    return response;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Calls `act` with each member of a list as HTTP writes it; whether one of them was what it looked for.
template <class Act>
bool any_in_list(std::string_view list, Act act) {
    while (!list.empty()) {
        const std::string_view one = list.substr(0, list.find(','));
        list.remove_prefix(std::min(one.size() + 1, list.size()));
        if (act(trimmed(one))) {
            return true;
        }
    }
    return false;
}

/// "br;q=0" refuses it, whatever the zero looks like.
bool takes(const http::Request& request, std::string_view coding) {
    return any_in_list(request.header("Accept-Encoding"), [&](std::string_view one) {
        const std::string_view name = trimmed(one.substr(0, one.find(';')));
        const auto q = one.find("q=");
        const std::string_view weight = q == std::string_view::npos ? "1" : trimmed(one.substr(q + 2));
        return http::same_name(name, coding) && weight.find_first_not_of("0.") != std::string_view::npos;
    });
}

bool has_already(const http::Request& request, const std::string& tag) {
    return any_in_list(request.header("If-None-Match"), [&](std::string_view one) {
        if (one.starts_with("W/")) {
            one.remove_prefix(2);
        }
        return one == tag || one == "*";
    });
}

void put_body(http::Response& response, const ConsoleFile& file, const http::Request& request) {
    if (!file.brotli.empty() && takes(request, "br")) {
        response.body = file.brotli;
        response.headers.emplace_back("Content-Encoding", "br");
    } else if (!file.gzip.empty() && takes(request, "gzip")) {
        response.body = file.gzip;
        response.headers.emplace_back("Content-Encoding", "gzip");
    } else {
        response.body = file.plain;
    }
}

http::Response hand_out(const ConsoleFile& file, std::string_view caching, const http::Request& request) {
    http::Response response;
    response.content_type = file.content_type;
    response.headers.emplace_back("Cache-Control", caching);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("ETag", file.tag);
    if (has_already(request, file.tag)) {
        response.status = 304;
    } else {
        put_body(response, file, request);
    }
    return dressed(std::move(response));
}

http::Response in_words(int status, std::string words) {
    http::Response response;
    response.status = status;
    response.body = std::move(words);
    response.headers.emplace_back("Cache-Control", "no-store");
    return dressed(std::move(response));
}

Awaitable<http::Response> at_once(http::Response response) { co_return response; }

}  // namespace

std::span<const std::string_view> console_pages() { return pages; }

void add_console_routes(http::Router& router, std::shared_ptr<const ConsoleFiles> files) {
    for (const std::string_view page : pages) {
        router.add("GET", page, [files](const http::Request& request, const http::Parameters&) {
            return at_once(
                files == nullptr
                    ? in_words(503,
                               "This server was built without its web console. ./deploy/run builds "
                               "it where Node 20 or newer, or a network, is at hand.\n")
                    : hand_out(files->page(), asked_anew, request));
        });
    }
    router.add(
        "GET", "/assets/{name}", [files](const http::Request& request, const http::Parameters& parameters) {
            const ConsoleFile* const asset = files == nullptr ? nullptr : files->asset(parameters["name"]);
            return at_once(asset == nullptr ? in_words(404, "There is no such piece of the console.\n")
                                            : hand_out(*asset, for_ever, request));
        });
}

}  // namespace rightsline::console
