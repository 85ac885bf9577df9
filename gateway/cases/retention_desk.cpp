#include "gateway/cases/retention_desk.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "gateway/cases/error.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/ops/zone.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto op_budget = 5s;
constexpr std::int64_t a_day = 86'400'000;
constexpr std::int64_t given_up = 600'000;  // a run that says nothing for so long was killed
constexpr int page_size = 100;
constexpr std::size_t most_told = 1000;
constexpr std::int64_t least_measure = 20;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string to_bytes(const LastRun& run) {
    return json::serialize(
        json::object{{"next", run.next}, {"at", run.at}, {"done", run.done}, {"waiting", run.waiting}});
}

LastRun parse_run(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    return in == nullptr ? LastRun{}
                         : LastRun{number_of(*in, "next"), number_of(*in, "at"), number_of(*in, "done"),
                                   number_of(*in, "waiting")};
}

}  // namespace

Awaitable<Result<std::pair<std::uint64_t, LastRun>>> RetentionDesk::stored(std::string program) {
    redis::LoadKeys wanted;
    wanted.document = stores::Keyspace(program).retention();
    const Result<redis::Loaded> loaded =
        co_await redis::load(services_.redis, wanted, services_.clock.in(op_budget));
    if (!loaded) {
        co_return loaded.error();
    }
    co_return std::pair(loaded->version, loaded->version == 0 ? LastRun{} : parse_run(loaded->document));
}

Awaitable<Result<LastRun>> RetentionDesk::last(std::string program) {
    const auto found = co_await stored(std::move(program));
    co_return found ? Result<LastRun>(found->second) : found.error();
}

/// Whether we were first.
Awaitable<Result<bool>> RetentionDesk::note_run(std::string program, std::uint64_t version, LastRun run) {
    redis::Commit commit;
    commit.document_key = stores::Keyspace(program).retention();
    commit.expected_version = version;
    commit.document = to_bytes(run);
    commit.now_ms = ms(services_.clock.now());
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(op_budget));
    if (!done) {
        co_return Result<bool>(boost::system::in_place_error, done.error());
    }
    co_return done->outcome == redis::Committed::Outcome::committed;
}

Awaitable<void> RetentionDesk::work(std::string program) {
    const auto found = co_await stored(program);
    const std::int64_t now = ms(services_.clock.now());
    if (!found || found->second.next > now) {
        co_return;
    }
    LastRun run = found->second;
    run.next = now + given_up;
    const Result<bool> ours = co_await note_run(program, found->first, run);
    if (!ours || !*ours) {
        co_return;
    }
    const Result<Retained> retained = co_await this->run(program, RunKind::measure);
    if (!retained) {
        ops::log(ops::Level::warn, "retention_not_run", {{"error", retained.error()}});
        co_return;  // again when it counts as killed
    }
    run = {now + a_day, now, retained->done, retained->waiting};
    const Result<bool> noted = co_await note_run(program, found->first + 1, run);
    static_cast<void>(noted);  // else a run that finds nothing follows
    if (retained->done != 0 || retained->waiting != 0) {
        ops::log(ops::Level::info, "retention_run",
                 {{"done", retained->done}, {"waiting", retained->waiting}});
    }
}

Awaitable<Result<Retained>> RetentionDesk::run(std::string program, RunKind kind) {
    Walk walk;
    walk.pack = services_.packs.active(program);
    if (!walk.pack) {
        co_return errc::no_script;
    }
    walk.program = std::move(program);
    walk.kind = kind;
    CaseStore store(services_.redis);
    std::int64_t total = 1;
    for (std::int64_t skip = 0; skip < total;) {
        const redis::Deadline deadline = services_.clock.in(op_budget);
        Result<CasePage> page =
            co_await store.list(walk.program, static_cast<int>(skip), page_size, deadline);
        if (!page) {
            co_return page.error();
        }
        if (skip == 0) {
            walk.most = std::max(least_measure, page->total / 50);
        }
        const Result<std::int64_t> gone = co_await look_at_page(walk, std::move(page->cases));
        if (!gone) {
            co_return gone.error();
        }
        total = page->total - *gone;
        skip += page_size - *gone;
    }
    co_return std::move(walk.found);
}

/// How many cases are gone now.
Awaitable<Result<std::int64_t>> RetentionDesk::look_at_page(Walk& walk, std::vector<CaseFacts> cases) {
    const redis::Deadline deadline = services_.clock.in(op_budget);
    Result<std::vector<Standing>> standing = co_await services_.desk.standing(walk.program, cases, deadline);
    if (!standing) {
        co_return standing.error();
    }
    std::int64_t gone = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Result<bool> one = co_await look_at(walk, std::move(cases[i]), std::move((*standing)[i]));
        if (!one) {
            co_return one.error();
        }
        gone += *one ? 1 : 0;
    }
    co_return gone;
}

/// Whether the case is gone now.
Awaitable<Result<bool>> RetentionDesk::look_at(Walk& walk, CaseFacts facts, Standing standing) {
    ++walk.found.looked_at;
    const auto closed = closed_at(facts, standing.work, walk.pack->statuses, standing.told);
    const flows::CaseStatus* status = find_status(walk.pack->statuses, facts.status);
    walk.found.unreadable += status != nullptr && status->closes && !closed ? 1 : 0;
    walk.found.held += closed && facts.held ? 1 : 0;
    const std::int64_t now = ms(services_.clock.now()) / 1000;
    Overdue due = overdue(walk.pack->retention, facts, closed, now);
    if (!due.any()) {
        co_return false;
    }
    Result<Inventory> there = co_await inventory(stores::Keyspace(walk.program), facts.id);
    if (!there) {
        co_return Result<bool>(boost::system::in_place_error, there.error());
    }
    due = still_there(due, *there);
    if (!due.any()) {
        co_return false;
    }
    Aged aged{facts.alias, due, counted(*there, due), false};
    const bool may =
        walk.kind == RunKind::all || (walk.kind == RunKind::measure && walk.found.done < walk.most);
    if (may) {
        const Result<bool> shredded = co_await shred(walk, std::move(facts), std::move(*there), due);
        if (!shredded && shredded.error() != redis::make_error_code(redis::errc::server_error)) {
            co_return Result<bool>(boost::system::in_place_error, shredded.error());
        }
        aged.done = shredded && *shredded;  // one that the store refuses holds up no other
    }
    walk.found.waiting += may ? 0 : 1;
    walk.found.done += aged.done ? 1 : 0;
    const bool gone = aged.done && due.content;
    if (walk.found.aged.size() < most_told) {
        walk.found.aged.push_back(std::move(aged));
    }
    co_return gone;
}

Awaitable<Result<Inventory>> RetentionDesk::inventory(const stores::Keyspace& keys, std::string id) {
    const redis::Deadline deadline = services_.clock.in(op_budget);
    redis::Command recordings{"SMEMBERS", keys.case_recordings(id)};
    const Result<redis::Reply> ids = co_await services_.redis.execute(std::move(recordings), deadline);
    if (!ids || ids->array() == nullptr) {
        co_return ids ? make_error_code(redis::errc::unexpected_reply) : ids.error();
    }
    Inventory out;
    for (const redis::Reply& one : *ids->array()) {
        out.recordings.push_back(one.string() == nullptr ? "" : *one.string());
    }
    std::int64_t number = 0;
    std::int64_t mailbox = 0;
    const std::pair<redis::Command, std::int64_t*> questions[] = {
        {{"LLEN", keys.case_parts(id)}, &out.parts},
        {{"LLEN", keys.case_notes(id)}, &out.notes},
        {{"LLEN", keys.replies(id)}, &out.replies},
        {{"EXISTS", keys.case_contact(id)}, &number},
        {{"EXISTS", keys.mailbox(id)}, &mailbox}};
    for (const auto& [question, answer] : questions) {
        redis::Command asked = question;
        const Result<redis::Reply> count = co_await services_.redis.execute(std::move(asked), deadline);
        if (!count || count->integer() == nullptr) {
            co_return count ? make_error_code(redis::errc::unexpected_reply) : count.error();
        }
        *answer = *count->integer();
    }
    out.number = number != 0;
    out.mailbox = mailbox != 0;
    co_return out;
}

Awaitable<Result<bool>> RetentionDesk::shred(const Walk& walk, CaseFacts facts, Inventory inventory,
                                             Overdue due) {
    const stores::Keyspace keys(walk.program);
    const ops::UtcMs now = services_.clock.now();
    redis::Commit commit;
    commit.now_ms = ms(now);
    commit.writes = shredding_writes(keys, facts, inventory, due, commit.now_ms);
    const char* what = due.content ? ":shredded_cases" : ":shredded_parts_of_cases";
    commit.writes.push_back({redis::Op::hincrby, keys.counts(), {ops::iso_day(now) + what, "1"}});
    ops::test_point("before_shredding");
    const redis::Deadline deadline = services_.clock.in(op_budget);
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, deadline);
    if (!done) {
        co_return Result<bool>(boost::system::in_place_error, done.error());
    }
    const bool committed = done->outcome == redis::Committed::Outcome::committed;
    if (committed && services_.erased) {
        services_.erased();
    }
    co_return committed;
}

}  // namespace rightsline::cases
