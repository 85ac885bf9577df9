// What the provider tells of a recording by itself. Mostly a turn has taken it long before; where none has (the store was
// gone just when the caller hung up), it becomes a report of its own.
//
// News have a key of their own. A turn's step that was spooled, because nobody heard that its commit had landed, comes as
// news of the very recording whose job is under way; under one key the news, which know no case, would take the job's place,
// and a recording of no case is erased.
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/recordings.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 2s;
constexpr auto turn_patience = 2min;  // a turn that was sent back to the recording takes it in seconds
constexpr int due_at_once = 64;
constexpr std::size_t most_unwritten = 1024;

std::string ms(ops::UtcMs at) { return std::to_string(at.time_since_epoch().count()); }

}  // namespace

Awaitable<Result<void>> RecordingDesk::hear(RecordingJob news) {
    const Result<void> written = co_await write_news(news);
    if (!written && unwritten_.size() < most_unwritten) {
        unwritten_.push_back(std::move(news));
    } else if (!written) {
        ops::log(ops::Level::error, "recording_news_lost");
    }
    co_return written;
}

Awaitable<Result<void>> RecordingDesk::write_news(RecordingJob news) {
    const stores::Keyspace keys(news.program);
    const Result<std::string> sealed = co_await seal_job(keys.recording_news(news.id), news);
    if (!sealed) {
        co_return sealed.error();
    }
    redis::Commit commit;
    commit.once_key = keys.guard("news:" + news.id);
    commit.once_index = keys.guards();
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::set, keys.recording_news(news.id), {*sealed}});
    commit.writes.push_back(
        {redis::Op::zadd, keys.untaken_recordings(), {ms(clock_.now() + turn_patience), news.id}});
    const Result<redis::Committed> done = co_await redis::commit(client_, commit, clock_.in(op_budget));
    if (!done) {
        co_return done.error();
    }
    co_return Result<void>();
}

Awaitable<void> RecordingDesk::write_unwritten() {
    while (!unwritten_.empty()) {
        RecordingJob next = unwritten_.front();
        const Result<void> written = co_await write_news(std::move(next));
        if (!written || unwritten_.empty()) {
            co_return;
        }
        unwritten_.pop_front();
    }
}

Awaitable<std::vector<RecordingJob>> RecordingDesk::untaken(std::string program) {
    co_await write_unwritten();
    const stores::Keyspace keys(program);
    const std::int64_t now = clock_.now().time_since_epoch().count();
    const Result<std::vector<std::string>> ids =
        co_await redis::due(client_, keys.untaken_recordings(), now, due_at_once, clock_.in(op_budget));
    std::vector<RecordingJob> found;
    for (std::size_t i = 0; ids && i < ids->size(); ++i) {
        std::string key = keys.recording_news((*ids)[i]);
        Result<RecordingJob> job = co_await open_job(std::move(key));
        if (job) {
            found.push_back(std::move(*job));
        } else if (job.error() == make_error_code(errc::gone)) {
            co_await leave(keys.untaken_recordings(), (*ids)[i]);
        } else if (job.error().category() != redis::category()) {  // else the store is gone: it is still due
            ops::log(ops::Level::error, "recording_job_unreadable", {{"error", job.error()}});
            co_await put_off(keys.untaken_recordings(), (*ids)[i]);
        }
    }
    co_return found;
}

Awaitable<Result<std::vector<redis::Write>>> RecordingDesk::claim(const RecordingJob& news) {
    const Result<std::string> taken = co_await taken_key(news);
    if (!taken) {
        co_return taken.error();
    }
    const stores::Keyspace keys(news.program);
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_be_below, *taken, {"1"}});
    writes.push_back({redis::Op::zrem, keys.untaken_recordings(), {news.id}});
    writes.push_back({redis::Op::del, keys.recording_news(news.id), {}});
    co_return writes;
}

Awaitable<Result<void>> RecordingDesk::drop_news(RecordingJob news) {
    const stores::Keyspace keys(news.program);
    redis::Commit drop;
    drop.writes.push_back({redis::Op::zrem, keys.untaken_recordings(), {news.id}});
    drop.writes.push_back({redis::Op::del, keys.recording_news(news.id), {}});
    const Result<redis::Committed> dropped = co_await redis::commit(client_, drop, clock_.in(op_budget));
    if (!dropped) {
        co_return dropped.error();
    }
    co_return Result<void>();
}

}  // namespace rightsline::conversations
