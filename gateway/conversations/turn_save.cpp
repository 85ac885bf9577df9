// The last part of a turn: seal, commit, answer.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "flows/words.hpp"
#include "gateway/cases/case_file.hpp"
#include "gateway/conversations/picture_notice.hpp"
#include "gateway/conversations/seeded_bugs.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/ops/zone.hpp"
#include "locales/folding.hpp"
#include "redis/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 400ms;
constexpr int secret_kept_seconds = 600;
constexpr auto answers_for = 3h;  // whoever holds the phone after that does not wait for us

bool is_too_old_to_answer(const providers::Inbound& inbound, ops::UtcMs now) {
    return inbound.said_at && now - *inbound.said_at > answers_for;
}

bool erases(const redis::Commit& commit) {
    return std::any_of(commit.writes.begin(), commit.writes.end(),
                       [](const redis::Write& write) { return write.op == redis::Op::del; });
}

/// The carrier may hold a STOP that we never saw (note_stop() of the outbox did): this undoes it there, and so here.
bool lets_in_again(const flows::Pack& pack, const flows::Event& event) {
    const auto* text = std::get_if<flows::Texted>(&event);
    if (text == nullptr || text->body.reveal().size() < 3 || text->body.reveal().size() > 32) {
        return false;
    }
    const std::string folded = locales::fold(text->body.reveal());
    return folded == "yes" || std::ranges::any_of(pack.reading, [&](const locales::ReadingWords& words) {
               return std::ranges::find(words.start, folded) != words.start.end();
           });
}

/// The provider's copy of a text. Pictures are there only: with them its words may go, but not the message.
bool erases_copy(const LineContext& line, const providers::Inbound& inbound) {
    const bool erased = line.copies == outbox::CopyPolicy::redact ||
                        (line.copies == outbox::CopyPolicy::erase && inbound.pictures == 0);
    return erased && inbound.hook == providers::Hook::sms && !inbound.message.empty();
}

/// A secret of this step is the number of the report that was told here, not what waits for an opened one.
bool tells_number(const flows::Step& step) {
    return step.conversation.filed && !step.conversation.returned && !step.silent;
}

constexpr std::uint32_t held_after_turns = 3;  // questions that nobody answered: half a minute and more

}  // namespace

Awaitable<Result<providers::ReturnUrls>> Turns::urls_of_call(const Working& work) {
    providers::ReturnUrls urls = work.line.urls;
    const std::uint32_t turn = work.step.conversation.turn != 0 || !work.envelope
                                   ? work.step.conversation.turn
                                   : work.envelope->conversation.turn;
    const Result<std::string> mac = co_await step_mac(work.line.account, work.inbound.call, turn);
    if (!mac) {
        co_return mac.error();
    }
    urls.step = work.line.hooks_url + "/voice/step?t=" + std::to_string(turn) + "&k=" + *mac;
    co_return urls;
}

Awaitable<Result<http::Response>> Turns::answer(Working& work) {
    if (comes_to_nothing(work)) {
        co_return work.line.provider->encode(work.inbound.hook, {}, {});
    }
    const Result<void> decided = co_await decide(work);
    if (!decided) {
        co_return decided.error();
    }
    const Result<void> kept = co_await keep_for_late(work);
    if (!kept) {
        co_return kept.error();
    }
    if (is_too_old_to_answer(work.inbound, work.now)) {
        work.step.silent = true;
    }
    if (work.inbound.pictures > 0 && !work.inbound.carrier_answered_stop) {
        tell_of_pictures(*work.pack, work.step);
    }
    static const std::vector<flows::Action> nothing;
    const std::vector<flows::Action>& actions = work.step.silent ? nothing : work.step.actions;
    http::Response response;
    if (work.inbound.mode == flows::Mode::voice) {
        const Result<providers::ReturnUrls> urls = co_await urls_of_call(work);
        if (!urls) {
            co_return urls.error();
        }
        response = work.line.provider->encode(work.inbound.hook, actions, *urls);
    } else {
        Result<http::Response> texts = co_await answer_text(work, actions);
        if (!texts) {
            co_return texts.error();
        }
        response = std::move(*texts);
    }
    co_return co_await save(work, std::move(response));
}

void Turns::keep_timer(const Working& work, std::vector<redis::Write>& writes) const {
    const std::string& conversation = work.names.document_key;
    const std::string timers = work.names.keys.timers();
    const flows::Timer& timer = work.step.timer;
    if (work.step.ended || timer.op == flows::TimerOp::clear) {
        writes.push_back({redis::Op::zrem, timers, {conversation}});
    } else if (timer.op == flows::TimerOp::set) {
        const std::string due = std::to_string(timer.due.time_since_epoch().count());
        writes.push_back({redis::Op::zadd, timers, {due, conversation}});
    }
}

void Turns::keep_facts(const Working& work, std::vector<redis::Write>& writes) const {
    for (const std::string& fact : work.step.facts) {
        writes.push_back(
            {redis::Op::hincrby, work.names.keys.counts(), {ops::iso_day(work.now) + ":" + fact, "1"}});
    }
    std::vector<redis::Write> withdrawn = services_.recordings.withdraw(work.line.program, work.forgotten);
    std::move(withdrawn.begin(), withdrawn.end(), std::back_inserter(writes));
}

/// The conversation as it will be kept. It remembers which answer said a code; that goes when the call is over.
Envelope Turns::keep_conversation(const Working& work, bool secret, std::vector<redis::Write>& writes) {
    Envelope after{work.step.conversation, secret ? std::optional(work.names.event) : std::nullopt};
    if (secret || !work.envelope || !work.envelope->secret_event) {
        return after;
    }
    if (work.step.ended) {
        const std::string heard = vault::KeyedId{*work.envelope->secret_event}.hex();
        writes.push_back({redis::Op::del, work.names.keys.secret_answer(heard), {}});
    } else {
        after.secret_event = work.envelope->secret_event;
    }
    return after;
}

/// Who says STOP stands, from this very commit on, in the set that every send is held against.
void Turns::keep_stop(const Working& work, std::vector<redis::Write>& writes) {
    const bool before = work.envelope && flows::has_stopped(work.envelope->conversation);
    const bool now = flows::has_stopped(work.step.conversation);
    if (before != now || (!now && lets_in_again(*work.pack, work.inbound.event))) {
        writes.push_back(
            {now ? redis::Op::sadd : redis::Op::srem, work.names.keys.stopped(), {work.names.conversation}});
    }
}

/// `sealed`: the answer, and the conversation while it goes on.
redis::Commit Turns::commit_of(const Working& work, bool secret, std::vector<std::string> sealed,
                               std::vector<redis::Write> writes) {
    if (secret) {
        writes.push_back({redis::Op::set_for,
                          work.names.keys.secret_answer(work.names.event_hex),
                          {std::exchange(sealed[0], {}), std::to_string(secret_kept_seconds)}});
    }
    keep_stop(work, writes);
    redis::Commit commit;
    commit.once_key = work.names.guard_key;
    commit.once_index = work.names.keys.guards();
    commit.answer = to_bytes(Guard{work.names.content, secret, std::move(sealed[0])});
    commit.document_key = work.names.document_key;
    commit.expected_version = work.version;
    if (!work.step.ended) {
        commit.document = std::move(sealed[1]);
    }
    commit.writes = std::move(writes);
    commit.now_ms = work.now.time_since_epoch().count();
    return commit;
}

Awaitable<Result<http::Response>> Turns::save(Working& work, http::Response response) {
    std::vector<redis::Write> writes = std::move(work.writes);
    if (!work.told.empty() || work.inbound.recording) {
        const Result<void> kept = co_await keep_told(work, writes);
        if (!kept) {
            co_return kept.error();
        }
    }
    keep_facts(work, writes);
    if (erases_copy(work.line, work.inbound)) {
        writes.push_back(
            outbox::request_erasure(work.names.keys, work.line.account, work.inbound.message, work.now));
    }
    keep_timer(work, writes);
    const bool secret = says_secret(work.step.actions);
    if (secret && tells_number(work.step)) {
        writes.push_back(cases::number_told(work.names.keys, draft_hex(work.step.conversation)));
    }
    const Envelope after = keep_conversation(work, secret, writes);
    std::vector<vault::SealRequest> to_seal;
    to_seal.reserve(2);
    to_seal.push_back({vault::Purpose::answer, work.names.guard_key, to_bytes(response)});
    if (!work.step.ended) {
        to_seal.push_back({vault::Purpose::conversation, work.names.document_key, to_bytes(after)});
    }
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    const redis::Commit commit = commit_of(work, secret, std::move(*sealed), std::move(writes));
    ops::test_point("before_commit");
    const Result<redis::Committed> done = co_await this->commit(commit, work.budget);
    const Result<void> settled = settle(work, done);
    if (!settled) {
        co_return settled.error();
    }
    if (!work.conflict && erases(commit) && services_.erased) {
        services_.erased();
    }
    co_return response;
}

Result<void> Turns::settle(Working& work, const Result<redis::Committed>& done) {
    if (!done) {
        work.unsure = done.error() == redis::make_error_code(redis::errc::outcome_unknown);
        return done.error();
    }
    ops::test_point("after_commit");
    if (done->outcome != redis::Committed::Outcome::committed) {
        work.conflict = true;  // somebody was faster: read again, and a duplicate finds its answer there
        work.case_gone = work.case_gone || done->outcome == redis::Committed::Outcome::unmet;
        return {};
    }
    if (done->clock_suspect) {
        ops::log(ops::Level::warn, "clock_suspect");
    }
    counters_->committed.add();
    counters_->pictures.add(work.inbound.pictures);
    after_commit(work);
    return {};
}

Awaitable<Result<redis::Committed>> Turns::commit(const redis::Commit& commit, Deadline budget) {
#ifdef RIGHTSLINE_TEST_POINTS
    if (!ops::seeded_bug().empty()) {
        co_return co_await commit_with_bug(services_.redis, commit, budget);
    }
#endif
    const Deadline first = std::min(budget, services_.clock.in(op_budget));
    Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, first);
    const bool unknown = !done && done.error() == redis::make_error_code(redis::errc::outcome_unknown);
    const bool again = unknown || (!done && done.error() == redis::make_error_code(redis::errc::not_sent));
    if (again && services_.clock.steady() < budget) {
        // The guard makes the repeat safe: if the first one arrived after all, this one is told "duplicate".
        done = co_await redis::commit(services_.redis, commit, budget);
    }
    if (!done && unknown) {  // the second try may not have left us, but the first one did
        co_return redis::errc::outcome_unknown;
    }
    co_return done;
}

void Turns::after_commit(Working& work) {
    work.code.reset();
    if (work.recording) {
        services_.recording_adopted(work.line.program);
    }
    if (work.posted && services_.posted) {
        services_.posted();
    }
    if (!work.forgotten.empty()) {
        services_.recordings.forget(work.forgotten);
    }
    tell_of_silence(work);
    if (work.step.ended && work.envelope && services_.left) {
        const flows::Values values = flows::unpack_values(work.envelope->conversation.values);
        const std::string hand_off(flows::find_value(values, "handoff"));
        if (!hand_off.empty()) {
            services_.left(work.line.program, hand_off);
        }
    }
}

/// Whether a call that is over now was a machine's, perhaps. One that we made led here by a key.
void Turns::tell_of_silence(const Working& work) const {
    const bool over =
        work.names.call && work.step.ended && work.envelope && !work.call_over && !work.inbound.we_called;
    if (!over || work.step.conversation.answered || work.envelope->conversation.answered ||
        !services_.silent_end) {
        return;
    }
    const bool held =
        work.line.free.contains(flows::Mode::voice) && work.envelope->conversation.turn >= held_after_turns;
    services_.silent_end({work.line.program, work.inbound.worker, held});
}

}  // namespace rightsline::conversations
