// Recordings that come late: after the hang-up of their call, or never to a turn, so that the provider's word is all we
// have of them.
//
// A hang-up and the recording that it ended leave the provider at the same moment, and the hang-up may arrive first. So
// the call as it was before is kept for a while, sealed; what comes late is taken as if it had come in order, into the
// case that the hang-up filed. Without such a call it is a report of its own.
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 4000ms;
constexpr int overtaken_seconds = 600;  // a provider repeats a step for less than that

}  // namespace

Awaitable<Result<void>> Turns::hear_of_recording(LineContext line, providers::Inbound inbound) {
    const Result<Names> names = co_await name(line, inbound);
    if (!names) {
        co_return names.error();
    }
    const auto* recorded = std::get_if<flows::Recorded>(&inbound.event);
    RecordingJob news;
    news.id = names->event_hex;
    news.program = line.program;
    news.account = line.account;
    news.conversation = names->conversation;
    news.remote = *inbound.recording;
    const bool sound = recorded != nullptr && !recorded->recording.empty();
    news.seconds = sound ? static_cast<int>(recorded->length.count()) : 0;
    co_return co_await services_.recordings.hear(std::move(news));
}

/// Once for each recording, whoever comes first: the event's name is the recording's.
redis::Commit Turns::late_commit(const Working& work, std::vector<redis::Write> writes) {
    redis::Commit late;
    late.once_key = work.names.keys.guard("late:" + work.names.event_hex);
    late.once_index = work.names.keys.guards();
    late.now_ms = work.now.time_since_epoch().count();
    late.writes = std::move(writes);
    return late;
}

/// The call of a hang-up, without what it could say: a code, or one that was typed.
Awaitable<Result<void>> Turns::keep_for_late(Working& work) {
    const bool ends = work.names.call && work.envelope && work.step.ended &&
                      std::holds_alternative<flows::HungUp>(work.inbound.event);
    if (!ends) {
        co_return Result<void>();
    }
    flows::Conversation before = work.envelope->conversation;
    before.filed = work.step.conversation.filed;
    before.filed_as = work.step.conversation.filed_as;
    before.values.clear();
    before.pending.clear();
    const std::string key = work.names.keys.ended_call(work.names.conversation);
    std::vector<vault::SealRequest> to_seal;
    to_seal.push_back({vault::Purpose::conversation, key, flows::pack(before)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    const std::string seconds = std::to_string(overtaken_seconds);
    work.writes.push_back({redis::Op::set_for, key, {std::move(sealed->front()), seconds}});
    co_return Result<void>();
}

/// No conversation: a new one, or a call that its hang-up ended a moment ago.
Awaitable<Result<void>> Turns::open_nothing(Working& work, redis::Loaded loaded) {
    const auto* recorded = std::get_if<flows::Recorded>(&work.inbound.event);
    const bool late = recorded != nullptr && !recorded->recording.empty() && loaded.extras.size() > 2;
    if (late && loaded.extras[2]) {
        co_await open_overtaken(work, std::move(*loaded.extras[2]));
    }
    co_return work.pack ? Result<void>() : Result<void>(errc::no_program);
}

/// What cannot be opened is no reason to lose the recording: it is then a report of its own.
Awaitable<void> Turns::open_overtaken(Working& work, std::string sealed) {
    std::vector<vault::SealRequest> to_open;
    const std::string key = work.names.keys.ended_call(work.names.conversation);
    to_open.push_back({vault::Purpose::conversation, key, std::move(sealed)});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(to_open));
    Result<flows::Conversation> before =
        plain ? flows::unpack(plain->front()) : Result<flows::Conversation>(plain.error());
    if (!before) {
        ops::log(ops::Level::error, "ended_call_unreadable", {{"error", before.error()}});
        co_return;
    }
    const Result<flows::PackPtr> pinned =
        co_await services_.packs.find(work.line.program, before->pack, work.budget);
    if (pinned) {
        work.pack = *pinned;
        work.overtaken = std::move(*before);
    }
}

Awaitable<void> Turns::find_overtaken(Working& work) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(work.names.keys.ended_call(work.names.conversation));
    Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, work.budget);
    if (loaded && loaded->extras.front()) {
        co_await open_overtaken(work, std::move(*loaded->extras.front()));
    }
}

/// The recording first and then the hang-up, as it was on the phone. Nobody is there any more to be answered.
void Turns::take_overtaken(Working& work, const flows::Event& event, const flows::Context& context) {
    const auto keep = [&work](flows::Step& step) {
        collect(work.told, step);
        amend(work.names.keys, *work.pack, step, work.now, work.writes);
    };
    work.step = flows::step(*work.pack, *work.overtaken, event, context);
    keep(work.step);
    if (!work.step.ended) {
        flows::Step over = flows::step(*work.pack, work.step.conversation, flows::HungUp{}, context);
        keep(over);
        merge(work.step, std::move(over));
    }
    keep_unheard(work, event);
    work.step.pending.reset();
    work.step.ended = work.step.silent = true;
    ops::log(ops::Level::info, "recording_overtaken", {{"joins", work.overtaken->filed}});
}

/// One try to take it: into the case of its call, or as a report of its own.
Awaitable<Result<redis::Committed>> Turns::take_untaken(Working& work, const RecordingJob& news) {
    work.told.clear();
    work.writes.clear();
    const flows::Recorded recorded{news.id, flows::Seconds{news.seconds}};
    const bool sound = news.seconds != 0;  // else only the provider's copy is erased
    if (sound && work.overtaken) {
        take_overtaken(work, recorded, context_of(work, programs_.at(news.program)));
    } else if (sound) {
        work.told.push_back(report_of(recorded, 0, flows::Urgency::p3));
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
    co_await find_overtaken(work);
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
