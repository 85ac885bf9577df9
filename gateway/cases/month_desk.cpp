#include "gateway/cases/month_desk.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/ops/test_point.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 5s;
constexpr std::size_t most_bytes = 400'000;  // of one commit: what was and what will be
constexpr std::size_t most_writes = 50;
constexpr int ids_a_page = 1000;

void add_month(std::vector<vault::Month>& months, std::string_view stored) {
    if (const std::optional<vault::Lock> lock = vault::lock_of(stored)) {
        months.push_back(lock->month);
    }
}

}  // namespace

std::vector<vault::Month> MonthDesk::months_of(const Piece& piece) {
    std::vector<vault::Month> months;
    if (piece.form != Form::reply) {
        add_month(months, piece.stored);
        return months;
    }
    if (const Result<Reply> reply = parse_reply(piece.stored)) {
        add_month(months, reply->for_circle);
        add_month(months, reply->for_mailbox);
    }
    return months;
}

Awaitable<Result<std::vector<std::string>>> MonthDesk::ids(std::string program) {
    const std::string key = stores::Keyspace(program).cases();
    std::vector<std::string> ids;
    for (std::size_t read = ids_a_page; read == ids_a_page;) {
        const std::string from = std::to_string(ids.size());
        redis::Command page{"ZREVRANGE", key, from, std::to_string(ids.size() + ids_a_page - 1)};
        const Result<redis::Reply> listed =
            co_await services_.redis.execute(std::move(page), services_.clock.in(op_budget));
        if (!listed || listed->array() == nullptr) {
            co_return listed ? make_error_code(redis::errc::unexpected_reply) : listed.error();
        }
        for (const redis::Reply& one : *listed->array()) {
            ids.push_back(one.string() == nullptr ? "" : *one.string());
        }
        read = listed->array()->size();
    }
    co_return ids;
}

Awaitable<Result<MonthUse>> MonthDesk::use(std::string program) {
    const Result<std::vector<std::string>> all = co_await ids(program);
    if (!all) {
        co_return all.error();
    }
    MonthUse use;
    for (std::size_t i = 0; i < all->size(); ++i) {
        const Result<Kept> kept = co_await gather(program, (*all)[i]);
        if (!kept) {
            co_return kept.error();
        }
        std::set<vault::Month> months;
        for (const Piece& piece : kept->pieces) {
            const std::vector<vault::Month> its = months_of(piece);
            months.insert(its.begin(), its.end());
        }
        for (const vault::Month month : months) {
            ++use.cases[month];
        }
        use.elsewhere += kept->elsewhere ? 1 : 0;
    }
    co_return use;
}

Awaitable<Result<std::int64_t>> MonthDesk::move(std::string program, vault::Month last, std::string who) {
    const Result<std::vector<std::string>> all = co_await ids(program);
    if (!all) {
        co_return all.error();
    }
    std::int64_t moved = 0;
    for (std::size_t i = 0; i < all->size(); ++i) {
        Result<Kept> kept = co_await gather(program, (*all)[i]);
        if (!kept) {
            co_return kept.error();
        }
        std::erase_if(kept->pieces, [last](const Piece& piece) {
            return std::ranges::none_of(months_of(piece), [last](vault::Month its) { return its <= last; });
        });
        if (kept->pieces.empty()) {
            continue;
        }
        const Result<void> done = co_await move_case(program, (*all)[i], std::move(kept->pieces), who);
        if (!done) {
            co_return done.error();
        }
        ++moved;
    }
    co_return moved;
}

Awaitable<Result<std::string>> MonthDesk::relocked(Piece piece) {
    if (piece.form != Form::reply) {
        Result<std::string> sealed =
            co_await unlock_one(services_.vault, piece.context, std::move(piece.stored));
        if (!sealed) {
            co_return sealed.error();
        }
        co_return co_await lock_one(services_.vault, piece.context, std::move(*sealed));
    }
    Result<Reply> reply = parse_reply(piece.stored);
    if (!reply) {
        co_return reply.error();
    }
    std::vector<std::string> copies{std::move(reply->for_circle), std::move(reply->for_mailbox)};
    Result<std::vector<std::string>> sealed =
        co_await unlock(services_.vault, piece.context, std::move(copies));
    if (!sealed) {
        co_return sealed.error();
    }
    const Result<std::vector<std::string>> both =
        co_await lock(services_.vault, piece.context, std::move(*sealed));
    if (!both) {
        co_return both.error();
    }
    co_return to_bytes(Reply{reply->id, (*both)[0], (*both)[1]});
}

/// A file is written at once; what stands in the store waits for its commit.
Result<void> MonthDesk::put(const Piece& piece, std::string after, Batch& batch) {
    batch.bytes += piece.stored.size() + after.size();
    if (piece.form == Form::file) {
        std::optional<std::string> file = ops::read_file(piece.key);
        const bool there = file && file->starts_with(piece.stored);
        const bool fails =
            there && !ops::replace_file(piece.key, file->replace(0, piece.stored.size(), after));
        return fails ? Result<void>(errc::damaged) : Result<void>();
    }
    if (piece.form == Form::string) {
        batch.conditions.push_back({redis::Op::must_be, piece.key, {piece.stored}});
        batch.writes.push_back({redis::Op::set, piece.key, {std::move(after)}});
    } else if (piece.form == Form::field) {
        batch.conditions.push_back({redis::Op::must_be_field, piece.key, {piece.where, piece.stored}});
        batch.writes.push_back({redis::Op::hset, piece.key, {piece.where, std::move(after)}});
    } else {
        batch.conditions.push_back({redis::Op::must_stand, piece.key, {piece.where, piece.stored}});
        batch.writes.push_back({redis::Op::lset, piece.key, {piece.where, std::move(after)}});
    }
    return {};
}

Awaitable<Result<void>> MonthDesk::move_case(std::string program, std::string id, std::vector<Piece> pieces,
                                             std::string who) {
    Batch batch;
    for (const Piece& piece : pieces) {
        Result<std::string> after = co_await relocked(piece);
        if (!after) {
            co_return after.error();
        }
        if (*after == piece.stored) {
            continue;  // no later month has a key, or this one's is gone: it stays as it is
        }
        const Result<void> kept = put(piece, std::move(*after), batch);
        if (!kept) {
            co_return kept;
        }
        if (batch.bytes > most_bytes || batch.writes.size() > most_writes) {
            Batch full = std::exchange(batch, Batch());
            const Result<void> done = co_await commit(program, id, std::move(full), who);
            if (!done) {
                co_return done;
            }
        }
    }
    if (batch.writes.empty()) {
        co_return Result<void>();
    }
    co_return co_await commit(program, id, std::move(batch), std::move(who));
}

Awaitable<Result<void>> MonthDesk::commit(std::string program, std::string id, Batch batch, std::string who) {
    const stores::Keyspace keys(program);
    const ops::UtcMs now = services_.clock.now();
    redis::Commit commit;
    commit.now_ms = now.time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_exist, keys.case_facts(id), {}});
    std::ranges::move(batch.conditions, std::back_inserter(commit.writes));
    std::ranges::move(batch.writes, std::back_inserter(commit.writes));
    audit::Act act{audit::What::month_moved, id, std::move(who)};
    act.to = vault::to_text(vault::month_at(std::chrono::floor<std::chrono::seconds>(now)));
    audit::add_entry(commit.writes, keys, std::move(act));
    ops::test_point("before_moving");
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(op_budget));
    if (!done) {
        co_return done.error();
    }
    const bool moved = done->outcome == redis::Committed::Outcome::committed;
    co_return moved ? Result<void>() : Result<void>(errc::contended);
}

}  // namespace rightsline::cases
