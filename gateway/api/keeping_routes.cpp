#include "gateway/api/keeping_routes.hpp"

#include <boost/json.hpp>
#include <memory>

#include "gateway/api/answers.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

json::object to_json(const redis::Address& address) {
    return {{"unix_path", address.unix_path}, {"host", address.host},         {"port", address.port},
            {"user", address.user},           {"password", address.password}, {"database", address.database}};
}

http::Response described(const KeepingRouteServices& services, const std::string& store) {
    const std::optional<redis::Address> keeper = services.keeper();
    if (!keeper) {
        return problem(
            409,
            "this server's store is an outside one and redis.keeper_url is not set: deploy/redis.conf "
            "says which user that is");
    }
    json::array lines;
    for (const auto& [program, line] : services.lines) {
        lines.push_back(json::object{{"program", program}, {"line", line}});
    }
    json::array programs;
    for (const std::string& program : services.programs) {
        programs.push_back(json::string(program));
    }
    return as_json(json::object{{"keeper", to_json(*keeper)},
                                {"store", store},
                                {"state_dir", services.state_dir},
                                {"keys_dir", services.keys_dir},
                                {"vault_socket", services.vault_socket},
                                {"programs", std::move(programs)},
                                {"lines", std::move(lines)}});
}

Awaitable<http::Response> keeping(std::shared_ptr<KeepingRouteServices> services, bool is_allowed) {
    if (!is_allowed) {
        co_return not_allowed();
    }
    const Result<std::string> store = co_await services->store();
    co_return store ? described(*services, *store) : store_is_silent();
}

}  // namespace

void add_keeping_routes(http::Router& router, KeepingRouteServices services) {
    const auto shared = std::make_shared<KeepingRouteServices>(std::move(services));
    router.add("GET", "/api/v1/keeping", [shared](const http::Request& request, const http::Parameters&) {
        return keeping(shared, allowed(request));
    });
}

}  // namespace rightsline::api
