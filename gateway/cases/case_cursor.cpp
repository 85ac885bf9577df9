#include "gateway/cases/case_cursor.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

constexpr std::size_t id_digits = 32;
constexpr int most_alike = 10'000;  // cases of one urgency and one hour: a flood

struct Place {
    std::string score;
    std::string id;
};

std::optional<Place> parse(std::string_view cursor) {
    const std::size_t dot = cursor.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view score = cursor.substr(0, dot);
    const std::string_view id = cursor.substr(dot + 1);
    std::int64_t number = 0;
    const auto [end, bad] = std::from_chars(score.data(), score.data() + score.size(), number);
    const bool good = bad == std::errc() && end == score.data() + score.size() && number > 0 &&
                      id.size() == id_digits &&
                      id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return good ? std::optional(Place{std::string(score), std::string(id)}) : std::nullopt;
}

}  // namespace

std::string cursor_after(const CaseFacts& last) {
    return std::to_string(list_score(last.urgency, last.filed_hour)) + "." + last.id;
}

Awaitable<Result<int>> place_after(redis::Client& client, std::string program, std::string cursor,
                                   Deadline deadline) {
    const std::optional<Place> place = parse(cursor);
    if (!place) {
        co_return redis::errc::out_of_bounds;
    }
    const std::string key = stores::Keyspace(program).cases();
    redis::Command before{"ZCOUNT", key, "(" + place->score, "+inf"};
    const Result<redis::Reply> counted = co_await client.execute(std::move(before), deadline);
    if (!counted) {
        co_return counted.error();
    }
    if (counted->integer() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    const std::int64_t first = *counted->integer();
    redis::Command same{"ZCOUNT", key, place->score, place->score};
    const Result<redis::Reply> alike = co_await client.execute(std::move(same), deadline);
    if (!alike) {
        co_return alike.error();
    }
    const std::int64_t many =
        std::min<std::int64_t>(alike->integer() != nullptr ? *alike->integer() : 0, most_alike);
    if (many == 0) {
        co_return static_cast<int>(first);
    }
    redis::Command question{"ZREVRANGE", key, std::to_string(first), std::to_string(first + many - 1)};
    const Result<redis::Reply> ids = co_await client.execute(std::move(question), deadline);
    if (!ids) {
        co_return ids.error();
    }
    if (ids->array() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    // Equal scores stand in falling order of their ids.
    const auto behind = std::ranges::find_if(*ids->array(), [&](const redis::Reply& one) {
        return one.string() != nullptr && *one.string() < place->id;
    });
    const auto passed = std::distance(ids->array()->begin(), behind);
    co_return static_cast<int>(first + passed);
}

}  // namespace rightsline::cases
