#include "gateway/access/user_store.hpp"

#include <algorithm>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/sealing.hpp"
#include "redis/error.hpp"

namespace rightsline::access {

Awaitable<Result<User>> UserStore::open(std::string name, std::string sealed) {
    Result<std::string> plain = co_await unseal(vault_, keys().user(name), std::move(sealed));
    if (!plain) {
        co_return plain.error();
    }
    std::optional<User> user = read_user(*plain);
    locales::wipe(*plain);
    if (!user || user->name != name) {
        co_return errc::damaged;
    }
    co_return std::move(*user);
}

Awaitable<Result<UserStore::Known>> UserStore::find(std::string name, Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.document = keys().user(name);
    Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (loaded->version == 0) {
        co_return errc::no_such_user;
    }
    Result<User> user = co_await open(std::move(name), std::move(loaded->document));
    if (!user) {
        co_return user.error();
    }
    co_return Known{std::move(*user), loaded->version};
}

Awaitable<Result<std::vector<User>>> UserStore::list(Deadline deadline) {
    redis::Command question{"SMEMBERS", keys().users()};
    const Result<redis::Reply> members = co_await client_.execute(std::move(question), deadline);
    if (!members) {
        co_return members.error();
    }
    if (members->array() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    std::vector<std::string> names;
    for (const redis::Reply& one : *members->array()) {
        names.push_back(one.string() != nullptr ? *one.string() : "");
    }
    std::ranges::sort(names);
    std::vector<User> users;
    for (const std::string& name : names) {
        Result<Known> known = co_await find(name, deadline);
        if (!known) {
            co_return known.error();
        }
        users.push_back(std::move(known->user));
    }
    co_return users;
}

Awaitable<Result<void>> UserStore::add(User user, std::string by, Deadline deadline,
                                       std::vector<redis::Write> conditions) {
    redis::Command question{"SMEMBERS", keys().users()};
    const Result<redis::Reply> members = co_await client_.execute(std::move(question), deadline);
    if (!members) {
        co_return members.error();
    }
    if (members->array() == nullptr || members->array()->size() >= most_users) {
        co_return errc::too_many_users;
    }
    std::vector<redis::Write> writes = std::move(conditions);
    writes.push_back({redis::Op::sadd, keys().users(), {user.name}});
    audit::Act act;
    act.what = audit::What::user_added;
    act.who = std::move(by);
    act.whom = user.name;
    audit::add_entry(writes, keys(), std::move(act));
    redis::Command taken{"EXISTS", keys().user(user.name)};
    Known fresh{std::move(user), 0};
    const Result<void> saved = co_await save(std::move(fresh), std::move(writes), deadline);
    if (saved || saved.error() != make_error_code(errc::contended)) {
        co_return saved;
    }
    const Result<redis::Reply> there = co_await client_.execute(std::move(taken), deadline);
    const bool is_taken = there && there->integer() != nullptr && *there->integer() != 0;
    co_return is_taken ? errc::name_taken : errc::contended;  // a condition of the caller's did not hold
}

Awaitable<Result<void>> UserStore::save(Known changed, std::vector<redis::Write> writes, Deadline deadline) {
    const std::string key = keys().user(changed.user.name);
    Result<std::string> sealed = co_await seal(vault_, key, to_bytes(changed.user));
    if (!sealed) {
        co_return sealed.error();
    }
    redis::Commit commit;
    commit.document_key = key;
    commit.expected_version = changed.version;
    commit.document = std::move(*sealed);
    commit.writes = std::move(writes);
    commit.now_ms = clock_.now().time_since_epoch().count();
    const Result<redis::Committed> done = co_await redis::commit(client_, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    const bool kept = done->outcome == redis::Committed::Outcome::committed;
    co_return kept ? Result<void>() : Result<void>(errc::contended);
}

Awaitable<Result<std::vector<redis::Write>>> UserStore::still_may(std::string name, std::string program,
                                                                  Right right, Deadline deadline) {
    const Result<Known> known = co_await find(name, deadline);
    if (!known) {
        co_return known.error();
    }
    if (known->user.disabled || !known->user.grants.may(program, right)) {
        co_return errc::contended;
    }
    std::vector<redis::Write> conditions{redis::must_be_version(keys().user(name), known->version)};
    co_return conditions;
}

}  // namespace rightsline::access
