#include "gateway/cases/case_store.hpp"

#include <map>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/referral_writes.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

// A part is at most a text of 40,000 bytes, escaped and sealed; a longer reply would cost us the store's connection.
constexpr int parts_a_page = 64;

/// The strings of an array reply; anything else is a store that is not ours.
Result<std::vector<std::string>> strings(Result<redis::Reply> reply) {
    if (!reply) {
        return reply.error();
    }
    const auto* array = reply->array();
    if (array == nullptr) {
        return reply->error() != nullptr ? redis::errc::server_error : redis::errc::unexpected_reply;
    }
    std::vector<std::string> out;
    out.reserve(array->size());
    for (const redis::Reply& one : *array) {
        if (const std::string* text = one.string()) {
            out.push_back(*text);
        }
    }
    return out;
}

}  // namespace

Awaitable<Result<CaseFacts>> CaseStore::facts(std::string program, std::string id, redis::Deadline deadline) {
    redis::Command command{"HGETALL", stores::Keyspace(program).case_facts(id)};
    Result<redis::Reply> reply = co_await client_.execute(std::move(command), deadline);
    const Result<std::vector<std::string>> flat = strings(std::move(reply));
    if (!flat) {
        co_return flat.error();
    }
    std::map<std::string, std::string> fields;
    for (std::size_t i = 0; i + 1 < flat->size(); i += 2) {
        fields[(*flat)[i]] = (*flat)[i + 1];
    }
    if (!fields.contains("alias")) {
        co_return stores::errc::no_such_case;  // nothing there, or a draft that nobody filed
    }
    co_return read_facts(std::move(id), fields);
}

Awaitable<Result<CasePage>> CaseStore::list(std::string program, int skip, int most,
                                            redis::Deadline deadline) {
    const std::string key = stores::Keyspace(program).cases();
    redis::Command count{"ZCARD", key};
    const Result<redis::Reply> counted = co_await client_.execute(std::move(count), deadline);
    if (!counted) {
        co_return counted.error();
    }
    redis::Command command{"ZREVRANGE", key, std::to_string(skip), std::to_string(skip + most - 1)};
    Result<redis::Reply> reply = co_await client_.execute(std::move(command), deadline);
    const Result<std::vector<std::string>> ids = strings(std::move(reply));
    if (!ids) {
        co_return ids.error();
    }
    CasePage page;
    page.total = counted->integer() != nullptr ? *counted->integer() : 0;
    for (const std::string& id : *ids) {
        Result<CaseFacts> one = co_await facts(program, id, deadline);
        if (one) {
            page.cases.push_back(std::move(*one));
        } else if (one.error() != stores::make_error_code(stores::errc::no_such_case)) {
            co_return one.error();
        }
    }
    co_return page;
}

Awaitable<Result<PartPage>> CaseStore::parts(std::string program, std::string id, int skip,
                                             redis::Deadline deadline) {
    std::string key = stores::Keyspace(program).case_parts(id);
    Result<PartPage> page = co_await read_page(client_, std::move(key), skip, deadline);
    if (!page) {
        co_return page.error();
    }
    Result<std::vector<std::string>> parts =
        co_await unlocked(part_context(program, id), std::move(page->parts));
    if (!parts) {
        co_return parts.error();
    }
    co_return PartPage{std::move(*parts), page->total};
}

Awaitable<Result<std::vector<std::string>>> CaseStore::unlocked(std::string context,
                                                                std::vector<std::string> stored) {
    if (vault_ == nullptr) {
        co_return stored;
    }
    co_return co_await unlock(*vault_, std::move(context), std::move(stored));
}

Awaitable<Result<std::string>> CaseStore::recording(std::string program, std::string recording_id,
                                                    std::string stored) {
    if (vault_ == nullptr) {
        co_return stored;
    }
    co_return co_await unlock_recording(*vault_, recording_context(program, recording_id), std::move(stored));
}

Awaitable<Result<std::vector<std::string>>> brought_recordings(redis::Client& client, std::string program,
                                                               std::string id, redis::Deadline deadline) {
    redis::Command command{"HGETALL", stores::Keyspace(program).case_copies(id)};
    Result<redis::Reply> reply = co_await client.execute(std::move(command), deadline);
    const Result<std::vector<std::string>> flat = strings(std::move(reply));
    if (!flat) {
        co_return flat.error();
    }
    const std::string mark = brought_field("");
    std::vector<std::string> brought;
    for (std::size_t i = 0; i < flat->size(); i += 2) {
        if ((*flat)[i].starts_with(mark)) {
            brought.push_back((*flat)[i].substr(mark.size()));
        }
    }
    co_return brought;
}

Awaitable<Result<PartPage>> read_page(redis::Client& client, std::string key, int skip,
                                      redis::Deadline deadline) {
    redis::Command count{"LLEN", key};
    const Result<redis::Reply> counted = co_await client.execute(std::move(count), deadline);
    if (!counted) {
        co_return counted.error();
    }
    redis::Command command{"LRANGE", key, std::to_string(skip), std::to_string(skip + parts_a_page - 1)};
    Result<redis::Reply> reply = co_await client.execute(std::move(command), deadline);
    Result<std::vector<std::string>> found = strings(std::move(reply));
    if (!found) {
        co_return found.error();
    }
    co_return PartPage{std::move(*found), counted->integer() != nullptr ? *counted->integer() : 0};
}

}  // namespace rightsline::cases
