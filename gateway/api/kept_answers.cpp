#include "gateway/api/kept_answers.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "gateway/access/sealing.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/signing_key.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_key = 64;
constexpr const char* a_day = "86400";  // seconds

std::string key_of(const std::string& name) {
    return stores::Keyspace(stores::server_wide).kept_answer(name);
}

/// A response that was kept; nothing when it has not our shape: then it is done again.
std::optional<http::Response> read_answer(const json::object& object) {
    const json::value* status = object.if_contains("status");
    if (status == nullptr || !status->is_int64()) {
        return std::nullopt;
    }
    http::Response response;
    response.status = static_cast<int>(status->get_int64());
    response.content_type = ops::text_of(object, "type");
    response.body = ops::text_of(object, "body");
    response.headers.emplace_back("Idempotent-Replayed", "true");
    return response;
}

/// What nobody tells a report by.
std::string id_in(const http::Response& answer) {
    boost::system::error_code failed;
    const json::value body = json::parse(answer.body, failed);
    if (failed || !body.is_object()) {
        return "";
    }
    return json::serialize(json::object{{"id", ops::text_of(body.get_object(), "id")}});
}

}  // namespace

bool is_idempotency_key(std::string_view text) {
    return !text.empty() && text.size() <= longest_key && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    });
}

KeptAnswers::Place KeptAnswers::place_of(const std::string& user, std::string_view key,
                                         const http::Request& request) {
    return {providers::sha256_hex(user + "\n" + std::string(key)),
            providers::sha256_hex(request.method + "\n" + request.target + "\n" + request.body)};
}

Awaitable<Result<KeptAnswers::Found>> KeptAnswers::find(Place place, Deadline deadline) {
    const std::string key = key_of(place.name);
    redis::Command question{"GET", key};
    const Result<redis::Reply> stored = co_await client_.execute(std::move(question), deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->string() == nullptr) {
        co_return stored->nil() ? Result<Found>(Found{}) : Result<Found>(redis::errc::server_error);
    }
    const Result<std::string> plain = co_await access::unseal(vault_, key, *stored->string());
    boost::system::error_code failed;
    const json::value value = plain ? json::parse(*plain, failed) : json::value(nullptr);
    if (failed || !value.is_object()) {
        co_return Found{};
    }
    Found found;
    found.other = ops::text_of(value.get_object(), "request") != place.request;
    found.answer = read_answer(value.get_object());
    co_return found;
}

Awaitable<Result<void>> KeptAnswers::keep(Place place, bool of_a_case, http::Response answer,
                                          Deadline deadline) {
    const std::string key = key_of(place.name);
    std::string plain = json::serialize(json::object{{"request", place.request},
                                                     {"status", answer.status},
                                                     {"type", answer.content_type},
                                                     {"body", of_a_case ? id_in(answer) : answer.body}});
    Result<std::string> sealed = co_await access::seal(vault_, key, std::move(plain));
    if (!sealed) {
        co_return sealed.error();
    }
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::set_for, key, {std::move(*sealed), a_day}});
    const Result<redis::Committed> kept = co_await redis::commit(client_, commit, deadline);
    co_return kept ? Result<void>() : Result<void>(kept.error());
}

}  // namespace rightsline::api
