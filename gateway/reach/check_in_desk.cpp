#include "gateway/reach/check_in_desk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr int due_at_once = 64;
constexpr auto after_trouble = 60s;
constexpr auto at_once = 1s;        // what a look has done may call for another
constexpr auto longest_wait = 72h;  // a clock that was ahead is found out sooner than a month later
constexpr const char* question = "common.check_in";

CheckInState state_of(const cases::CaseFacts& facts, const cases::Reach& reach,
                      const cases::ConsentLedger& ledger, const Outreach& outreach) {
    CheckInState state;
    state.filed_hour = facts.filed_hour;
    const cases::Said* said = ledger.find(cases::Consent::check_in);
    state.ended = said != nullptr && said->answer == cases::Said::Answer::withdrawn;
    const bool agreed = said != nullptr && said->answer == cases::Said::Answer::yes;
    state.texts = agreed && reach.texts && !reach.sealed_number.empty() && !reach.stopped;
    state.last_text = outreach.pings.empty() ? ops::UtcMs{} : outreach.pings.back().at;
    return state;
}

}  // namespace

CheckInDesk::CheckInDesk(PingServices services, std::map<std::string, UtcOffset> places)
    : services_(std::move(services)),
      places_(std::move(places)),
      texting_(services_.redis, services_.vault, services_.clock, services_.packs),
      asked_(services_.metrics.counter("rightsline_check_ins_total",
                                       "Workers who were asked later whether all is well")),
      failed_(services_.metrics.counter("rightsline_check_in_failures_total",
                                        "Looks at check-ins that failed, and are tried again")) {}

Awaitable<void> CheckInDesk::work(std::string program) {
    const auto place = places_.find(program);
    if (place == places_.end()) {
        co_return;
    }
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, stores::Keyspace(program).to_check_in(),
                            ms(services_.clock.now()), due_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await look_at(program, place->second, (*due)[i]);
    }
}

redis::Write CheckInDesk::at(const std::string& program, const std::string& case_id, ops::UtcMs when) const {
    const ops::UtcMs latest = services_.clock.now() + longest_wait;
    return {redis::Op::zadd,
            stores::Keyspace(program).to_check_in(),
            {std::to_string(ms(std::min(when, latest))), case_id}};
}

/// Nothing is written for a case that is gone: its place in the index went with it.
Awaitable<Result<void>> CheckInDesk::keep(std::string program, std::string case_id,
                                          std::vector<redis::Write> writes) {
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes = std::move(writes);
    const redis::Write there{redis::Op::must_exist, stores::Keyspace(program).case_facts(case_id), {}};
    commit.writes.insert(commit.writes.begin(), there);
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, commit, in_time);
    co_return kept ? Result<void>() : kept.error();
}

Awaitable<Result<void>> CheckInDesk::leave(const std::string& program, const std::string& case_id,
                                           ops::UtcMs again) {
    std::vector<redis::Write> later{at(program, case_id, again)};
    co_return co_await keep(program, case_id, std::move(later));
}

Awaitable<Result<void>> CheckInDesk::done(const std::string& program, const std::string& case_id) {
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes.push_back({redis::Op::zrem, stores::Keyspace(program).to_check_in(), {case_id}});
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, commit, in_time);
    co_return kept ? Result<void>() : kept.error();
}

/// What cannot be looked at stands in nobody's way: it is tried again in a minute.
Awaitable<void> CheckInDesk::look_at(std::string program, const UtcOffset& place, std::string case_id) {
    const Deadline in_time = services_.clock.in(store_budget);
    const flows::PackPtr pack = services_.packs.active(program);
    cases::CaseStore store(services_.redis);
    cases::ConsentBook consents(services_.redis);
    const Result<cases::CaseFacts> facts = co_await store.facts(program, case_id, in_time);
    Result<cases::Reach> reach = co_await texting_.book().reach(program, case_id, in_time);
    Result<StoredOutreach> record = co_await texting_.load(program, case_id, in_time);
    const Result<cases::ConsentLedger> ledger = co_await consents.ledger(program, case_id, in_time);
    cases::CheckInBook book(services_.redis);
    const Result<std::vector<cases::CheckIn>> so_far = co_await book.of(program, case_id, in_time);
    Result<void> looked;
    if (!facts && facts.error() == stores::make_error_code(stores::errc::no_such_case)) {
        looked = co_await done(program, case_id);
    } else if (!facts || !reach || !record || !ledger || !so_far || !pack) {
        looked = !facts    ? facts.error()
                 : !reach  ? reach.error()
                 : !record ? record.error()
                 : !ledger ? ledger.error()
                 : !so_far ? so_far.error()
                           : make_error_code(redis::errc::not_sent);
    } else {
        Look look{program, *facts, std::move(*reach), std::move(*record), {}};
        look.state = state_of(look.facts, look.reach, *ledger, look.record.outreach);
        look.state.so_far = *so_far;
        looked = co_await decide(std::move(look), place, pack->check_ins);
    }
    if (!looked) {
        failed_.add();
        ops::log(ops::Level::error, "check_in_failed", {{"error", looked.error()}});
        const Result<void> put_off = co_await leave(program, case_id, services_.clock.now() + after_trouble);
        (void)put_off;  // then it is due at once
    }
}

Awaitable<Result<void>> CheckInDesk::decide(Look look, const UtcOffset& place, const std::vector<int>& days) {
    const SafeHours hours(look.reach.hours, texting_.quiet_hours(look.program));
    const ops::UtcMs now = services_.clock.now();
    const CheckInPlan plan = plan_check_in(days, look.state, hours, place, now);
    if (const auto* later = std::get_if<LookAgain>(&plan)) {
        co_return co_await leave(look.program, look.facts.id, later->at);
    }
    if (const auto* silent = std::get_if<NobodyKnows>(&plan)) {
        co_return co_await note_silence(std::move(look), silent->day);
    }
    if (const auto* text = std::get_if<AskByText>(&plan)) {
        const Window window = text->window;
        co_return co_await ask_by_text(std::move(look), text->day, window);
    }
    if (const auto* mailbox = std::get_if<AskInMailbox>(&plan)) {
        co_return co_await ask_in_mailbox(std::move(look), mailbox->day);
    }
    co_return co_await done(look.program, look.facts.id);
}

/// Two texts in a row that nobody answered are a task for whoever has the case. Of who is asked only when they come back,
/// silence says that they did not come back, and there is nothing that somebody could do.
Awaitable<Result<void>> CheckInDesk::note_silence(Look look, int day) {
    const ops::UtcMs now = services_.clock.now();
    const stores::Keyspace keys(look.program);
    std::vector<redis::Write> writes = cases::unknown_writes(keys, look.facts.id, day, hour_of(now));
    if (silent_texts(look.state, day) % 2 == 0) {
        std::vector<vault::IdRequest> requests;
        requests.push_back({vault::IdKind::event,
                            "no_answer|" + look.program + "|" + look.facts.id + "|" + std::to_string(day)});
        const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
        if (!ids) {
            co_return ids.error();
        }
        cases::Task task;
        task.id = ids->front().hex();
        task.kind = cases::task_no_answer;
        task.made = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
        task.due = task.made;
        std::vector<redis::Write> set = cases::task_writes(keys, look.facts.id, task, "");
        std::move(set.begin(), set.end(), std::back_inserter(writes));
    }
    writes.push_back(at(look.program, look.facts.id, now + at_once));
    co_return co_await keep(look.program, look.facts.id, std::move(writes));
}

Awaitable<Result<void>> CheckInDesk::ask_in_mailbox(Look look, int day) {
    const ops::UtcMs now = services_.clock.now();
    cases::CheckIn asked;
    asked.day = day;
    asked.asked = hour_of(now);
    std::vector<redis::Write> writes =
        cases::asked_writes(stores::Keyspace(look.program), look.facts.id, asked);
    writes.push_back(at(look.program, look.facts.id, now + at_once));
    const Result<void> kept = co_await keep(look.program, look.facts.id, std::move(writes));
    if (kept) {
        asked_.add();
    }
    co_return kept;
}

/// 1: that phone has another question of ours open, of another report. Its answer would be taken for this one's.
Awaitable<Result<std::int64_t>> CheckInDesk::is_asked_already(const std::string& program, std::string phone) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).open_check_in(phone));
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, in_time);
    if (!stored) {
        co_return stored.error();
    }
    co_return stored->extras.front() ? 1 : 0;
}

Awaitable<Result<redis::Write>> CheckInDesk::pointer(const Look& look, const std::string& phone, int day) {
    const std::string key = stores::Keyspace(look.program).open_check_in(phone);
    const cases::OpenCheckIn open{look.facts.id, day, look.reach.language, ms(services_.clock.now()),
                                  look.facts.circle};
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, key, cases::to_bytes(open)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    const auto kept_for = std::chrono::seconds(cases::check_in_window).count();
    co_return redis::Write{redis::Op::set_for, key, {std::move(sealed->front()), std::to_string(kept_for)}};
}

Awaitable<Result<void>> CheckInDesk::ask_by_text(Look look, int day, Window window) {
    std::string words = texting_.words(look.program, question, look.reach.language);
    if (words.empty()) {
        co_return co_await ask_in_mailbox(std::move(look), day);
    }
    Result<outbox::Message> message =
        co_await texting_.message(look.program, look.facts.id, look.reach, std::move(words), window);
    if (!message) {
        co_return message.error();
    }
    const std::string phone = message->recipient;
    const Result<std::int64_t> other = co_await is_asked_already(look.program, phone);
    const Result<redis::Write> found_by = co_await pointer(look, phone, day);
    if (!other || !found_by) {
        co_return other ? found_by.error() : other.error();
    }
    if (*other != 0) {
        const ops::UtcMs tomorrow = services_.clock.now() + between_pings;
        co_return co_await leave(look.program, look.facts.id, tomorrow);
    }
    std::string what = "check_in|" + look.program + "|" + look.facts.id + "|" +
                       std::to_string(look.record.outreach.made + 1);
    const Result<std::string> name = co_await texting_.name(std::move(what));
    if (!name) {
        co_return name.error();
    }
    const ops::UtcMs soon{};
    Result<std::vector<redis::Write>> posted =
        co_await services_.outbox.post(look.reach.line, *name, std::move(*message), soon);
    if (!posted && is_no_way(posted.error())) {
        co_return co_await ask_in_mailbox(std::move(look), day);
    }
    if (!posted) {
        co_return posted.error();
    }
    posted->push_back(*found_by);
    co_return co_await keep_question(std::move(look), day, *name, std::move(*posted));
}

/// `posted`: the message's own writes, and the pointer by which its answer is found.
Awaitable<Result<void>> CheckInDesk::keep_question(Look look, int day, std::string name,
                                                   std::vector<redis::Write> posted) {
    const ops::UtcMs now = services_.clock.now();
    const cases::CheckIn asked{day, hour_of(now), true, {}, 0};
    redis::Commit commit;
    commit.writes = cases::asked_writes(stores::Keyspace(look.program), look.facts.id, asked);
    std::move(posted.begin(), posted.end(), std::back_inserter(commit.writes));
    commit.writes.push_back(at(look.program, look.facts.id, now + at_once));
    note_question(look.record.outreach, {std::move(name), look.reach.line, now, true});
    const Deadline in_time = services_.clock.in(store_budget);
    ops::test_point("before_check_in");
    const Result<redis::Committed> kept = co_await texting_.keep(
        look.program, look.facts.id, std::move(look.record), std::move(commit), in_time);
    ops::test_point("check_in_posted");
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome == redis::Committed::Outcome::committed) {
        asked_.add();
        services_.posted();
    }
    co_return Result<void>();
}

}  // namespace rightsline::reach
