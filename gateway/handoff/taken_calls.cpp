#include "gateway/handoff/taken_calls.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::handoff {
namespace {

constexpr std::size_t entries_a_page = 1000;
constexpr int most_pages = 50;
constexpr std::array taken{audit::What::call_taken, audit::What::call_taken_over};

/// What an entry says of who is in which call.
void note(std::vector<TakenCall>& calls, const audit::Entry& entry) {
    const std::string_view what = entry.field("what");
    const bool takes = std::ranges::find(taken, what, audit::name_of) != taken.end();
    const auto known = std::ranges::find_if(calls, [&entry](const TakenCall& one) {
        return one.name == entry.field("how") && one.who == entry.field("who");
    });
    if (takes && known == calls.end()) {
        calls.push_back({std::string(entry.field("how")), std::string(entry.field("who")),
                         static_cast<std::int64_t>(entry.id.ms / 1000)});
    } else if (known != calls.end() && (takes || what == audit::name_of(audit::What::call_ended))) {
        known->over = !takes;
    }
}

}  // namespace

Awaitable<Result<std::vector<TakenCall>>> taken_calls(redis::Client& client, std::string program,
                                                      ops::UtcMs since, redis::Deadline deadline) {
    const std::string stream = stores::Keyspace(program).audit();
    audit::StreamId at{static_cast<std::uint64_t>(since.time_since_epoch().count()), 0};
    std::vector<TakenCall> calls;
    for (int page = 0; page < most_pages; ++page) {
        redis::Command question{"XRANGE", stream, at.str(), "+", "COUNT", std::to_string(entries_a_page)};
        const Result<redis::Reply> reply = co_await client.execute(std::move(question), deadline);
        if (!reply) {
            co_return reply.error();
        }
        const std::optional<std::vector<audit::Entry>> entries = audit::read_entries(*reply);
        if (!entries) {
            co_return redis::errc::unexpected_reply;
        }
        for (const audit::Entry& entry : *entries) {
            at = entry.id.next();
            note(calls, entry);
        }
        if (entries->size() < entries_a_page) {
            co_return calls;
        }
    }
    co_return redis::errc::unexpected_reply;
}

}  // namespace rightsline::handoff
