// Recordings that never come to a turn, so that the provider's word is all we have of them.
//
// One is taken as if it had come in order, on its call as it was before the hang-up (ended_call.cpp), into the case that
// the hang-up filed. Without such a call it is a report of its own.
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 4000ms;

}  // namespace

/// Once for each recording, whoever comes first: the event's name is the recording's.
redis::Commit Turns::late_commit(const Working& work, std::vector<redis::Write> writes) {
    redis::Commit late;
    late.once_key = work.names.keys.guard("late:" + work.names.event_hex);
    late.once_index = work.names.keys.guards();
    late.now_ms = work.now.time_since_epoch().count();
    late.writes = std::move(writes);
    return late;
}

/// One try to take it: into the case of its call, or as a report of its own.
Awaitable<Result<redis::Committed>> Turns::take_untaken(Working& work, const RecordingJob& news) {
    work.told.clear();
    work.writes.clear();
    work.raise.reset();
    work.forgotten.clear();
    const flows::Recorded recorded{news.id, flows::Seconds{news.seconds}};
    const bool sound = news.seconds != 0;  // else only the provider's copy is erased
    if (sound) {
        const flows::Event event = recorded;
        const flows::Context context = context_of(work, programs_.at(news.program));
        const Result<void> taken = co_await take_late(work, event, context);
        if (!taken) {
            co_return taken.error();
        }
    }
    std::vector<redis::Write> writes = std::move(work.writes);
    const Result<void> kept = co_await keep_told(work, writes);
    if (!kept) {
        co_return kept.error();
    }
    const Result<std::vector<redis::Write>> claim = co_await services_.recordings.claim(news);
    if (!claim) {
        co_return claim.error();
    }
    writes.insert(writes.end(), claim->begin(), claim->end());
    const redis::Commit late = late_commit(work, std::move(writes));
    co_return co_await commit(late, work.budget);
}

Awaitable<void> Turns::file_untaken(RecordingJob news) {
    LineContext line;
    line.program = news.program;
    line.account = news.account;
    providers::Inbound inbound;
    inbound.mode = flows::Mode::voice;
    inbound.recording = news.remote;
    inbound.event = flows::Recorded{news.id, flows::Seconds{news.seconds}};
    const Names names{stores::Keyspace(news.program), news.conversation, {}, news.id, {}, ""};
    Working work{line, inbound, names, services_.clock.in(budget)};
    work.now = services_.clock.now();
    work.pack = services_.packs.active(news.program);
    if (!work.pack || !programs_.contains(news.program)) {
        co_return;  // it is still due and the next round comes
    }
    work.step.conversation.mode = flows::Mode::voice;
    work.call_over = true;
    const Result<void> found = co_await find_overtaken(work);
    if (!found) {
        co_return;  // the store is gone
    }
    Result<redis::Committed> done = co_await take_untaken(work, news);
    if (done && done->outcome == redis::Committed::Outcome::unmet && work.overtaken) {
        work.case_gone = true;  // its case was deleted, or else a turn has taken the recording
        done = co_await take_untaken(work, news);
    }
    if (!done) {
        ops::log(ops::Level::warn, "late_recording_not_filed", {{"error", done.error()}});
    } else if (done->outcome != redis::Committed::Outcome::unmet) {  // a duplicate is our own, unheard of
        ops::log(ops::Level::warn, "late_recording_filed", {{"seconds", news.seconds}});
        after_commit(work);
    } else {
        const Result<void> dropped = co_await services_.recordings.drop_news(std::move(news));
        ops::log(ops::Level::debug, "recording_was_taken", {{"dropped", static_cast<bool>(dropped)}});
    }
}

}  // namespace rightsline::conversations
