#include "gateway/reach/ping_desk.hpp"

#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_store.hpp"
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
constexpr const char* ping_text = "common.ping";

const std::vector<redis::Write> nothing_more;

}  // namespace

PingDesk::PingDesk(PingServices services, std::map<std::string, UtcOffset> places)
    : services_(std::move(services)),
      places_(std::move(places)),
      texting_(services_.redis, services_.vault, services_.clock, services_.packs),
      pinged_(services_.metrics.counter("rightsline_pings_total",
                                        "Texts that told a worker that a message waits")),
      held_(services_.metrics.counter("rightsline_pings_held_total",
                                      "Texts to workers that were owed and are held back")),
      failed_(services_.metrics.counter("rightsline_ping_failures_total",
                                        "Looks at cases that failed, and are tried again")) {}

Awaitable<void> PingDesk::work(std::string program) {
    const auto place = places_.find(program);
    if (place == places_.end()) {
        co_return;
    }
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, stores::Keyspace(program).to_reach(), ms(services_.clock.now()),
                            due_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await look_at(program, place->second, (*due)[i]);
    }
}

/// What cannot be looked at stands in nobody's way: it is tried again in a minute.
Awaitable<void> PingDesk::look_at(std::string program, const UtcOffset& place, std::string member) {
    const std::string case_id = member.substr(0, member.find(':'));
    const Deadline in_time = services_.clock.in(store_budget);
    cases::CaseStore store(services_.redis);
    const Result<cases::CaseFacts> facts = co_await store.facts(program, case_id, in_time);
    Result<cases::Reach> reach = co_await texting_.book().reach(program, case_id, in_time);
    Result<StoredOutreach> stored = co_await texting_.load(program, case_id, in_time);
    Result<void> done;
    if (!facts && facts.error() == stores::make_error_code(stores::errc::no_such_case)) {
        done = co_await leave(program, member, nothing_more);
    } else if (!facts || !reach || !stored) {
        done = !facts ? facts.error() : !reach ? reach.error() : stored.error();
    } else {
        const bool wanted = reach->texts && !reach->sealed_number.empty();
        Look look{program,
                  member,
                  *facts,
                  std::move(*reach),
                  std::move(stored->outreach),
                  stored->version,
                  {facts->replies, facts->replies_read, facts->returns, wanted}};
        note_return(look.outreach, look.standing);
        const SafeHours hours(look.reach.hours, texting_.quiet_hours(program));
        Plan next = plan(look.outreach, look.standing, hours, place, services_.clock.now());
        done = co_await carry_out(std::move(look), next);
    }
    if (!done) {
        failed_.add();
        ops::log(ops::Level::error, "ping_failed", {{"error", done.error()}});
        const std::string later = std::to_string(ms(services_.clock.now() + after_trouble));
        std::vector<redis::Write> again{
            {redis::Op::zadd, stores::Keyspace(program).to_reach(), {later, member}}};
        const Result<void> put_off = co_await leave(program, "", std::move(again));
        (void)put_off;  // then it is due at once
    }
}

Awaitable<Result<void>> PingDesk::carry_out(Look look, Plan plan) {
    if (const Wait* later = std::get_if<Wait>(&plan)) {
        const ops::UtcMs until = later->until;
        co_return co_await wait(look, until);
    }
    if (const Hold* held = std::get_if<Hold>(&plan)) {
        const std::string_view why = held->why;
        co_return co_await hold(std::move(look), why);
    }
    if (const Tell* now = std::get_if<Tell>(&plan)) {
        const Window window = now->window;
        const bool stopped = look.reach.stopped;
        const bool silent = texting_.words(look.program, ping_text, look.reach.language).empty();
        if (stopped || silent) {
            const std::string_view why = stopped ? held_stop : held_no_way;
            co_return co_await hold(std::move(look), why);
        }
        co_return co_await tell(std::move(look), window);
    }
    co_return co_await leave(look.program, look.member, nothing_more);
}

Awaitable<Result<void>> PingDesk::wait(const Look& look, ops::UtcMs until) {
    const std::string key = stores::Keyspace(look.program).to_reach();
    std::vector<redis::Write> later{{redis::Op::zadd, key, {std::to_string(ms(until)), look.facts.id}}};
    const std::string done_with = look.member == look.facts.id ? "" : look.member;
    co_return co_await leave(look.program, done_with, std::move(later));
}

/// Takes `member` out of the index; "" = none.
Awaitable<Result<void>> PingDesk::leave(const std::string& program, std::string member,
                                        std::vector<redis::Write> more) {
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes = std::move(more);
    if (!member.empty()) {
        commit.writes.push_back({redis::Op::zrem, stores::Keyspace(program).to_reach(), {std::move(member)}});
    }
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    co_return done ? Result<void>() : done.error();
}

Awaitable<Result<void>> PingDesk::tell(Look look, Window window) {
    std::string words = texting_.words(look.program, ping_text, look.reach.language);
    Result<outbox::Message> message =
        co_await texting_.message(look.program, look.facts.id, look.reach, std::move(words), window);
    std::string what =
        "ping|" + look.program + "|" + look.facts.id + "|" + std::to_string(look.outreach.made + 1);
    const Result<std::string> name = co_await texting_.name(std::move(what));
    if (!message || !name) {
        co_return message ? name.error() : message.error();
    }
    const ops::UtcMs at_once{};
    Result<std::vector<redis::Write>> posted =
        co_await services_.outbox.post(look.reach.line, *name, std::move(*message), at_once);
    if (!posted && is_no_way(posted.error())) {
        co_return co_await hold(std::move(look), held_no_way);
    }
    if (!posted) {
        co_return posted.error();
    }
    const ops::UtcMs now = services_.clock.now();
    const stores::Keyspace keys(look.program);
    note_ping(look.outreach, look.standing, {*name, look.reach.line, now});
    redis::Commit commit;
    commit.writes = std::move(*posted);
    commit.writes.push_back(
        {redis::Op::hset, keys.case_facts(look.facts.id), {"pinged_hour", std::to_string(hour_of(now))}});
    audit::add_entry(commit.writes, keys, {audit::What::pinged, look.facts.id});
    ops::test_point("before_ping");
    const Result<redis::Committed> kept = co_await keep(std::move(look), std::move(commit));
    ops::test_point("ping_posted");
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome == redis::Committed::Outcome::committed) {
        pinged_.add();
        services_.posted();
    }
    co_return Result<void>();
}

/// Noted when it is news.
Awaitable<Result<void>> PingDesk::hold(Look look, std::string_view why) {
    if (look.outreach.held == why) {
        co_return co_await leave(look.program, look.member, nothing_more);
    }
    look.outreach.held = why;
    held_.add();
    redis::Commit commit;
    audit::Act act{audit::What::ping_held, look.facts.id};
    act.why = why;
    audit::add_entry(commit.writes, stores::Keyspace(look.program), std::move(act));
    const Result<redis::Committed> kept = co_await keep(std::move(look), std::move(commit));
    co_return kept ? Result<void>() : kept.error();
}

/// The case may have been deleted meanwhile, or another server was faster: then nothing is written, and the next look sees it.
Awaitable<Result<redis::Committed>> PingDesk::keep(Look look, redis::Commit commit) {
    const stores::Keyspace keys(look.program);
    commit.writes.push_back({redis::Op::zrem, keys.to_reach(), {look.member}});
    StoredOutreach record{std::move(look.outreach), look.version};
    const Deadline in_time = services_.clock.in(store_budget);
    co_return co_await texting_.keep(look.program, look.facts.id, std::move(record), std::move(commit),
                                     in_time);
}

}  // namespace rightsline::reach
