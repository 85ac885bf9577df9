#include "gateway/cases/reseal_desk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/referral_writes.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/vault/epoch.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 5s;

std::string lock_of_list(const std::string& program, const std::string& id, PieceKind kind) {
    return kind == PieceKind::part || kind == PieceKind::copy ? part_context(program, id)
           : kind == PieceKind::note                          ? note_context(program, id)
           : kind == PieceKind::task                          ? task_context(program, id)
                                                              : thread_context(program, id);
}

std::string counted(const std::vector<SealedAnew>& pieces) {
    std::string words;
    for (const auto& [kind, name] :
         {std::pair(PieceKind::part, "parts="), std::pair(PieceKind::note, "notes="),
          std::pair(PieceKind::reply, "replies="), std::pair(PieceKind::task, "tasks="),
          std::pair(PieceKind::copy, "copies=")}) {
        const auto count = std::ranges::count(pieces, kind, &SealedAnew::kind);
        words += count == 0 ? "" : (words.empty() ? "" : " ") + std::string(name) + std::to_string(count);
    }
    return words;
}

}  // namespace

Result<vault::CirclePublicKey> ResealDesk::circle_of_organisation(const Whose& whose) const {
    const std::vector<flows::Organisation> known = services_.desk.organisations(whose.program);
    const auto found = std::ranges::find(known, whose.organisation, &flows::Organisation::key);
    if (found == known.end()) {
        return errc::unknown_organisation;
    }
    Result<vault::CirclePublicKey> circle = services_.circle(found->circle);
    return circle ? std::move(circle) : Result<vault::CirclePublicKey>(errc::no_circle);
}

Result<vault::CirclePublicKey> ResealDesk::circle_of(const Whose& whose, const CaseFacts& facts) const {
    return whose.organisation.empty() ? services_.desk.circle_of(whose.program, facts)
                                      : circle_of_organisation(whose);
}

Awaitable<Result<vault::CirclePublicKey>> ResealDesk::circle_of(const Whose& whose, std::string id) {
    if (!whose.organisation.empty()) {
        co_return circle_of_organisation(whose);
    }
    co_return co_await services_.desk.circle_of(whose.program, std::move(id), services_.clock.in(op_budget));
}

std::vector<vault::CirclePublicKey> ResealDesk::circles(const Whose& whose) const {
    std::vector<std::string> names = services_.desk.circles(whose.program);
    names.emplace_back();  // the program's own
    if (!whose.organisation.empty()) {
        names.assign(1, std::string());  // theirs alone
    }
    std::vector<vault::CirclePublicKey> found;
    for (std::string& name : names) {
        CaseFacts facts;
        facts.circle = std::move(name);
        const Result<vault::CirclePublicKey> circle = circle_of(whose, facts);
        if (circle) {
            found.push_back(*circle);
        }
    }
    return found;
}

ResealDesk::Where ResealDesk::where(const Whose& whose, const std::string& id, const SealedAnew& piece) {
    const stores::Keyspace keys(whose.program);
    switch (piece.kind) {
        case PieceKind::part:
            return {keys.case_parts(id), std::to_string(piece.at)};
        case PieceKind::note:
            return {keys.case_notes(id), std::to_string(piece.at)};
        case PieceKind::reply:
            return {keys.replies(id), std::to_string(piece.at)};
        case PieceKind::task:
            return {keys.task_words(id), piece.task, true};
        case PieceKind::copy:
            break;
    }
    return {keys.case_copies(id), copy_field(whose.organisation, piece.at), true};
}

Awaitable<Result<std::string>> ResealDesk::read_one(Where where) {
    redis::Command question{where.is_field ? "HGET" : "LINDEX", std::move(where.key), std::move(where.place)};
    const Result<redis::Reply> stored =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!stored) {
        co_return stored.error();
    }
    co_return stored->string() == nullptr ? Result<std::string>(errc::contended)
                                          : Result<std::string>(*stored->string());
}

/// What is to stand in the place of `stored`, under the lock of this month.
Awaitable<Result<std::string>> ResealDesk::relocked(std::string program, std::string id,
                                                    const SealedAnew& piece, std::string stored) {
    const std::string context = lock_of_list(program, id, piece.kind);
    const bool is_reply = piece.kind == PieceKind::reply;
    Result<Reply> reply = is_reply ? parse_reply(stored) : Result<Reply>(Reply{"", std::move(stored), ""});
    if (!reply) {
        co_return reply.error();
    }
    const Result<std::string> before = co_await unlock_one(services_.vault, context, reply->for_circle);
    if (!before) {
        co_return before.error();
    }
    if (piece.was.size() != name_bytes || !before->starts_with(piece.was)) {
        co_return errc::contended;
    }
    Result<std::string> locked = co_await lock_one(services_.vault, context, piece.sealed);
    if (!locked) {
        co_return locked.error();
    }
    if (!is_reply) {
        co_return std::move(*locked);
    }
    reply->for_circle = std::move(*locked);
    co_return to_bytes(*reply);
}

Awaitable<Result<void>> ResealDesk::put(Whose whose, std::string id, std::vector<SealedAnew> pieces,
                                        std::string who) {
    const Result<vault::CirclePublicKey> circle = co_await circle_of(whose, id);
    if (!circle) {
        co_return circle.error();
    }
    std::vector<redis::Write> conditions;
    std::vector<redis::Write> writes;
    std::size_t bytes = 0;
    for (const SealedAnew& piece : pieces) {
        const auto to = vault::sealed_to(piece.sealed, vault::SealedForm::part);
        bytes += piece.sealed.size();
        const bool is_ours = whose.organisation.empty() == (piece.kind != PieceKind::copy);
        if (!is_ours || !to || *to != circle->id() || vault::lock_of(piece.sealed) ||
            pieces.size() > most_pieces || bytes > most_bytes) {
            co_return errc::bad_note;
        }
        const Where place = where(whose, id, piece);
        const Result<std::string> stored = co_await read_one(place);
        if (!stored) {
            co_return stored.error();
        }
        Result<std::string> after = co_await relocked(whose.program, id, piece, *stored);
        if (!after) {
            co_return after.error();
        }
        conditions.push_back({place.is_field ? redis::Op::must_be_field : redis::Op::must_stand,
                              place.key,
                              {place.place, *stored}});
        writes.push_back({place.is_field ? redis::Op::hset : redis::Op::lset,
                          place.key,
                          {place.place, std::move(*after)}});
    }
    std::ranges::move(writes, std::back_inserter(conditions));
    std::string why = counted(pieces);
    co_return co_await commit(whose, std::move(id), std::move(conditions), std::move(why), std::move(who),
                              *circle);
}

Awaitable<Result<void>> ResealDesk::commit(const Whose& whose, std::string id,
                                           std::vector<redis::Write> writes, std::string why, std::string who,
                                           vault::CirclePublicKey circle) {
    const stores::Keyspace keys(whose.program);
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_exist, keys.case_facts(id), {}});
    std::ranges::move(writes, std::back_inserter(commit.writes));
    audit::Act act{audit::What::sealed_anew, id, std::move(who)};
    act.why = std::move(why);
    act.to = circle.name + "." + std::to_string(circle.version);
    audit::add_entry(commit.writes, keys, std::move(act));
    ops::test_point("before_resealing");
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(op_budget));
    if (!done) {
        co_return done.error();
    }
    const bool written = done->outcome == redis::Committed::Outcome::committed;
    co_return written ? Result<void>() : Result<void>(errc::contended);
}

Awaitable<Result<bool>> ResealDesk::is_theirs(const Whose& whose, std::string id, std::string recording) {
    redis::Command question{"SISMEMBER", stores::Keyspace(whose.program).case_recordings(id), recording};
    const Result<redis::Reply> its =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!its || its->integer() == nullptr) {
        co_return Result<bool>(boost::system::in_place_error,
                               its ? make_error_code(redis::errc::unexpected_reply) : its.error());
    }
    std::vector<CaseFacts> only(1);
    only.front().id = std::move(id);
    const Result<std::vector<Standing>> standing =
        co_await services_.desk.standing(whose.program, std::move(only), services_.clock.in(op_budget));
    if (!standing) {
        co_return Result<bool>(boost::system::in_place_error, standing.error());
    }
    const Casework& work = standing->front().work;
    const Referral* theirs = work.referral(whose.organisation);
    const bool of_whose =
        whose.organisation.empty()
            ? !work.is_for_others(recording)
            : theirs != nullptr && theirs->state == ReferralState::accepted &&
                  std::ranges::find(theirs->recordings, recording) != theirs->recordings.end();
    co_return *its->integer() != 0 && standing->front().readable&& of_whose;
}

Awaitable<Result<void>> ResealDesk::put_recording(Whose whose, std::string id, std::string recording,
                                                  SealedAnew whole, std::string who) {
    const Result<vault::CirclePublicKey> circle = co_await circle_of(whose, id);
    if (!circle) {
        co_return circle.error();
    }
    const std::string path = services_.blob_path(recording);
    const std::string context = recording_context(whose.program, recording);
    const auto to = vault::sealed_to(whole.sealed, vault::SealedForm::recording);
    if (!to || *to != circle->id() || vault::lock_of(whole.sealed)) {
        co_return errc::bad_note;
    }
    const Result<bool> theirs = co_await is_theirs(whose, id, recording);
    if (!theirs || !*theirs) {
        co_return theirs ? make_error_code(errc::contended) : theirs.error();
    }
    const std::string before = opening_of(path);
    const Result<std::string> opening = co_await unlock_recording(services_.vault, context, before);
    if (!opening) {
        co_return opening.error();
    }
    if (whole.was.size() != vault::recording_opening_bytes || !opening->starts_with(whole.was)) {
        co_return errc::contended;
    }
    std::string fresh = whole.sealed.substr(0, vault::recording_opening_bytes);
    const Result<std::string> locked = co_await lock_one(services_.vault, context, std::move(fresh));
    if (!locked) {
        co_return locked.error();
    }
    // The entry first: a kill in between leaves a recording that is found older once more, and sealed anew once more.
    std::vector<redis::Write> nothing_else;
    const Result<void> noted = co_await commit(whose, std::move(id), std::move(nothing_else), "recordings=1",
                                               std::move(who), *circle);
    if (!noted) {
        co_return noted;
    }
    whole.sealed.replace(0, vault::recording_opening_bytes, *locked);
    const bool written = opening_of(path) == before && ops::replace_file(path, whole.sealed);
    co_return written ? Result<void>() : Result<void>(errc::damaged);
}

}  // namespace rightsline::cases
