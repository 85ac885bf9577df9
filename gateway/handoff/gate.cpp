#include "gateway/handoff/gate.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/handoff/counted_ids.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr const char* watch_seconds = "3600";  // nothing in it counts for longer
constexpr int tries = 3;

ops::Counter& outcome(ops::Metrics& metrics, ops::Label what) {
    return metrics.counter("rightsline_handoffs_total", "Callers who asked for a person, by what came of it",
                           {{ops::Dimension::outcome, what}});
}

std::int64_t day_of(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

/// What every phone that rings adds to what the program sends that day.
std::vector<redis::Write> paying_writes(const stores::Keyspace& keys, const Asking& asking, ops::UtcMs now) {
    if (asking.calls_a_day == 0) {
        return {};
    }
    const std::string key = keys.sent_by_program(day_of(now));
    const std::int64_t before = asking.calls_a_day - asking.phones + 1;
    return {{redis::Op::must_be_below, key, {std::to_string(std::max<std::int64_t>(0, before))}},
            {redis::Op::incrby, key, {std::to_string(asking.phones)}},
            {redis::Op::zadd, keys.guards(), {std::to_string(now.time_since_epoch().count()), key}}};
}

}  // namespace

struct Gate::Stand {
    Cap full = Cap::none;            // for this caller, as they stand
    Cap full_in_danger = Cap::none;  // once they have pressed the key
    bool begun_before = false;
    bool blocked = false;
    bool asks_for_key = false;
    std::vector<Count> counts;
    std::vector<std::optional<std::string>> also;  // what was loaded with it
};

Gate::Gate(GateServices services)
    : services_(std::move(services)),
      blocked_(outcome(services_.metrics, "blocked")),
      capped_(outcome(services_.metrics, "capped")),
      asked_(outcome(services_.metrics, "asked_for_key")),
      silent_(services_.metrics.counter("rightsline_silent_calls_total",
                                        "Calls that ended without a key and without a word")) {}

/// When the home cannot name them they are counted with those who show no number.
Awaitable<Counted> Gate::name(std::optional<vault::PhoneNumber> worker) {
    if (!worker) {
        co_return Counted{};
    }
    std::vector<vault::IdRequest> requests{caller_request(worker->reveal()), block_request(worker->reveal())};
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    co_return ids ? Counted{(*ids)[0].hex(), (*ids)[1].hex()} : Counted{};
}

Awaitable<Result<Gate::Stand>> Gate::look(const Asking& asking, const Counted& who) {
    const stores::Keyspace keys(asking.program);
    const ops::UtcMs now = services_.clock.now();
    Stand stand;
    const bool first = asking.in_danger && asking.pressed_key;
    const std::vector<Count> in_danger = counts_of(asking.caps, keys, who, now, Standing::in_danger);
    stand.counts = first ? in_danger : counts_of(asking.caps, keys, who, now);
    redis::LoadKeys wanted;
    wanted.document = keys.hand_off(asking.hand_off);
    for (const Count& one : stand.counts) {
        wanted.extras.push_back(one.key);
    }
    wanted.extras.push_back(keys.flood_watch());
    wanted.extras.insert(wanted.extras.end(), asking.also.begin(), asking.also.end());
    Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, asking.deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    const auto also = loaded->extras.end() - static_cast<std::ptrdiff_t>(asking.also.size());
    stand.also.assign(also, loaded->extras.end());
    loaded->extras.erase(also, loaded->extras.end());
    stand.begun_before = loaded->version != 0;
    stand.full = full_one(stand.counts, loaded->extras);
    stand.full_in_danger = full_one(in_danger, loaded->extras);
    stand.asks_for_key = asks_for_key(parse_flood(loaded->extras.back().value_or("")), who.block, now);
    redis::Command question{"HGET", keys.blocked_senders(), who.caller};
    const Result<redis::Reply> blocked =
        co_await services_.redis.execute(std::move(question), asking.deadline);
    if (!blocked) {
        co_return blocked.error();
    }
    stand.blocked = !who.caller.empty() && blocked->string() != nullptr;
    co_return stand;
}

Awaitable<Result<Admitted>> Gate::admit(Asking asking) {
    const Counted who = co_await name(asking.worker);
    Result<Stand> stand = co_await look(asking, who);
    if (!stand) {
        co_return stand.error();
    }
    using What = Admitted::What;
    if (stand->begun_before) {
        co_return Admitted{What::begun_before};
    }
    if (stand->blocked) {
        blocked_.add();
        co_return Admitted{What::message};
    }
    const bool may_press = asking.in_danger && !asking.pressed_key && stand->full_in_danger == Cap::none;
    if (stand->full != Cap::none && !may_press) {
        refused(stand->full, asking.program);
        co_return Admitted{What::message};
    }
    if (stand->full == Cap::all) {
        rushed(asking.program);
    }
    if ((stand->asks_for_key || stand->full != Cap::none) && !asking.pressed_key) {
        asked_.add();
        co_return Admitted{What::key_first};
    }
    const stores::Keyspace keys(asking.program);
    const ops::UtcMs now = services_.clock.now();
    Admitted through{What::through, counting_writes(keys, stand->counts, now), std::move(stand->also)};
    for (redis::Write& one : paying_writes(keys, asking, now)) {
        through.conditions.push_back(std::move(one));
    }
    co_return through;
}

/// One number that asks too often is no flood; more people asked for than there may be is (rushed).
void Gate::refused(Cap cap, const std::string& program) {
    capped_.add();
    if (cap == Cap::all) {
        rushed(program);
    }
}

void Gate::rushed(const std::string& program) {
    ops::log(ops::Level::error, "handoffs_capped");
    services_.alarm(alerts::Matter::flood, 1);
    services_.spawn(change(program, [](Flood& flood, ops::UtcMs now) {
        note_rush(flood, now);
        return Sign::none;
    }));
}

Awaitable<void> Gate::note_silent(SilentEnd end) {
    silent_.add();
    const Counted who = co_await name(end.worker);
    const SilentCall call{who.caller, who.block, end.held};
    std::function<Sign(Flood&, ops::UtcMs)> noted = [call](Flood& flood, ops::UtcMs now) {
        return note(flood, call, now);
    };
    co_await change(std::move(end.program), std::move(noted));
}

/// What was changed by others meanwhile is changed anew; a change that is lost all the same was one of very many.
Awaitable<void> Gate::change(std::string program, std::function<Sign(Flood&, ops::UtcMs)> what) {
    const std::string key = stores::Keyspace(program).flood_watch();
    const Deadline in_time = services_.clock.in(store_budget);
    for (int i = 0; i < tries; ++i) {
        redis::LoadKeys wanted;
        wanted.extras.push_back(key);
        const Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, in_time);
        if (!loaded) {
            co_return;
        }
        const std::string before = loaded->extras.front().value_or("");
        Flood flood = parse_flood(before);
        const Sign sign = what(flood, services_.clock.now());
        redis::Commit commit;
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        commit.writes.push_back({redis::Op::must_be, key, {before}});
        commit.writes.push_back({redis::Op::set_for, key, {to_bytes(flood), watch_seconds}});
        const Result<redis::Committed> kept = co_await redis::commit(services_.redis, commit, in_time);
        if (kept && kept->outcome == redis::Committed::Outcome::committed) {
            if (sign != Sign::none) {
                ops::log(
                    ops::Level::error, "calls_in_a_flood",
                    {{"side_by_side", sign == Sign::side_by_side}, {"held_open", sign == Sign::held_open}});
                services_.alarm(alerts::Matter::flood, 1);
            }
            co_return;
        }
    }
}

}  // namespace rightsline::handoff
