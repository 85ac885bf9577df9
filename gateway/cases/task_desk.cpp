// What is written beside a case's document: who may, the tasks, what went to others.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr int tries = 3;
constexpr std::int64_t longest_ahead = 2LL * 366 * 24 * 3600;  // seconds

std::string fresh_id() {
    std::array<std::uint8_t, 8> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

bool is_due_in_time(const Task& task) {
    return task.due > task.made && task.due <= task.made + longest_ahead;
}

}  // namespace

/// The audit holds names of the roster, and nothing that somebody made up.
Awaitable<Result<Casework>> CaseDesk::may_act(std::string program, std::string id, Actor actor,
                                              redis::Deadline deadline) {
    const std::vector<std::string> names = people(program, actor.users).all;
    if (!actor.name.empty() && std::ranges::find(names, actor.name) == names.end()) {
        co_return errc::unknown_person;
    }
    Result<Loaded> loaded = co_await load(program, id, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (loaded->work.keeps_out(actor.name)) {
        co_return errc::may_not;
    }
    co_return std::move(loaded->work);
}

/// To a case that is there.
Awaitable<Result<void>> CaseDesk::add(std::vector<redis::Write> writes, redis::Deadline deadline) {
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes = std::move(writes);
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    const bool written = done->outcome == redis::Committed::Outcome::committed;
    co_return written ? Result<void>() : Result<void>(stores::errc::no_such_case);
}

Awaitable<Result<Task>> CaseDesk::set_task(std::string program, std::string id, Actor actor, Task task,
                                           std::string sealed, redis::Deadline deadline) {
    task.id = fresh_id();
    task.by = actor.who;
    task.made = seconds(services_.clock.now());
    const Result<vault::CirclePublicKey> circle = co_await circle_of(program, id, deadline);
    if (!circle) {
        co_return circle.error();
    }
    const Result<void> fits = check_task(*circle, sealed);
    if (!fits || !is_due_in_time(task)) {
        co_return errc::bad_task;
    }
    const std::vector<std::string> names = people(program, actor.users).all;
    if (!task.who.empty() && std::ranges::find(names, task.who) == names.end()) {
        co_return errc::unknown_person;
    }
    const Result<Casework> work = co_await may_act(program, id, actor, deadline);
    if (!work || work->keeps_out(task.who)) {
        co_return work ? make_error_code(errc::may_not) : work.error();
    }
    const Result<std::vector<SealedTask>> before = co_await tasks(program, id, deadline);
    if (!before || before->size() >= most_tasks) {
        co_return before ? make_error_code(errc::too_many_tasks) : before.error();
    }
    Result<std::string> locked =
        co_await lock_one(services_.vault, task_context(program, id), std::move(sealed));
    if (!locked) {
        co_return locked.error();
    }
    std::vector<redis::Write> writes = task_writes(stores::Keyspace(program), id, task, std::move(*locked));
    const Result<void> kept = co_await add(std::move(writes), deadline);
    co_return kept ? Result<Task>(std::move(task)) : Result<Task>(kept.error());
}

/// When two say so at once, both stand in the audit, and the first in the list.
Awaitable<Result<Task>> CaseDesk::finish_task(std::string program, std::string id, Actor actor,
                                              std::string task, redis::Deadline deadline) {
    const Result<Casework> may = co_await may_act(program, id, actor, deadline);
    if (!may) {
        co_return may.error();
    }
    const Result<std::vector<SealedTask>> all = co_await tasks(program, id, deadline);
    if (!all) {
        co_return all.error();
    }
    const auto found =
        std::ranges::find_if(*all, [&task](const SealedTask& one) { return one.task.id == task; });
    if (found == all->end()) {
        co_return errc::no_such_task;
    }
    Task done = found->task;
    if (!done.is_open()) {
        co_return done;
    }
    done.done = seconds(services_.clock.now());
    done.done_by = actor.who;
    std::vector<redis::Write> writes =
        task_done_writes(stores::Keyspace(program), id, done, actor.who, done.done);
    const Result<void> kept = co_await add(std::move(writes), deadline);
    co_return kept ? Result<Task>(std::move(done)) : Result<Task>(kept.error());
}

Awaitable<Result<std::vector<SealedTask>>> CaseDesk::tasks(std::string program, std::string id,
                                                           redis::Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).case_tasks(id));
    const Result<redis::Loaded> list = co_await redis::load(services_.redis, wanted, deadline);
    if (!list) {
        co_return list.error();
    }
    std::vector<SealedTask> all;
    for (Task& one : read_tasks(list->extras.front().value_or(""))) {
        all.push_back({std::move(one), ""});
    }
    const Result<void> read = co_await read_words(std::move(program), std::move(id), all, deadline);
    co_return read ? Result<std::vector<SealedTask>>(std::move(all)) : read.error();
}

/// What is to be done, of those that have words.
Awaitable<Result<void>> CaseDesk::read_words(std::string program, std::string id,
                                             std::vector<SealedTask>& tasks, redis::Deadline deadline) {
    redis::Command question{"HMGET", stores::Keyspace(program).task_words(id)};
    std::vector<SealedTask*> asked;
    for (SealedTask& one : tasks) {
        if (one.task.kind.empty()) {
            question.push_back(one.task.id);
            asked.push_back(&one);
        }
    }
    if (asked.empty()) {
        co_return Result<void>();
    }
    const Result<redis::Reply> words = co_await services_.redis.execute(std::move(question), deadline);
    const std::vector<redis::Reply>* each = words ? words->array() : nullptr;
    if (each == nullptr || each->size() != asked.size()) {
        co_return words ? make_error_code(redis::errc::unexpected_reply) : words.error();
    }
    std::vector<std::string> stored;
    for (const redis::Reply& one : *each) {
        stored.push_back(one.string() == nullptr ? "" : *one.string());
    }
    const Result<std::vector<std::string>> sealed =
        co_await unlock(services_.vault, task_context(program, id), std::move(stored));
    for (std::size_t i = 0; sealed && i < asked.size(); ++i) {
        asked[i]->sealed = (*sealed)[i];
    }
    co_return sealed ? Result<void>() : Result<void>(sealed.error());
}

Awaitable<Result<void>> CaseDesk::hand_on(std::string program, std::string id, Actor actor, Consent purpose,
                                          redis::Deadline deadline) {
    const Result<Casework> may = co_await may_act(program, id, actor, deadline);
    if (!may) {
        co_return may.error();
    }
    const stores::Keyspace keys(program);
    const auto hour = std::chrono::floor<std::chrono::hours>(services_.clock.now());
    const HandedOn one{std::string(to_word(purpose)), actor.who, hour.time_since_epoch().count() * 3600};
    ConsentBook book(services_.redis);
    CaseStore store(services_.redis);
    for (int i = 0; i < tries; ++i) {
        const Result<CaseFacts> there = co_await store.facts(program, id, deadline);
        if (!there) {  // of one that is gone there is no yes either, and it is not that which is missing
            co_return there.error();
        }
        const Result<ConsentLedger> ledger = co_await book.ledger(program, id, deadline);
        const Result<redis::Write> agreed =
            ledger ? must_agree(keys, id, *ledger, purpose) : Result<redis::Write>(ledger.error());
        if (!agreed) {
            co_return agreed.error();
        }
        std::vector<redis::Write> writes{*agreed};
        std::ranges::move(handing_on_writes(keys, id, one), std::back_inserter(writes));
        const Result<void> done = co_await add(std::move(writes), deadline);
        if (done || done.error() != make_error_code(stores::errc::no_such_case)) {
            co_return done;
        }
        // It is gone, or its worker said something else meanwhile: the ledger of now tells.
    }
    co_return errc::contended;
}

Awaitable<Result<std::vector<HandedOn>>> CaseDesk::handed_on(std::string program, std::string id,
                                                             redis::Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).handed_on(id));
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    co_return read_handed_on(stored->extras.front().value_or(""));
}

}  // namespace rightsline::cases
