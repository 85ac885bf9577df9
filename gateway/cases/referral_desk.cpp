#include "gateway/cases/referral_desk.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/cases/referral_writes.hpp"
#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/vault/epoch.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr std::size_t recordings_at_once = 100;  // each is a condition of the commit
constexpr std::int64_t staged_for = 3600;        // seconds until a recording that nothing took is deleted

std::int64_t hour_of(std::int64_t seconds) { return seconds / 3600 * 3600; }

Referral what_is_passed(const flows::Organisation& to, const std::string& who, const Passed& passed,
                        std::int64_t now) {
    Referral what;
    what.to = to.key;
    what.purpose = to.consent;
    what.reason = passed.reason;
    what.by = who;
    what.at = now;
    what.until = now + to.answer_within.count();
    what.copies = static_cast<std::int64_t>(passed.parts.size());
    what.seen = passed.seen;
    what.recordings = passed.recordings;
    return what;
}

}  // namespace

std::int64_t ReferralDesk::seconds_now() const {
    return std::chrono::floor<std::chrono::seconds>(services_.clock.now()).time_since_epoch().count();
}

const flows::Organisation* ReferralDesk::find(const flows::Pack& pack, std::string_view key) const {
    const auto found = std::ranges::find(pack.organisations, key, &flows::Organisation::key);
    return found == pack.organisations.end() ? nullptr : &*found;
}

Result<ReferralDesk::Place> ReferralDesk::place(const std::string& program, const std::string& id,
                                                const std::string& to) const {
    flows::PackPtr active = pack(program);
    if (!active) {
        return errc::no_script;
    }
    const flows::Organisation* organisation = find(*active, to);
    if (organisation == nullptr) {
        return errc::unknown_organisation;
    }
    flows::Organisation known = *organisation;
    return Place{std::move(active), std::move(known), id};
}

/// To nobody but them, and not too much at a time.
Result<void> ReferralDesk::check(const Place& place, const Passed& passed) const {
    const Result<vault::CirclePublicKey> theirs = circle(place.to);
    if (!theirs) {
        return errc::no_circle;
    }
    std::size_t bytes = 0;
    for (const std::string& part : passed.parts) {
        const auto to = vault::sealed_to(part, vault::SealedForm::part);
        bytes += part.size();
        if (!to || *to != theirs->id() || vault::lock_of(part)) {
            return errc::bad_part;
        }
    }
    const bool here = std::ranges::all_of(passed.recordings, [this](const std::string& id) {
        std::error_code ignored;
        return std::filesystem::exists(services_.blob_path(id), ignored);
    });
    const bool fits = !passed.parts.empty() && passed.parts.size() <= most_copies && bytes <= most_bytes &&
                      passed.recordings.size() <= recordings_at_once;
    return fits && here ? Result<void>() : Result<void>(errc::bad_part);
}

Awaitable<Result<redis::Write>> ReferralDesk::agreed(const Place& place, redis::Deadline deadline) {
    const std::string& program = place.pack->program;
    ConsentBook book(services_.redis);
    const Result<ConsentLedger> ledger = co_await book.ledger(program, place.id, deadline);
    if (!ledger) {
        co_return ledger.error();
    }
    const std::optional<Consent> purpose = consent_of(place.to.consent);
    if (!purpose) {
        co_return errc::unknown_organisation;
    }
    Result<redis::Write> agrees = must_agree(stores::Keyspace(program), place.id, *ledger, *purpose);
    if (!agrees) {  // of a case that is gone there is no yes either, and it is not that which is missing
        CaseStore store(services_.redis);
        const Result<CaseFacts> there = co_await store.facts(program, place.id, deadline);
        co_return there ? agrees : Result<redis::Write>(there.error());
    }
    co_return agrees;
}

/// A condition that does not hold may be the worker's no, or nothing but somebody who was quicker.
Awaitable<Result<Outcome>> ReferralDesk::change(Place place, Actor actor, Refer wish, Beside beside,
                                                redis::Deadline deadline) {
    const std::string& program = place.pack->program;
    ops::test_point("before_referring");
    Wish asked = std::move(wish);
    Result<Outcome> done = co_await services_.desk.change_with(program, place.id, std::move(actor),
                                                               std::move(asked), std::move(beside), deadline);
    const bool unmet = !done && (done.error() == stores::make_error_code(stores::errc::no_such_case) ||
                                 done.error() == make_error_code(errc::contended));
    if (!unmet) {
        co_return done;
    }
    CaseStore store(services_.redis);
    const Result<CaseFacts> facts = co_await store.facts(program, place.id, deadline);
    if (!facts) {
        co_return facts.error();
    }
    const Result<redis::Write> still = co_await agreed(place, deadline);
    co_return still ? Result<Outcome>(errc::contended) : Result<Outcome>(still.error());
}

Awaitable<Result<bool>> ReferralDesk::reads_it(const Place& place, redis::Deadline deadline) {
    const Result<Standing> now = co_await standing_of(place.pack->program, place.id, deadline);
    if (!now) {
        co_return Result<bool>(boost::system::in_place_error, now.error());
    }
    const Referral* theirs = now->work.referral(place.to.key);
    co_return theirs != nullptr && theirs->state == ReferralState::accepted;
}

Awaitable<Result<std::vector<redis::Write>>> ReferralDesk::telling(std::string program, std::string to) {
    if (!services_.tell) {
        co_return std::vector<redis::Write>();
    }
    co_return co_await services_.tell(std::move(program), std::move(to));
}

Awaitable<Result<Outcome>> ReferralDesk::pass(Place place, Actor actor, ReferralEvent event, Passed passed,
                                              redis::Deadline deadline) {
    const std::string program = place.pack->program;
    const stores::Keyspace keys(program);
    if (const Result<void> fits = check(place, passed); !fits) {
        co_return fits.error();
    }
    Result<redis::Write> agrees = co_await agreed(place, deadline);
    if (!agrees) {
        co_return agrees.error();
    }
    const Result<bool> read = co_await reads_it(place, deadline);
    if (!read) {
        co_return read.error();
    }
    const std::int64_t now = seconds_now();
    Refer wish{event, what_is_passed(place.to, actor.who, passed, now), ""};
    Result<std::vector<std::string>> locked =
        co_await lock(services_.vault, part_context(program, place.id), std::move(passed.parts));
    if (!locked) {
        co_return locked.error();
    }
    Beside beside;
    beside.conditions = must_be_brought(keys, place.id, wish.what);
    beside.conditions.push_back(std::move(*agrees));
    beside.writes = copy_writes(keys, place.id, wish.what, passed.after, std::move(*locked));
    if (*read) {
        const HandedOn line{place.to.consent, actor.who, hour_of(now), place.to.key};
        beside.writes.push_back(handed_on_line(keys, place.id, line));
    }
    if (event == ReferralEvent::pass_more) {
        wish.what.at = passed.after;
    } else {
        beside.writes.push_back(looked_at(keys, place.id, wish.what.until));
        Result<std::vector<redis::Write>> notices = co_await telling(program, place.to.key);
        if (!notices) {
            co_return notices.error();
        }
        std::ranges::move(*notices, std::back_inserter(beside.writes));
    }
    co_return co_await change(std::move(place), std::move(actor), std::move(wish), std::move(beside),
                              deadline);
}

Awaitable<Result<Outcome>> ReferralDesk::pass_on(std::string program, std::string id, Actor actor,
                                                 ReferralEvent event, Passed passed,
                                                 redis::Deadline deadline) {
    Result<Place> where = place(program, id, passed.to);
    if (!where) {
        co_return where.error();
    }
    passed.after = event == ReferralEvent::pass_more ? passed.after : 0;
    co_return co_await pass(std::move(*where), std::move(actor), event, std::move(passed), deadline);
}

Awaitable<Result<Beside>> ReferralDesk::accepting(const Place& place, std::string who,
                                                  redis::Deadline deadline) {
    Result<redis::Write> agrees = co_await agreed(place, deadline);
    if (!agrees) {
        co_return agrees.error();
    }
    const stores::Keyspace keys(place.pack->program);
    const HandedOn line{place.to.consent, std::move(who), hour_of(seconds_now()), place.to.key};
    Beside beside;
    beside.conditions.push_back(std::move(*agrees));
    beside.writes.push_back(handed_on_line(keys, place.id, line));
    beside.writes.push_back(looked_at(keys, place.id, 0));
    co_return beside;
}

Awaitable<Result<Outcome>> ReferralDesk::answer(std::string program, std::string id, Actor actor,
                                                std::string to, ReferralEvent event, std::string why,
                                                redis::Deadline deadline) {
    Result<Place> where = place(program, id, to);
    if (!where) {
        co_return where.error();
    }
    const bool accepts = event == ReferralEvent::accept;
    Refer wish{event, {}, accepts ? where->to.status : ""};
    wish.what.to = std::move(to);
    wish.what.why = std::move(why);
    if (!accepts) {
        co_return co_await end_by(std::move(*where), std::move(actor), std::move(wish), deadline);
    }
    Result<Beside> beside = co_await accepting(*where, actor.who, deadline);
    if (!beside) {
        co_return beside.error();
    }
    co_return co_await change(std::move(*where), std::move(actor), std::move(wish), std::move(*beside),
                              deadline);
}

/// The file of one that is the worker's own may lie on another server.
Awaitable<Result<void>> ReferralDesk::must_be_no_workers(std::string recordings, std::string recording,
                                                         redis::Deadline deadline) {
    redis::Command question{"SISMEMBER", std::move(recordings), std::move(recording)};
    const Result<redis::Reply> own = co_await services_.redis.execute(std::move(question), deadline);
    if (!own || own->integer() == nullptr) {
        co_return own ? make_error_code(redis::errc::unexpected_reply) : own.error();
    }
    co_return *own->integer() == 0 ? Result<void>() : Result<void>(errc::bad_part);
}

Awaitable<Result<void>> ReferralDesk::bring_recording(std::string program, std::string id, std::string to,
                                                      std::string recording, std::string sealed,
                                                      redis::Deadline deadline) {
    const Result<Place> where = place(program, id, to);
    if (!where) {
        co_return where.error();
    }
    const Result<vault::CirclePublicKey> theirs = circle(where->to);
    if (!theirs) {
        co_return errc::no_circle;
    }
    const std::string path = services_.blob_path(recording);
    const auto sealed_for = vault::sealed_to(sealed, vault::SealedForm::recording);
    std::error_code ignored;
    if (!sealed_for || *sealed_for != theirs->id() || vault::lock_of(sealed) || sealed.size() > most_sound ||
        std::filesystem::exists(path, ignored)) {
        co_return errc::bad_part;
    }
    const stores::Keyspace keys(program);
    const Result<void> free = co_await must_be_no_workers(keys.case_recordings(id), recording, deadline);
    if (!free) {
        co_return free.error();
    }
    const std::string context = recording_context(program, recording);
    std::string opening = sealed.substr(0, vault::recording_opening_bytes);
    const Result<std::string> locked = co_await lock_one(services_.vault, context, std::move(opening));
    if (!locked) {
        co_return locked.error();
    }
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes = bringing_writes(keys, id, to, recording);
    commit.writes.push_back({redis::Op::zadd,
                             keys.withdrawn_recordings(),
                             {std::to_string(commit.now_ms + staged_for * 1000), recording}});
    const Result<redis::Committed> noted = co_await redis::commit(services_.redis, commit, deadline);
    if (!noted || noted->outcome != redis::Committed::Outcome::committed) {
        co_return noted ? stores::make_error_code(stores::errc::no_such_case) : noted.error();
    }
    sealed.replace(0, vault::recording_opening_bytes, *locked);
    co_return ops::replace_file(path, sealed) ? Result<void>() : Result<void>(errc::damaged);
}

}  // namespace rightsline::cases
