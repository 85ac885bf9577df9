#include "gateway/outbox/never_known.hpp"

#include <algorithm>
#include <utility>

#include "gateway/outbox/retry.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::outbox {
namespace {

void count(NeverKnown& found, const redis::Reply& record) {
    const Result<redis::JobState> state = record.string() == nullptr
                                              ? redis::make_error_code(redis::errc::unexpected_reply)
                                              : redis::read_job_state(*record.string());
    if (state && state->phase == redis::JobState::Phase::done && state->note == name_of(Outcome::unknown)) {
        ++found.count;
        found.last_ms = std::max(found.last_ms, state->at_ms);
    }
}

}  // namespace

Awaitable<Result<NeverKnown>> never_known(redis::Client& client, const LineOut& line, ops::UtcMs now,
                                          redis::Deadline deadline) {
    NeverKnown found;
    const std::int64_t until = now.time_since_epoch().count();
    const Result<std::vector<std::string>> listed =
        co_await redis::due(client, line.never_known, until, most_never_known, deadline);
    if (!listed) {
        co_return listed.error();
    }
    if (listed->empty()) {
        co_return found;
    }
    redis::Command command{"HMGET", line.queue.states};
    command.insert(command.end(), listed->begin(), listed->end());
    const Result<redis::Reply> records = co_await client.execute(std::move(command), deadline);
    if (!records) {
        co_return records.error();
    }
    if (records->array() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    for (const redis::Reply& record : *records->array()) {
        count(found, record);
    }
    co_return found;
}

}  // namespace rightsline::outbox
