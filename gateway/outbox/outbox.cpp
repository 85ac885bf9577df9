#include "gateway/outbox/outbox.hpp"

#include <utility>

#include "gateway/outbox/error.hpp"
#include "gateway/outbox/retry.hpp"
#include "redis/transaction.hpp"

namespace rightsline::outbox {

Outbox::Outbox(redis::Client& client, vault::Vault& vault, ops::Clock& clock,
               std::map<std::string, LineOut> lines)
    : client_(client), vault_(vault), clock_(clock), lines_(std::move(lines)) {
    for (auto& [number, line] : lines_) {
        line.never_known = never_known_of(stores::Keyspace(line.program), number);
    }
}

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
    Result<std::string> sealed = co_await seal(*out, id, message);
    if (!sealed) {
        co_return sealed.error();
    }
    co_return redis::enqueue(out->queue, static_cast<std::size_t>(message.lane), std::move(id),
                             std::move(*sealed), due.time_since_epoch().count());
}

Awaitable<Result<std::string>> Outbox::seal(const LineOut& out, const std::string& id,
                                            const Message& message) {
    std::vector<vault::SealRequest> requests;
    // People of a roster are known to this process anyway, and an alert waits for nobody to open it.
    const auto purpose = message.lane == Lane::alert ? vault::Purpose::outbox : vault::Purpose::reply;
    requests.push_back({purpose, out.queue.jobs + id, to_bytes(message)});
    Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return std::move(sealed->front());
}

Awaitable<Result<std::vector<redis::Write>>> Outbox::record(std::string line, std::string id,
                                                            Message message) {
    const LineOut* out = find(line);
    if (out == nullptr) {
        co_return errc::no_line;
    }
    Result<std::string> sealed = co_await seal(*out, id, message);
    if (!sealed) {
        co_return sealed.error();
    }
    const ops::UtcMs now = clock_.now();
    co_return redis::record_begun(out->queue, static_cast<std::size_t>(message.lane), std::move(id),
                                  std::move(*sealed), now.time_since_epoch().count(),
                                  (now + doubt_rest).time_since_epoch().count());
}

Awaitable<Result<void>> Outbox::end_doubt(std::string line, std::string id, std::string theirs,
                                          Receipt receipt, Deadline deadline) {
    const LineOut* out = find(line);
    const std::optional<redis::Settlement> word =
        out == nullptr ? std::nullopt : by_receipt(receipt, theirs, *out->sender);
    if (!word) {
        co_return Result<void>();
    }
    redis::Lease lease = redis::begun_lease(std::move(id));
    const Result<redis::Settled> settled =
        co_await redis::settle(client_, out->queue, std::move(lease), *word, deadline);
    if (!settled) {
        co_return settled.error();
    }
    co_return Result<void>();  // fenced: it was known already
}

Awaitable<Result<void>> Outbox::note_stop(std::string program, std::string recipient, Deadline deadline) {
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::sadd, stores::Keyspace(program).stopped(), {std::move(recipient)}});
    const Result<redis::Committed> kept = co_await redis::commit(client_, commit, deadline);
    if (!kept) {
        co_return kept.error();
    }
    co_return Result<void>();
}

Awaitable<Result<void>> Outbox::note_stop(std::string program, vault::PhoneNumber phone, Deadline deadline) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, phone.reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await vault_.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return co_await note_stop(std::move(program), ids->front().hex(), deadline);
}

Awaitable<Result<void>> Outbox::hear(std::string program, std::string id, std::string event, Receipt receipt,
                                     Deadline deadline, std::vector<redis::Write> more) {
    const stores::Keyspace keys(program);
    const std::string now = std::to_string(clock_.now().time_since_epoch().count());
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.once_key = keys.guard(event);
    commit.once_index = keys.guards();
    commit.writes = std::move(more);
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
