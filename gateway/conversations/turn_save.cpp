// The last part of a turn: seal, commit, answer.
#include <algorithm>
#include <charconv>
#include <ctime>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/conversations/error.hpp"
#include "gateway/conversations/seeded_bugs.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "redis/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 400ms;
constexpr int secret_kept_seconds = 600;

std::string day_of(ops::UtcMs at) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

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
    const bool late_ending = !work.envelope && std::holds_alternative<flows::HungUp>(work.inbound.event);
    if (late_ending) {  // the call's conversation is over: nothing is left to end
        co_return work.line.provider->encode(work.inbound.hook, {}, {});
    }
    const Result<void> decided = co_await decide(work);
    if (!decided) {
        co_return decided.error();
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
        response = work.line.provider->encode(work.inbound.hook, actions, work.line.urls);
    }
    co_return co_await save(work, std::move(response));
}

/// Sealed parts, one list entry each. What is added to a case needs the case: another phone may have deleted it.
void Turns::keep_parts(const Working& work, const Told& told, std::vector<redis::Write>& writes) const {
    const bool filed_now = std::any_of(work.told.begin(), work.told.end(), [&told](const Told& one) {
        return one.filing && one.case_id == told.case_id;
    });
    if (told.of_case && !filed_now && !told.parts.empty()) {
        writes.push_back({redis::Op::must_exist, work.names.keys.case_facts(told.case_id), {}});
    }
    const vault::CirclePublicKey& circle = programs_.at(work.line.program).circle;
    for (const flows::Part& part : told.parts) {
        writes.push_back(
            {redis::Op::rpush,
             work.names.keys.case_parts(told.case_id),
             {cases::seal_part(circle, work.line.program, told.case_id, part, seconds(work.now))}});
    }
}

/// The draft becomes a case: facts, list and audit entry.
Awaitable<Result<void>> Turns::keep_filing(Working& work, const Told& told,
                                           std::vector<redis::Write>& writes) {
    Result<std::string> alias = co_await services_.deeds.codes().take_alias(work.line.program, work.budget);
    if (!alias) {
        co_return alias.error();
    }
    cases::CaseFacts facts;
    facts.id = told.case_id;
    facts.alias = std::move(*alias);
    facts.status = "received";
    facts.urgency = told.filing->urgency;
    facts.family = told.filing->family;
    facts.language = work.pack->languages[told.language].str();
    facts.mode = cases::to_word(work.step.conversation.mode);
    facts.reason = told.filing->reason;
    facts.filed_hour = seconds(work.now) / 3600 * 3600;
    std::vector<redis::Write> filed = cases::filing_writes(work.names.keys, facts);
    std::move(filed.begin(), filed.end(), std::back_inserter(writes));
    writes.push_back({redis::Op::xadd,
                      work.names.keys.audit(),
                      {"what", "filed", "case", told.case_id, "why", told.filing->reason}});
    co_return Result<void>();
}

/// A recording of this event: a job that fetches it, or, when no part holds it, one that only erases the copy.
Awaitable<Result<void>> Turns::keep_recording(Working& work, std::vector<redis::Write>& writes) {
    RecordingJob job;
    job.id = work.names.event_hex;
    job.program = work.line.program;
    job.account = work.line.account;
    job.conversation = work.names.conversation;
    job.remote = *work.inbound.recording;
    for (const Told& told : work.told) {
        for (const flows::Part& part : told.parts) {
            job.case_id = part.recording == job.id ? told.case_id : job.case_id;
        }
    }
    Result<std::vector<redis::Write>> adopted = co_await services_.recordings.adopt(job);
    if (!adopted) {
        co_return adopted.error();
    }
    std::move(adopted->begin(), adopted->end(), std::back_inserter(writes));
    work.recording = std::move(job);
    co_return Result<void>();
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

Awaitable<Result<std::vector<redis::Write>>> Turns::effects(Working& work) {
    std::vector<redis::Write> writes = std::move(work.writes);
    for (const Told& told : work.told) {
        keep_parts(work, told, writes);
        if (told.filing) {
            const Result<void> filed = co_await keep_filing(work, told, writes);
            if (!filed) {
                co_return filed.error();
            }
        }
    }
    if (work.inbound.recording) {
        const Result<void> adopted = co_await keep_recording(work, writes);
        if (!adopted) {
            co_return adopted.error();
        }
    }
    for (const std::string& fact : work.step.facts) {
        writes.push_back(
            {redis::Op::hincrby, work.names.keys.counts(), {day_of(work.now) + ":" + fact, "1"}});
    }
    std::vector<redis::Write> withdrawn = services_.recordings.withdraw(work.line.program, work.forgotten);
    std::move(withdrawn.begin(), withdrawn.end(), std::back_inserter(writes));
    keep_timer(work, writes);
    co_return writes;
}

Awaitable<Result<http::Response>> Turns::save(Working& work, http::Response response) {
    const stores::Keyspace& keys = work.names.keys;
    Result<std::vector<redis::Write>> writes = co_await effects(work);
    if (!writes) {
        co_return writes.error();
    }
    const bool secret = says_secret(work.step.actions);
    Envelope after{work.step.conversation, secret ? std::optional(work.names.event) : std::nullopt};
    if (!secret && work.envelope && work.envelope->secret_event) {
        if (work.step.ended) {  // the call that heard the code is over: its answer goes now
            writes->push_back(
                {redis::Op::del, keys.secret_answer(vault::KeyedId{*work.envelope->secret_event}.hex()), {}});
        } else {
            after.secret_event = work.envelope->secret_event;
        }
    }
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
    Guard guard{work.names.content, secret, secret ? std::string() : std::move((*sealed)[0])};
    if (secret) {
        writes->push_back({redis::Op::set_for,
                           keys.secret_answer(work.names.event_hex),
                           {std::move((*sealed)[0]), std::to_string(secret_kept_seconds)}});
    }
    redis::Commit commit;
    commit.once_key = work.names.guard_key;
    commit.once_index = keys.guards();
    commit.answer = to_bytes(guard);
    commit.document_key = work.names.document_key;
    commit.expected_version = work.version;
    if (!work.step.ended) {
        commit.document = std::move((*sealed)[1]);
    }
    commit.writes = std::move(*writes);
    commit.now_ms = work.now.time_since_epoch().count();
    ops::test_point("before_commit");
    const Result<redis::Committed> done = co_await this->commit(commit, work.budget);
    if (!done) {
        work.unsure = done.error() == redis::make_error_code(redis::errc::outcome_unknown);
        co_return done.error();
    }
    ops::test_point("after_commit");
    if (done->outcome != redis::Committed::Outcome::committed) {
        work.conflict = true;  // somebody was faster: read again, and a duplicate finds its answer there
        work.case_gone = work.case_gone || done->outcome == redis::Committed::Outcome::unmet;
        co_return response;
    }
    if (done->clock_suspect) {
        ops::log(ops::Level::warn, "clock_suspect");
    }
    counters_->committed.add();
    after_commit(work);
    co_return response;
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
    if (!work.forgotten.empty()) {
        services_.recordings.forget(work.forgotten);
    }
}

}  // namespace rightsline::conversations
