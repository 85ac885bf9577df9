#include "gateway/outbox/fate.hpp"

#include <utility>

#include "gateway/outbox/line_out.hpp"
#include "gateway/outbox/notice.hpp"
#include "redis/error.hpp"

namespace rightsline::outbox {
namespace {

constexpr const char* last_receipt = "99";  // a carrier says five things of a message, not hundreds

std::string state_of(const redis::JobState& job) {
    using Phase = redis::JobState::Phase;
    switch (job.phase) {
        case Phase::queued:
            return "waiting";
        case Phase::claimed:
        case Phase::submitting:
            return "under_way";
        case Phase::unknown:
        case Phase::looking:
            return "in_doubt";
        case Phase::done:
            return job.note.substr(0, job.note.find(' '));
    }
    return "unreadable";
}

std::vector<std::string> strings_of(const redis::Reply& reply) {
    std::vector<std::string> all;
    if (const std::vector<redis::Reply>* items = reply.array()) {
        for (const redis::Reply& item : *items) {
            all.push_back(item.string() == nullptr ? "" : *item.string());
        }
    }
    return all;
}

Awaitable<Result<std::vector<std::string>>> read_list(redis::Client& client, redis::Command command,
                                                      redis::Deadline deadline) {
    const Result<redis::Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->array() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    co_return strings_of(*reply);
}

Awaitable<Result<std::vector<std::string>>> records_of(redis::Client& client, std::string states,
                                                       const std::vector<std::string>& ids,
                                                       redis::Deadline deadline) {
    redis::Command command{"HMGET", std::move(states)};
    command.insert(command.end(), ids.begin(), ids.end());
    co_return co_await read_list(client, std::move(command), deadline);
}

}  // namespace

Fate fate_of(const std::optional<std::string>& record, const std::vector<std::string>& receipts) {
    Fate fate;
    fate.state = "forgotten";
    if (record) {
        const Result<redis::JobState> job = redis::read_job_state(*record);
        fate.state = job ? state_of(*job) : "unreadable";
        fate.attempts = job ? job->attempts : 0;
    }
    for (const std::string& bytes : receipts) {
        const Result<Receipt> receipt = decode_receipt(bytes);
        if (receipt) {
            fate.delivery = join(fate.delivery, delivery_of({&*receipt, 1}));
        }
    }
    return fate;
}

Awaitable<Result<std::vector<Fate>>> fates(redis::Client& client, const stores::Keyspace& keys,
                                           std::string line, std::vector<std::string> ids,
                                           redis::Deadline deadline) {
    std::vector<Fate> all;
    if (ids.empty()) {
        co_return all;
    }
    const Result<std::vector<std::string>> sent =
        co_await records_of(client, queue_of(keys, line).states, ids, deadline);
    const Result<std::vector<std::string>> noticed =
        co_await records_of(client, queue_of_notices(keys).states, ids, deadline);
    if (!sent || !noticed) {
        co_return sent ? noticed.error() : sent.error();
    }
    for (std::size_t i = 0; i < ids.size() && i < sent->size() && i < noticed->size(); ++i) {
        redis::Command heard{"LRANGE", keys.receipts(ids[i]), "0", last_receipt};
        const Result<std::vector<std::string>> receipts =
            co_await read_list(client, std::move(heard), deadline);
        if (!receipts) {
            co_return receipts.error();
        }
        const std::string& record = is_notice(ids[i]) ? (*noticed)[i] : (*sent)[i];
        all.push_back(fate_of(record.empty() ? std::nullopt : std::optional(record), *receipts));
    }
    co_return all;
}

}  // namespace rightsline::outbox
