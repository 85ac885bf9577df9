// One recording on its way: fetched, sealed, erased at the provider, settled; or put off, or put aside.
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_file.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/conversations/error.hpp"
#include "gateway/conversations/recordings.hpp"
#include "gateway/conversations/sealed_file.hpp"
#include "gateway/conversations/sound_check.hpp"
#include "gateway/http/error.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 2s;
constexpr auto first_fetch_budget = 15s;  // of the first try; what needs longer waits among the late ones
constexpr auto fetch_budget = 60s;
constexpr auto unreadable_rest = std::chrono::minutes(5);
constexpr int all_of_it = 200;  // 206 is a piece
bool succeeded(int status) { return status >= 200 && status <= 299; }

Awaitable<Result<void>> take_chunk(SealedFile& file, SoundCheck& check, std::string_view chunk) {
    check.see(chunk);
    co_return file.write(chunk);
}

std::string ms(ops::UtcMs at) { return std::to_string(at.time_since_epoch().count()); }

/// What a status other than "done" and "gone" means.
errc meaning(int status) {
    const bool later = status >= 500 || status == 408 || status == 429;
    return later ? errc::unavailable : errc::refused;
}

/// Held, the provider's copy goes, and with it what we lack of the worker's words.
Result<void> taken_whole(int status, const SoundCheck& check, int seconds) {
    if (status == 404 || status == 410) {
        return errc::gone;
    }
    if (!succeeded(status)) {
        return meaning(status);
    }
    if (status != all_of_it || !check.is_sound()) {
        return errc::no_sound;
    }
    if (!check.may_last(std::chrono::seconds(seconds))) {
        return errc::cut_short;
    }
    return {};
}

}  // namespace

/// A job that no key of ours opens must not stand in the way of the others.
Awaitable<void> RecordingDesk::put_off(std::string index, std::string id) {
    redis::Commit later;
    later.writes.push_back(
        {redis::Op::zadd, std::move(index), {ms(clock_.now() + unreadable_rest), std::move(id)}});
    const Result<redis::Committed> committed = co_await redis::commit(client_, later, clock_.in(op_budget));
    ops::log(ops::Level::error, "recording_put_off", {{"written", static_cast<bool>(committed)}});
}

Awaitable<void> RecordingDesk::leave(std::string index, std::string id) {
    redis::Commit commit;
    failed_.erase(id);
    commit.writes.push_back({redis::Op::zrem, std::move(index), {std::move(id)}});
    const Result<redis::Committed> left = co_await redis::commit(client_, commit, clock_.in(op_budget));
    ops::log(ops::Level::info, "recording_finished_elsewhere", {{"written", static_cast<bool>(left)}});
}

/// What cannot succeed rests, so that it takes nobody's place; a person reads why.
Awaitable<void> RecordingDesk::put_aside(RecordingJob job, Aside aside, boost::system::error_code error) {
    const stores::Keyspace keys(job.program);
    const Result<std::string> sealed = co_await seal_job(keys.recording_job(job.id), job);
    if (!sealed) {
        co_return;
    }
    redis::Commit commit;
    commit.writes.push_back({redis::Op::must_exist, keys.recording_job(job.id), {}});  // see settle()
    commit.writes.push_back({redis::Op::set, keys.recording_job(job.id), {*sealed}});
    commit.writes.push_back({redis::Op::zadd, keys.recordings(), {ms(clock_.now() + aside.rest), job.id}});
    commit.writes.push_back({redis::Op::hset, keys.recordings_aside(), {job.id, to_line(aside)}});
    if (!put_aside_after(error, job.attempts - 1, job.held)) {  // once, not with every look at it
        audit::add_entry(commit.writes, keys,
                         {audit::What::recording_put_aside, job.case_id, "", "", std::string(aside.word)});
    }
    const Result<redis::Committed> committed = co_await redis::commit(client_, commit, clock_.in(op_budget));
    if (committed && committed->outcome == redis::Committed::Outcome::unmet) {
        failed_.erase(job.id);
        co_return;
    }
    put_aside_.add();
    ops::log(ops::Level::error, "recording_put_aside",
             {{"attempts", job.attempts}, {"error", error}, {"written", static_cast<bool>(committed)}});
}

Awaitable<Result<RecordingJob>> RecordingDesk::open_job(std::string key) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(key);
    Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, clock_.in(op_budget));
    if (!loaded) {
        co_return loaded.error();
    }
    if (!loaded->extras.front()) {
        co_return errc::gone;
    }
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::conversation, std::move(key), std::move(*loaded->extras.front())});
    const Result<std::vector<std::string>> plain = co_await vault_.open(std::move(to_open));
    if (!plain) {
        co_return plain.error();
    }
    co_return parse_job(plain->front());
}

Awaitable<void> RecordingDesk::advance(std::string program, std::string id) {
    std::string key = stores::Keyspace(program).recording_job(id);
    Result<RecordingJob> job = co_await open_job(std::move(key));
    if (!job && job.error().category() == redis::category()) {
        co_return;  // the store is gone: it is still due and the next round comes
    }
    if (!job && job.error() == make_error_code(errc::gone)) {
        co_await leave(stores::Keyspace(program).recordings(), std::move(id));
        co_return;
    }
    if (!job) {
        ops::log(ops::Level::error, "recording_job_unreadable", {{"error", job.error()}});
        co_await put_off(stores::Keyspace(program).recordings(), std::move(id));
        co_return;
    }
    const Result<std::int64_t> wanted_still = co_await wanted(*job);
    if (!wanted_still) {
        co_return;
    }
    const Result<void> done = co_await bring_home(*job, *wanted_still != 0);
    if (!done) {
        ++job->attempts;
        note_failure(id, done.error());
        const std::optional<Aside> aside = put_aside_after(done.error(), job->attempts, job->held);
        if (aside) {
            co_await put_aside(std::move(*job), *aside, done.error());
            co_return;
        }
        ops::log(job->attempts > 5 ? ops::Level::error : ops::Level::warn, "recording_delayed",
                 {{"attempts", job->attempts}, {"held", job->held}, {"error", done.error()}});
    }
    if (done) {
        failed_.erase(id);
    }
    const Result<void> settled = co_await settle(std::move(*job), done.has_value());
    if (!settled) {
        ops::log(ops::Level::warn, "recording_settle_failed", {{"error", settled.error()}});
    }
}

/// Holds the recording while somebody wants it, then erases the provider's copy.
Awaitable<Result<void>> RecordingDesk::bring_home(RecordingJob& job, bool wanted_still) {
    if (!job.held) {  // sealed, and perhaps erased at the provider, by a process that did not live to say so
        const Result<bool> held = is_held(blob_path(job.id));
        job.held = held && *held;
    }
    if (!wanted_still) {
        remove_file(blob_path(job.id));            // also what a round before this one fetched
        remove_file(blob_path(job.id) + ".part");  // or began to, in a process that was killed
    } else if (!job.held) {
        const Result<void> fetched = co_await fetch(job);
        job.held = static_cast<bool>(fetched);
        ops::test_point("after_seal");
        const Result<std::int64_t> meanwhile = co_await wanted(job);
        if (meanwhile && *meanwhile == 0) {  // the worker deleted it while it came in
            remove_file(blob_path(job.id));
        }
        if (!fetched) {
            co_return fetched.error();
        }
    }
    ops::test_point("before_erase");
    const Result<void> erased = co_await erase(job);
    ops::test_point("after_erase");
    co_return erased;
}

Awaitable<Result<std::int64_t>> RecordingDesk::wanted(const RecordingJob& job) {
    redis::Command command{"SISMEMBER", stores::Keyspace(job.program).case_recordings(job.case_id), job.id};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(command), clock_.in(op_budget));
    if (!reply) {
        co_return reply.error();
    }
    const std::int64_t* member = reply->integer();
    if (member == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    co_return *member;
}

Awaitable<Result<void>> RecordingDesk::fetch(const RecordingJob& job) {
    const auto [provider, credentials] = routes_.account(job.account);
    const vault::CirclePublicKey* circle = routes_.circle(job.circle.empty() ? job.program : job.circle);
    if (provider == nullptr || circle == nullptr) {
        co_return errc::no_program;
    }
    const std::string context = cases::recording_context(job.program, job.id);
    auto sealer = std::make_unique<vault::StreamSealer>(*circle, context);
    const Result<std::string> opening = co_await cases::lock_one(vault_, context, sealer->header());
    if (!opening) {
        co_return opening.error();
    }
    Result<SealedFile> file = SealedFile::create(blob_path(job.id), std::move(sealer), *opening);
    if (!file) {
        co_return file.error();
    }
    SealedFile& sealed = *file;
    if (!job.remote.bytes.empty()) {  // they came with the event
        const Result<void> written = sealed.write(job.remote.bytes);
        ops::test_point("after_fetch");
        co_return written ? sealed.finish() : written;
    }
    std::optional<http::Outgoing> request = provider->fetch(job.remote, *credentials);
    if (!request) {
        co_return errc::foreign;
    }
    SoundCheck check;
    http::Sink sink = [&](std::string_view chunk) { return take_chunk(sealed, check, chunk); };
    const auto patience = failed_.contains(job.id) ? fetch_budget : first_fetch_budget;
    const Result<http::Answer> answer =
        co_await routes_.client.stream(std::move(*request), std::move(sink), clock_.in(patience));
    if (!answer) {
        co_return answer.error();
    }
    const Result<void> whole = taken_whole(answer->status, check, job.seconds);
    if (!whole) {
        co_return whole.error();
    }
    ops::test_point("after_fetch");
    co_return sealed.finish();
}

Awaitable<Result<void>> RecordingDesk::erase(const RecordingJob& job) {
    const auto [provider, credentials] = routes_.account(job.account);
    if (provider == nullptr) {
        co_return errc::no_program;
    }
    std::optional<http::Outgoing> request = provider->erase(job.remote, *credentials);
    if (!request) {
        co_return Result<void>();
    }
    const Result<http::Answer> answer =
        co_await routes_.client.fetch(std::move(*request), clock_.in(fetch_budget));
    if (!answer) {
        co_return answer.error();
    }
    const bool gone = succeeded(answer->status) || answer->status == 404;
    co_return gone ? Result<void>() : meaning(answer->status);
}

Awaitable<Result<void>> RecordingDesk::settle(RecordingJob job, bool done) {
    const stores::Keyspace keys(job.program);
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    // The count falls once, whatever is repeated; and what another server has brought home is not tried again.
    commit.writes.push_back({redis::Op::must_exist, keys.recording_job(job.id), {}});
    if (done) {
        commit.writes.push_back({redis::Op::del, keys.recording_job(job.id), {}});
        commit.writes.push_back({redis::Op::zrem, keys.recordings(), {job.id}});
        commit.writes.push_back({redis::Op::hdel, keys.recordings_aside(), {job.id}});
        commit.writes.push_back({redis::Op::incrby, keys.pending_recordings(job.conversation), {"-1"}});
        audit::add_entry(commit.writes, keys, {audit::What::recording_held, job.case_id});
    } else {
        const Result<std::string> sealed = co_await seal_job(keys.recording_job(job.id), job);
        if (!sealed) {
            co_return sealed.error();
        }
        commit.writes.push_back({redis::Op::set, keys.recording_job(job.id), {*sealed}});
        commit.writes.push_back(
            {redis::Op::zadd, keys.recordings(), {ms(clock_.now() + backoff(job.attempts)), job.id}});
    }
    const Result<redis::Committed> committed = co_await redis::commit(client_, commit, clock_.in(op_budget));
    if (!committed) {
        co_return committed.error();
    }
    if (committed->outcome == redis::Committed::Outcome::unmet) {
        failed_.erase(job.id);
    }
    co_return Result<void>();
}

}  // namespace rightsline::conversations
