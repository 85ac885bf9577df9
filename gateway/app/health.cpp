#include "gateway/app/health.hpp"

#include <utility>

namespace rightsline::app {
namespace {

http::Response text(int status, std::string type, std::string body) {
    http::Response response;
    response.status = status;
    response.content_type = std::move(type);
    response.body = std::move(body);
    return response;
}

const char* word(bool value) { return value ? "true" : "false"; }

http::Response ready_response(const Readiness& is) {
    std::string body = "{\"ready\":";
    body.append(word(is.ready())).append(",\"store\":").append(word(is.store));
    body.append(",\"packs\":").append(word(is.packs)).append(",\"draining\":").append(word(is.draining));
    body.append(",\"vault\":").append(word(!is.vault_away));
    body.append(",\"level\":").append(std::to_string(is.level));
    body.append(",\"reason\":\"").append(is.reason).append("\"}\n");
    return text(is.ready() ? 200 : 503, "application/json", std::move(body));
}

Awaitable<http::Response> at_once(http::Response response) { co_return response; }

}  // namespace

void add_health_routes(http::Router& router, std::function<Readiness()> now, ops::Metrics& metrics,
                       std::function<void()> before_metrics) {
    router.add("GET", "/healthz", [](const http::Request&, const http::Parameters&) {
        return at_once(text(200, "text/plain; charset=utf-8", "alive\n"));
    });
    router.add("GET", "/readyz", [now = std::move(now)](const http::Request&, const http::Parameters&) {
        return at_once(ready_response(now()));
    });
    router.add("GET", "/metrics",
               [&metrics, before = std::move(before_metrics)](const http::Request&, const http::Parameters&) {
                   before();
                   return at_once(text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.render()));
               });
}

}  // namespace rightsline::app
