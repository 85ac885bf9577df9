#include "redis/libraries.hpp"

#include <algorithm>
#include <utility>

#include "redis/error.hpp"
#include "redis/functions.hpp"

namespace rightsline::redis {
namespace {

/// The name in one entry of FUNCTION LIST: fields and values in turn.
const std::string* name_in(const Reply& entry) {
    const std::vector<Reply>* fields = entry.array();
    for (std::size_t i = 0; fields != nullptr && i + 1 < fields->size(); i += 2) {
        if ((*fields)[i].string() != nullptr && *(*fields)[i].string() == "library_name") {
            return (*fields)[i + 1].string();
        }
    }
    return nullptr;
}

}  // namespace

std::string_view library_name() { return functions::library; }

bool is_library_name(std::string_view name) {
    return name.size() == 15 && name.starts_with("rl_") && std::ranges::all_of(name.substr(3), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Awaitable<Result<std::vector<std::string>>> other_libraries(Client& loader, Deadline deadline) {
    Command list{"FUNCTION", "LIST", "LIBRARYNAME", "rl_*"};
    const Result<Reply> reply = co_await loader.execute(std::move(list), deadline);
    if (!reply) {
        co_return reply.error();
    }
    const std::vector<Reply>* entries = reply->array();
    if (entries == nullptr) {
        co_return errc::server_error;
    }
    std::vector<std::string> others;
    for (const Reply& entry : *entries) {
        const std::string* name = name_in(entry);
        if (name != nullptr && is_library_name(*name) && *name != library_name()) {
            others.push_back(*name);
        }
    }
    co_return others;
}

Awaitable<Result<void>> forget_library(Client& loader, std::string name, Deadline deadline) {
    if (!is_library_name(name) || name == library_name()) {
        co_return errc::out_of_bounds;
    }
    Command forget{"FUNCTION", "DELETE", std::move(name)};
    const Result<Reply> reply = co_await loader.execute(std::move(forget), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->error() != nullptr && !reply->error()->text.starts_with("ERR Library not found")) {
        co_return errc::server_error;
    }
    co_return boost::system::in_place_value;
}

}  // namespace rightsline::redis
