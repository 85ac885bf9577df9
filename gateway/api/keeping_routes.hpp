// KeepingRoutes: what `rightsline backup` and `rightsline fsck` need to do their work beside the server.
//
//   GET /api/v1/keeping   where state and keys lie, which programs and lines there are, and how the store's user "keeper"
//                         logs in, who reads everything and writes nothing
//
// The asker is the server's own user or root on the same machine, who can read the store's files anyway. The password
// lives as long as our Redis' process and stands nowhere else. Must never: be logged. Threading: the loop's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct KeepingRouteServices {
    std::function<std::optional<redis::Address>()> keeper;  // nothing: an outside store, and no keeper_url
    std::function<Awaitable<Result<std::string>>()> store;  // whose it is
    std::string state_dir;
    std::string keys_dir;
    std::string vault_socket;  // "" = in the server's process
    std::vector<std::string> programs;
    std::vector<std::pair<std::string, std::string>> lines;  // program, line
};

void add_keeping_routes(http::Router& router, KeepingRouteServices services);

}  // namespace rightsline::api
