// What another organisation reads of a case, and which cases are with others.
#include <algorithm>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/cases/referral_desk.hpp"
#include "gateway/cases/referral_writes.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr int copies_a_page = 64;
constexpr int most_live = 1000;
constexpr int tries = 3;

}  // namespace

Awaitable<Result<Standing>> ReferralDesk::standing_of(std::string program, std::string id,
                                                      redis::Deadline deadline) {
    std::vector<CaseFacts> only(1);
    only.front().id = std::move(id);
    Result<std::vector<Standing>> standing =
        co_await services_.desk.standing(std::move(program), std::move(only), deadline);
    if (!standing) {
        co_return standing.error();
    }
    co_return standing->front().readable ? Result<Standing>(std::move(standing->front()))
                                         : Result<Standing>(errc::damaged);
}

Awaitable<Result<Referral>> ReferralDesk::open_for(std::string program, std::string id, std::string to,
                                                   audit::Act act, redis::Deadline deadline) {
    const Result<Place> where = place(program, id, to);
    if (!where) {
        co_return stores::errc::no_such_case;
    }
    for (int i = 0; i < tries; ++i) {
        const Result<std::optional<Referral>> opened = co_await try_open(*where, act, deadline);
        if (!opened) {
            co_return opened.error();
        }
        if (*opened) {
            co_return **opened;
        }
    }
    co_return errc::contended;
}

/// Nothing: what it stood on is not so any more; read again.
Awaitable<Result<std::optional<Referral>>> ReferralDesk::try_open(const Place& place, audit::Act act,
                                                                  redis::Deadline deadline) {
    const stores::Keyspace keys(place.pack->program);
    const Result<Standing> now = co_await standing_of(place.pack->program, place.id, deadline);
    if (!now) {
        co_return now.error();
    }
    const Referral* theirs = now->work.referral(place.to.key);
    Result<redis::Write> agrees = co_await agreed(place, deadline);
    if (theirs == nullptr || theirs->state != ReferralState::accepted || !agrees) {
        co_return stores::errc::no_such_case;
    }
    ops::test_point("before_opening_referred");
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_exist, keys.case_facts(place.id), {}});
    commit.writes.push_back(redis::must_be_version(keys.casework(place.id), now->version));
    commit.writes.push_back(std::move(*agrees));
    act.case_id = place.id;
    audit::add_entry(commit.writes, keys, std::move(act));
    const Result<redis::Committed> noted = co_await redis::commit(services_.redis, commit, deadline);
    if (!noted) {
        co_return noted.error();
    }
    const bool kept = noted->outcome == redis::Committed::Outcome::committed;
    co_return kept ? std::optional<Referral>(*theirs) : std::nullopt;
}

Awaitable<Result<PartPage>> ReferralDesk::copies(std::string program, std::string id, Referral referral,
                                                 int skip, redis::Deadline deadline) {
    PartPage page{{}, referral.copies};
    redis::Command question{"HMGET", stores::Keyspace(program).case_copies(id)};
    const std::int64_t end = std::min<std::int64_t>(referral.copies, skip + copies_a_page);
    for (std::int64_t i = skip; i < end; ++i) {
        question.push_back(copy_field(referral.to, i));
    }
    if (skip >= end) {
        co_return page;
    }
    const Result<redis::Reply> stored = co_await services_.redis.execute(std::move(question), deadline);
    if (!stored || stored->array() == nullptr) {
        co_return stored ? make_error_code(redis::errc::unexpected_reply) : stored.error();
    }
    for (const redis::Reply& one : *stored->array()) {
        page.parts.push_back(one.string() == nullptr ? "" : *one.string());
    }
    Result<std::vector<std::string>> sealed =
        co_await unlock(services_.vault, part_context(program, id), std::move(page.parts));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return PartPage{std::move(*sealed), referral.copies};
}

Awaitable<Result<std::vector<Referred>>> ReferralDesk::live(std::string program, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Command question{"ZREVRANGE", keys.referrals(), "0", std::to_string(most_live - 1)};
    const Result<redis::Reply> listed = co_await services_.redis.execute(std::move(question), deadline);
    if (!listed || listed->array() == nullptr) {
        co_return listed ? make_error_code(redis::errc::unexpected_reply) : listed.error();
    }
    CaseStore store(services_.redis);
    std::vector<CaseFacts> there;
    for (const redis::Reply& one : *listed->array()) {
        const std::string id = one.string() == nullptr ? "" : *one.string();
        Result<CaseFacts> facts = co_await store.facts(program, id, deadline);
        if (facts) {
            there.push_back(std::move(*facts));
        } else if (facts.error() != stores::make_error_code(stores::errc::no_such_case)) {
            co_return facts.error();
        }
    }
    std::ranges::sort(there, {},
                      [](const CaseFacts& one) { return std::pair(one.urgency, -one.filed_hour); });
    Result<std::vector<Standing>> standing = co_await services_.desk.standing(program, there, deadline);
    if (!standing) {
        co_return standing.error();
    }
    std::vector<Referred> all;
    for (std::size_t i = 0; i < there.size(); ++i) {
        redis::Command count{"LLEN", keys.case_parts(there[i].id)};
        const Result<redis::Reply> parts = co_await services_.redis.execute(std::move(count), deadline);
        if (!parts || parts->integer() == nullptr) {
            co_return parts ? make_error_code(redis::errc::unexpected_reply) : parts.error();
        }
        all.push_back({std::move(there[i]), std::move((*standing)[i]), *parts->integer()});
    }
    co_return all;
}

}  // namespace rightsline::cases
