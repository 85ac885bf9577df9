// What ends an offer, or what was accepted: its time, or its worker's no; and the writes of the copies.
#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/cases/error.hpp"
#include "gateway/cases/referral_desk.hpp"
#include "gateway/cases/referral_writes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 5s;
constexpr int due_at_once = 50;
constexpr int tries = 3;
constexpr std::int64_t never = std::int64_t{1} << 51;  // a score that no clock pulls back (redis::pull_back)

/// What is over, and by what; else when to look again, with what that stands on.
struct Look {
    std::optional<Referral> over;
    ReferralEvent by{};
    std::vector<redis::Write> writes;
};

Look look_over(const stores::Keyspace& keys, const std::string& id, const Casework& work,
               const ConsentLedger& ledger, std::int64_t now) {
    Look look;
    std::int64_t next = never;
    for (const Referral& one : work.referrals) {
        if (!is_live(one.state)) {
            continue;
        }
        const std::optional<Consent> purpose = consent_of(one.purpose);
        const auto agrees = purpose ? must_agree(keys, id, ledger, *purpose)
                                    : Result<redis::Write>(errc::unknown_organisation);
        const bool waits = one.state == ReferralState::offered;
        if (!agrees || (waits && one.until <= now)) {
            look.over = one;
            look.by = agrees ? ReferralEvent::lapse : ReferralEvent::consent_gone;
            return look;
        }
        look.writes.push_back(*agrees);
        next = waits ? std::min(next, one.until * 1000) : next;
    }
    look.writes.push_back(look.writes.empty()
                              ? redis::Write{redis::Op::zrem, keys.referrals(), {id}}
                              : redis::Write{redis::Op::zadd, keys.referrals(), {std::to_string(next), id}});
    return look;
}

}  // namespace

std::string copy_field(std::string_view to, std::int64_t number) {
    return std::string(to) + "/" + std::to_string(number);
}

std::string brought_field(std::string_view recording) { return "brought/" + std::string(recording); }

std::vector<redis::Write> bringing_writes(const stores::Keyspace& keys, const std::string& id,
                                          const std::string& to, const std::string& recording) {
    return {{redis::Op::must_exist, keys.case_facts(id), {}},
            {redis::Op::must_be, keys.recording_job(recording), {""}},
            {redis::Op::must_be, keys.recording_news(recording), {""}},
            {redis::Op::hset, keys.case_copies(id), {brought_field(recording), to}}};
}

std::vector<redis::Write> must_be_brought(const stores::Keyspace& keys, const std::string& id,
                                          const Referral& one) {
    std::vector<redis::Write> conditions;
    for (const std::string& recording : one.recordings) {
        conditions.push_back(
            {redis::Op::must_be_field, keys.case_copies(id), {brought_field(recording), one.to}});
    }
    return conditions;
}

std::vector<redis::Write> copy_writes(const stores::Keyspace& keys, const std::string& id,
                                      const Referral& one, std::int64_t after,
                                      std::vector<std::string> locked) {
    std::vector<std::string> fields;
    for (std::string& part : locked) {
        fields.push_back(copy_field(one.to, after++));
        fields.push_back(std::move(part));
    }
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::hset, keys.case_copies(id), std::move(fields)});
    if (!one.recordings.empty()) {
        std::vector<std::string> taken;
        for (const std::string& recording : one.recordings) {
            taken.push_back(brought_field(recording));
        }
        writes.push_back({redis::Op::hdel, keys.case_copies(id), std::move(taken)});
        writes.push_back({redis::Op::sadd, keys.case_recordings(id), one.recordings});
        writes.push_back({redis::Op::zrem, keys.withdrawn_recordings(), one.recordings});
    }
    return writes;
}

std::vector<redis::Write> end_writes(const stores::Keyspace& keys, const std::string& id, const Referral& one,
                                     std::int64_t now_ms) {
    std::vector<redis::Write> writes;
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < most_copies; ++i) {  // also those that somebody passed on meanwhile
        fields.push_back(copy_field(one.to, static_cast<std::int64_t>(i)));
    }
    writes.push_back({redis::Op::hdel, keys.case_copies(id), std::move(fields)});
    std::vector<std::string> gone;
    for (const std::string& recording : one.recordings) {
        gone.insert(gone.end(), {std::to_string(now_ms), recording});
    }
    if (!gone.empty()) {
        writes.push_back({redis::Op::srem, keys.case_recordings(id), one.recordings});
        writes.push_back({redis::Op::zadd, keys.withdrawn_recordings(), std::move(gone)});
    }
    return writes;
}

redis::Write looked_at(const stores::Keyspace& keys, const std::string& id, std::int64_t until) {
    return {redis::Op::zadd, keys.referrals(), {std::to_string(until == 0 ? never : until * 1000), id}};
}

Awaitable<void> ReferralDesk::work(std::string program) {
    const flows::PackPtr active = pack(program);
    const std::int64_t now = services_.clock.now().time_since_epoch().count();
    const Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, stores::Keyspace(program).referrals(), now, due_at_once,
                            services_.clock.in(op_budget));
    for (std::size_t i = 0; active && due && i < due->size(); ++i) {
        co_await look_at(active, (*due)[i]);
    }
}

/// What cannot be looked at is due still, a minute later.
Awaitable<void> ReferralDesk::look_at(flows::PackPtr pack, std::string id) {
    const stores::Keyspace keys(pack->program);
    const redis::Deadline deadline = services_.clock.in(op_budget);
    Result<redis::Write> still = co_await untouched(pack->program, id, deadline);
    const Result<Standing> now = co_await standing_of(pack->program, id, deadline);
    ConsentBook book(services_.redis);
    const Result<ConsentLedger> ledger = co_await book.ledger(pack->program, id, deadline);
    if (!now || !ledger) {
        co_return;
    }
    Look look = look_over(keys, id, now->work, *ledger, seconds_now());
    if (look.over && !still) {
        co_return;
    }
    if (look.over) {
        co_await end_it(pack, id, *look.over, look.by, std::move(*still));
        co_return;  // its document is another one now: the rest is seen at the next look
    }
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes = std::move(look.writes);
    commit.writes.insert(commit.writes.begin(), redis::must_be_version(keys.casework(id), now->version));
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, deadline);
    if (!done) {
        ops::log(ops::Level::warn, "referral_look_failed", {{"error", done.error()}});
    }
}

/// What ends stands on what was read of it: recordings that were passed on meanwhile would stay. Each act counts.
Awaitable<Result<redis::Write>> ReferralDesk::untouched(std::string program, std::string id,
                                                        redis::Deadline deadline) {
    CaseStore store(services_.redis);
    Result<CaseFacts> facts = co_await store.facts(program, id, deadline);
    if (!facts) {
        co_return facts.error();
    }
    co_return redis::Write{redis::Op::must_be_field,
                           stores::Keyspace(program).case_facts(id),
                           {std::string(audit::counted_field), std::move(facts->acts)}};
}

Awaitable<Result<Beside>> ReferralDesk::ending(const Place& place, redis::Deadline deadline) {
    Result<redis::Write> still = co_await untouched(place.pack->program, place.id, deadline);
    if (!still) {
        co_return still.error();
    }
    const Result<Standing> now = co_await standing_of(place.pack->program, place.id, deadline);
    if (!now) {
        co_return now.error();
    }
    const stores::Keyspace keys(place.pack->program);
    Beside beside;
    beside.conditions.push_back(std::move(*still));
    if (const Referral* one = now->work.referral(place.to.key)) {
        beside.writes = end_writes(keys, place.id, *one, services_.clock.now().time_since_epoch().count());
    }
    co_return beside;
}

Awaitable<Result<Outcome>> ReferralDesk::end_by(Place place, Actor actor, Refer wish,
                                                redis::Deadline deadline) {
    for (int i = 0; i < tries; ++i) {
        Result<Beside> beside = co_await ending(place, deadline);
        if (!beside) {
            co_return beside.error();
        }
        ops::test_point("before_referring");
        Wish asked = wish;
        Result<Outcome> done = co_await services_.desk.change_with(
            place.pack->program, place.id, actor, std::move(asked), std::move(*beside), deadline);
        if (done || done.error() != make_error_code(errc::contended)) {
            if (done && services_.erased) {
                services_.erased();
            }
            co_return done;
        }
    }
    co_return errc::contended;
}

Awaitable<void> ReferralDesk::end_it(flows::PackPtr pack, std::string id, Referral one, ReferralEvent event,
                                     redis::Write still) {
    const stores::Keyspace keys(pack->program);
    const std::int64_t now = services_.clock.now().time_since_epoch().count();
    Refer wish{event, {}, ""};
    wish.what.to = one.to;
    Beside beside;
    beside.conditions.push_back(std::move(still));
    beside.writes = end_writes(keys, id, one, now);
    Actor nobody;
    Wish asked = std::move(wish);
    const redis::Deadline deadline = services_.clock.in(op_budget);
    const Result<Outcome> done = co_await services_.desk.change_with(
        pack->program, std::move(id), std::move(nobody), std::move(asked), std::move(beside), deadline);
    if (!done) {
        ops::log(ops::Level::warn, "referral_end_failed", {{"error", done.error()}});
    } else if (services_.erased) {
        services_.erased();
    }
}

}  // namespace rightsline::cases
