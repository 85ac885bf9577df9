#include "gateway/conversations/recordings.hpp"

#include <algorithm>
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/sealed_file.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 2s;
constexpr int due_at_once = 1024;        // slow ones must not hide those behind them
constexpr std::size_t most_at_once = 8;  // of one program under way
constexpr std::size_t most_gone = 1024;  // remembered as gone at once
constexpr std::size_t most_failed = 4;   // of these that have failed before: the others are for fresh ones

std::string ms(ops::UtcMs at) { return std::to_string(at.time_since_epoch().count()); }

}  // namespace

RecordingDesk::RecordingDesk(redis::Client& client, vault::Vault& vault, ops::Clock& clock,
                             ops::Metrics& metrics, RecordingRoutes routes)
    : client_(client),
      vault_(vault),
      clock_(clock),
      routes_(std::move(routes)),
      put_aside_(metrics.counter("rightsline_recordings_put_aside_total",
                                 "Times that a recording could not be brought home and was put aside")),
      waiting_now_(metrics.gauge("rightsline_recordings_waiting", "Recordings that are not home yet")),
      aside_now_(metrics.gauge(
          "rightsline_recordings_aside",
          "Of these, put aside until a person has looked; the reason is in the audit stream")) {}

std::string RecordingDesk::blob_path(const std::string& id) const {
    return routes_.blob_directory + "/" + id + ".sealed";
}

Awaitable<Result<std::string>> RecordingDesk::seal_job(std::string key, const RecordingJob& job) {
    std::vector<vault::SealRequest> to_seal;
    to_seal.push_back({vault::Purpose::conversation, std::move(key), to_bytes(job)});
    Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return std::move(sealed->front());
}

Awaitable<Result<std::string>> RecordingDesk::taken_key(const RecordingJob& job) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::event, job.account + "|taken|" + job.remote.id});
    const Result<std::vector<vault::KeyedId>> ids = co_await vault_.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return stores::Keyspace(job.program).recording_taken(ids->front().hex());
}

Awaitable<Result<std::vector<redis::Write>>> RecordingDesk::adopt(const RecordingJob& job,
                                                                  std::chrono::seconds rest) {
    const stores::Keyspace keys(job.program);
    const Result<std::string> sealed = co_await seal_job(keys.recording_job(job.id), job);
    if (!sealed) {
        co_return sealed.error();
    }
    const Result<std::string> taken = co_await taken_key(job);
    if (!taken) {
        co_return taken.error();
    }
    const std::string now = ms(clock_.now());
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::set, keys.recording_job(job.id), {*sealed}});
    writes.push_back({redis::Op::zadd, keys.recordings(), {ms(clock_.now() + rest), job.id}});
    writes.push_back({redis::Op::incrby, *taken, {"1"}});
    writes.push_back({redis::Op::incrby, keys.pending_recordings(job.conversation), {"1"}});
    writes.push_back({redis::Op::zadd,  // both counts go with the guards of their time
                      keys.guards(),
                      {now, keys.pending_recordings(job.conversation), now, *taken}});
    if (!job.case_id.empty()) {  // else nobody's: only the provider's copy is erased
        writes.push_back({redis::Op::sadd, keys.case_recordings(job.case_id), {job.id}});
    }
    co_return writes;
}

std::vector<redis::Write> RecordingDesk::withdraw(const std::string& program,
                                                  const std::vector<std::string>& ids) const {
    const std::string key = stores::Keyspace(program).withdrawn_recordings();
    std::vector<redis::Write> writes;
    writes.reserve(ids.size());
    for (const std::string& id : ids) {
        writes.push_back({redis::Op::zadd, key, {ms(clock_.now()), id}});
    }
    return writes;
}

Awaitable<void> RecordingDesk::delete_withdrawn(std::string program) {
    const std::string key = stores::Keyspace(program).withdrawn_recordings();
    const std::int64_t now = clock_.now().time_since_epoch().count();
    const Result<std::vector<std::string>> ids =
        co_await redis::due(client_, key, now, due_at_once, clock_.in(op_budget));
    if (!ids || ids->empty()) {
        co_return;
    }
    forget(*ids);
    redis::Commit done;
    done.writes.push_back({redis::Op::zrem, key, *ids});
    const Result<redis::Committed> committed = co_await redis::commit(client_, done, clock_.in(op_budget));
    if (!committed) {
        ops::log(ops::Level::warn, "withdrawal_repeats", {{"error", committed.error()}});
    }
}

Awaitable<void> RecordingDesk::work(std::string program) {
    co_await delete_withdrawn(program);
    const stores::Keyspace keys(program);
    const std::int64_t now = clock_.now().time_since_epoch().count();
    const Result<std::vector<std::string>> ids =
        co_await redis::due(client_, keys.recordings(), now, due_at_once, clock_.in(op_budget));
    if (!ids) {
        co_return;  // the store is gone: the next round comes anyway
    }
    std::set<std::string>& busy = busy_[program];
    for (const std::string& id : *ids) {
        if (!lets_another_first(id) && has_place(busy, id) && busy.insert(id).second) {
            routes_.spawn(carry(program, id));
        }
    }
}

bool RecordingDesk::has_place(const std::set<std::string>& busy, const std::string& id) const {
    const auto failed = std::count_if(busy.begin(), busy.end(),
                                      [this](const std::string& one) { return failed_.contains(one); });
    const bool room_for_failed = static_cast<std::size_t>(failed) < most_failed;
    return busy.size() < most_at_once && (room_for_failed || !failed_.contains(id));
}

void RecordingDesk::note_failure(const std::string& id, const boost::system::error_code& error) {
    failed_.insert(id);
    if (error != make_error_code(errc::gone)) {
        return;
    }
    if (gone_here_.size() >= most_gone) {
        gone_here_.clear();  // what others finished is never seen here again; forgetting costs a race
    }
    gone_here_.emplace(id, std::nullopt);
}

/// Two servers with a folder each look at what is due in the same second. The one that has not got it must not win each
/// time, or the one that has it never comes to say so.
bool RecordingDesk::lets_another_first(const std::string& id) {
    const auto gone = gone_here_.find(id);
    if (gone == gone_here_.end()) {
        return false;
    }
    const Deadline now = clock_.steady();
    gone->second = gone->second.value_or(now);
    if (now - *gone->second < routes_.head_start) {
        return true;
    }
    gone_here_.erase(gone);
    return false;
}

Awaitable<std::int64_t> RecordingDesk::count(std::string how, std::string key) {
    redis::Command command{std::move(how), std::move(key)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(command), clock_.in(op_budget));
    co_return reply && reply->integer() != nullptr ? *reply->integer() : -1;
}

Awaitable<void> RecordingDesk::measure(std::vector<std::string> programs) {
    std::int64_t waiting = 0;
    std::int64_t aside = 0;
    for (const std::string& program : programs) {
        const stores::Keyspace keys(program);
        const std::int64_t all = co_await count("ZCARD", keys.recordings());
        const std::int64_t put_aside = co_await count("HLEN", keys.recordings_aside());
        if (all < 0 || put_aside < 0) {
            co_return;  // the store is gone: the figures of the last round stay
        }
        waiting += all;
        aside += put_aside;
    }
    waiting_now_.set(waiting);
    aside_now_.set(aside);
}

Awaitable<void> RecordingDesk::carry(std::string program, std::string id) {
    co_await advance(program, id);
    const bool was_full = busy_[program].size() >= most_at_once;
    busy_[program].erase(id);
    if (was_full) {
        co_await work(std::move(program));  // others may be waiting for this place
    }
}

bool RecordingDesk::idle() const {
    return std::all_of(busy_.begin(), busy_.end(), [](const auto& one) { return one.second.empty(); });
}

void RecordingDesk::forget(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
        remove_file(blob_path(id));
        const bool arriving = std::any_of(busy_.begin(), busy_.end(),
                                          [&id](const auto& one) { return one.second.contains(id); });
        if (!arriving) {  // else it is being written: whoever writes it looks again at the end
            remove_file(blob_path(id) + ".part");
        }
    }
}

}  // namespace rightsline::conversations
