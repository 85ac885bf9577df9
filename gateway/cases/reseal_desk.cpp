#include "gateway/cases/reseal_desk.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/vault/epoch.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 5s;

std::string key_of(const stores::Keyspace& keys, const std::string& id, PieceKind kind) {
    return kind == PieceKind::part   ? keys.case_parts(id)
           : kind == PieceKind::note ? keys.case_notes(id)
           : kind == PieceKind::task ? keys.task_words(id)
                                     : keys.replies(id);
}

std::string lock_of_list(const std::string& program, const std::string& id, PieceKind kind) {
    return kind == PieceKind::part   ? part_context(program, id)
           : kind == PieceKind::note ? note_context(program, id)
           : kind == PieceKind::task ? task_context(program, id)
                                     : thread_context(program, id);
}

/// Something sealed that names another key. What nobody can read is not ours to judge: fsck names it.
bool is_older(std::string_view sealed, vault::SealedForm form, const std::array<std::uint8_t, 8>& newest) {
    const auto id = vault::sealed_to(sealed, form);
    return id && *id != newest;
}

/// The beginning of a file, locked or not; "" when it is not here.
std::string opening_of(const std::string& path) {
    std::string head(vault::recording_opening_bytes + vault::lock_overhead, '\0');
    std::ifstream in(path, std::ios::binary);
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    return head;
}

std::string counted(const std::vector<SealedAnew>& pieces) {
    std::string words;
    for (const auto& [kind, name] :
         {std::pair(PieceKind::part, "parts="), std::pair(PieceKind::note, "notes="),
          std::pair(PieceKind::reply, "replies="), std::pair(PieceKind::task, "tasks=")}) {
        const auto count = std::ranges::count(pieces, kind, &SealedAnew::kind);
        words += count == 0 ? "" : (words.empty() ? "" : " ") + std::string(name) + std::to_string(count);
    }
    return words;
}

}  // namespace

Awaitable<Result<void>> ResealDesk::count_list(std::string key, bool replies, KeyId newest, Older& into) {
    for (std::int64_t from = 0, total = 1; from < total;) {
        const Result<PartPage> page =
            co_await read_page(services_.redis, key, static_cast<int>(from), services_.clock.in(op_budget));
        if (!page) {
            co_return page.error();
        }
        for (const std::string& stored : page->parts) {
            const Result<Reply> reply = replies ? parse_reply(stored) : Result<Reply>(Reply{"", stored, ""});
            into.pieces += reply && is_older(reply->for_circle, vault::SealedForm::part, newest) ? 1 : 0;
        }
        from += static_cast<std::int64_t>(page->parts.size());
        total = page->parts.empty() ? from : page->total;
    }
    co_return Result<void>();
}

Awaitable<Result<void>> ResealDesk::count_tasks(std::string key, KeyId newest, Older& into) {
    redis::Command question{"HGETALL", std::move(key)};
    const Result<redis::Reply> words =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!words || words->array() == nullptr) {
        co_return words ? make_error_code(redis::errc::unexpected_reply) : words.error();
    }
    const std::vector<redis::Reply>& flat = *words->array();
    for (std::size_t i = 1; i < flat.size(); i += 2) {
        into.pieces +=
            flat[i].string() != nullptr && is_older(*flat[i].string(), vault::SealedForm::part, newest) ? 1
                                                                                                        : 0;
    }
    co_return Result<void>();
}

Awaitable<Result<void>> ResealDesk::look_at_files(std::string program, KeyId newest, const Casework& work,
                                                  Older& into) {
    redis::Command question{"SMEMBERS", stores::Keyspace(program).case_recordings(into.id)};
    const Result<redis::Reply> listed =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!listed || listed->array() == nullptr) {
        co_return listed ? make_error_code(redis::errc::unexpected_reply) : listed.error();
    }
    for (const redis::Reply& one : *listed->array()) {
        const std::string recording = one.string() == nullptr ? "" : *one.string();
        const bool ours = !work.is_for_others(recording);
        const std::string opening = opening_of(services_.blob_path(recording));
        into.elsewhere += ours && opening.empty() ? 1 : 0;
        if (ours && is_older(opening, vault::SealedForm::recording, newest)) {
            into.recordings.push_back(recording);
        }
    }
    co_return Result<void>();
}

Awaitable<Result<OlderPage>> ResealDesk::older(std::string program, int skip, int most) {
    const stores::Keyspace keys(program);
    const KeyId newest = services_.desk.circle(program).id();
    CaseStore store(services_.redis);
    const Result<CasePage> page = co_await store.list(program, skip, most, services_.clock.in(op_budget));
    if (!page) {
        co_return page.error();
    }
    const Result<std::vector<Standing>> standing =
        co_await services_.desk.standing(program, page->cases, services_.clock.in(op_budget));
    if (!standing) {
        co_return standing.error();
    }
    OlderPage out{{}, page->total};
    for (std::size_t i = 0; i < page->cases.size(); ++i) {
        const CaseFacts& facts = page->cases[i];
        Result<void> looked;
        Older one{facts.id, facts.alias, 0, {}, 0};
        for (const PieceKind kind : {PieceKind::part, PieceKind::note, PieceKind::reply}) {
            if (looked) {
                looked =
                    co_await count_list(key_of(keys, facts.id, kind), kind == PieceKind::reply, newest, one);
            }
        }
        if (looked) {
            looked = co_await count_tasks(keys.task_words(facts.id), newest, one);
        }
        if (looked) {
            looked = co_await look_at_files(program, newest, (*standing)[i].work, one);
        }
        if (!looked) {
            co_return looked.error();
        }
        if (one.any()) {
            out.cases.push_back(std::move(one));
        }
    }
    co_return out;
}

Awaitable<Result<std::string>> ResealDesk::read_one(std::string key, const SealedAnew& piece) {
    redis::Command question{"LINDEX", key, std::to_string(piece.at)};
    if (piece.kind == PieceKind::task) {
        question = redis::Command{"HGET", key, piece.task};
    }
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

Awaitable<Result<void>> ResealDesk::put(std::string program, std::string id, std::vector<SealedAnew> pieces,
                                        std::string who) {
    const stores::Keyspace keys(program);
    const KeyId newest = services_.desk.circle(program).id();
    std::vector<redis::Write> conditions;
    std::vector<redis::Write> writes;
    std::size_t bytes = 0;
    for (const SealedAnew& piece : pieces) {
        const auto to = vault::sealed_to(piece.sealed, vault::SealedForm::part);
        bytes += piece.sealed.size();
        if (!to || *to != newest || vault::lock_of(piece.sealed) || pieces.size() > most_pieces ||
            bytes > most_bytes) {
            co_return errc::bad_note;
        }
        const std::string key = key_of(keys, id, piece.kind);
        const Result<std::string> stored = co_await read_one(key, piece);
        if (!stored) {
            co_return stored.error();
        }
        Result<std::string> after = co_await relocked(program, id, piece, *stored);
        if (!after) {
            co_return after.error();
        }
        const bool is_task = piece.kind == PieceKind::task;
        const std::string where = is_task ? piece.task : std::to_string(piece.at);
        conditions.push_back(
            {is_task ? redis::Op::must_be_field : redis::Op::must_stand, key, {where, *stored}});
        writes.push_back({is_task ? redis::Op::hset : redis::Op::lset, key, {where, std::move(*after)}});
    }
    std::ranges::move(writes, std::back_inserter(conditions));
    std::string why = counted(pieces);
    co_return co_await commit(std::move(program), std::move(id), std::move(conditions), std::move(why),
                              std::move(who));
}

Awaitable<Result<void>> ResealDesk::commit(std::string program, std::string id,
                                           std::vector<redis::Write> writes, std::string why,
                                           std::string who) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_exist, keys.case_facts(id), {}});
    std::ranges::move(writes, std::back_inserter(commit.writes));
    const vault::CirclePublicKey& circle = services_.desk.circle(program);
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

Awaitable<Result<void>> ResealDesk::put_recording(std::string program, std::string id, std::string recording,
                                                  SealedAnew whole, std::string who) {
    const std::string path = services_.blob_path(recording);
    const std::string context = recording_context(program, recording);
    const auto to = vault::sealed_to(whole.sealed, vault::SealedForm::recording);
    if (!to || *to != services_.desk.circle(program).id() || vault::lock_of(whole.sealed)) {
        co_return errc::bad_note;
    }
    redis::Command question{"SISMEMBER", stores::Keyspace(program).case_recordings(id), recording};
    const Result<redis::Reply> its =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!its || its->integer() == nullptr || *its->integer() == 0) {
        co_return its ? make_error_code(errc::contended) : its.error();
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
    const Result<void> noted = co_await commit(std::move(program), std::move(id), std::move(nothing_else),
                                               "recordings=1", std::move(who));
    if (!noted) {
        co_return noted;
    }
    whole.sealed.replace(0, vault::recording_opening_bytes, *locked);
    const bool written = opening_of(path) == before && ops::replace_file(path, whole.sealed);
    co_return written ? Result<void>() : Result<void>(errc::damaged);
}

}  // namespace rightsline::cases
