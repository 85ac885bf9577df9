#include "gateway/outbox/outbox.hpp"

#include <utility>

#include "gateway/outbox/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::outbox {

Outbox::Outbox(redis::Client& client, vault::Vault& vault, ops::Clock& clock,
               std::map<std::string, LineOut> lines)
    : client_(client), vault_(vault), clock_(clock), lines_(std::move(lines)) {}

const LineOut* Outbox::find(const std::string& line) const {
    const auto found = lines_.find(line);
    return found == lines_.end() ? nullptr : &found->second;
}

Awaitable<Result<std::vector<redis::Write>>> Outbox::post(std::string line, std::string id, Message message,
                                                          ops::UtcMs due) {
    const LineOut* out = find(line);
    if (out == nullptr) {
        co_return errc::no_line;
    }
    if (!may_send_to(out->limits, message.to)) {
        co_return errc::prefix_refused;
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::outbox, out->queue.jobs + id, to_bytes(message)});
    Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return redis::enqueue(out->queue, static_cast<std::size_t>(message.lane), std::move(id),
                             std::move(sealed->front()), due.time_since_epoch().count());
}

Awaitable<Result<void>> Outbox::hear(std::string program, std::string id, std::string event, Receipt receipt,
                                     Deadline deadline) {
    const stores::Keyspace keys(program);
    const std::string now = std::to_string(clock_.now().time_since_epoch().count());
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.once_key = keys.guard(event);
    commit.once_index = keys.guards();
    commit.writes.push_back({redis::Op::rpush, keys.receipts(id), {encode_receipt(receipt)}});
    commit.writes.push_back(
        {redis::Op::zadd, keys.guards(), {now, keys.receipts(id)}});  // swept as these are
    const Result<redis::Committed> kept = co_await redis::commit(client_, commit, deadline);
    if (!kept) {
        co_return kept.error();
    }
    co_return Result<void>();
}

}  // namespace rightsline::outbox
