#include "gateway/access/login_store.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/sealing.hpp"
#include "gateway/ops/json_text.hpp"
#include "redis/error.hpp"

namespace rightsline::access {
namespace {

namespace json = boost::json;

stores::Keyspace keys() { return stores::Keyspace(stores::server_wide); }

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::string to_bytes(const Login& login) {
    return json::serialize(json::object{{"user", login.user},
                                        {"generation", static_cast<std::int64_t>(login.generation)},
                                        {"made", ms(login.made)},
                                        {"seen", ms(login.seen)},
                                        {"cookie", login.cookie},
                                        {"before", login.before}});
}

std::optional<Login> read_login(std::string hash, std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    const auto number = [object](const char* name) -> std::optional<std::int64_t> {
        const json::value* one = object == nullptr ? nullptr : object->if_contains(name);
        return one != nullptr && one->is_int64() ? std::optional(one->get_int64()) : std::nullopt;
    };
    const auto generation = number("generation");
    const auto made = number("made");
    const auto seen = number("seen");
    if (!generation || !made || !seen || !object->contains("cookie") || !object->at("cookie").is_bool()) {
        return std::nullopt;
    }
    return Login{std::move(hash),
                 ops::text_of(*object, "user"),
                 static_cast<std::uint64_t>(*generation),
                 ops::UtcMs(std::chrono::milliseconds(*made)),
                 ops::UtcMs(std::chrono::milliseconds(*seen)),
                 object->at("cookie").get_bool(),
                 number("before").value_or(0)};
}

}  // namespace

Awaitable<Result<Login>> LoginStore::open(std::string hash, std::string sealed) {
    const Result<std::string> plain = co_await unseal(vault_, keys().login(hash), std::move(sealed));
    std::optional<Login> login = plain ? read_login(std::move(hash), *plain) : std::nullopt;
    if (!login || !login->holds(clock_.now())) {
        co_return errc::no_login;
    }
    co_return std::move(*login);
}

Awaitable<Result<Login>> LoginStore::find(std::string hash, Deadline deadline) {
    redis::Command question{"GET", keys().login(hash)};
    const Result<redis::Reply> stored = co_await client_.execute(std::move(question), deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->error() != nullptr) {
        co_return redis::errc::server_error;
    }
    if (stored->string() == nullptr) {
        co_return errc::no_login;
    }
    co_return co_await open(std::move(hash), *stored->string());
}

Awaitable<Result<LoginStore::OfUser>> LoginStore::of_user(std::string user, Deadline deadline) {
    redis::Command question{"ZRANGEBYSCORE", keys().logins_of(user), "-inf", "+inf"};
    const Result<redis::Reply> hashes = co_await client_.execute(std::move(question), deadline);
    if (!hashes) {
        co_return hashes.error();
    }
    if (hashes->array() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    OfUser all;
    for (const redis::Reply& one : *hashes->array()) {
        const std::string hash = one.string() != nullptr ? *one.string() : std::string();
        Result<Login> login = co_await find(hash, deadline);
        if (login && login->user == user) {
            all.held.push_back(std::move(*login));
        } else if (login || login.error() == make_error_code(errc::no_login)) {
            all.over.push_back(hash);
        } else {
            co_return login.error();
        }
    }
    std::ranges::sort(all.held, std::ranges::greater(), &Login::made);
    co_return all;
}

/// Redis forgets it a little after we no longer believe it.
redis::Write LoginStore::kept(const Login& login, std::string sealed) const {
    const auto left = std::chrono::ceil<std::chrono::seconds>(login.end() - clock_.now());
    const auto lives =
        std::clamp<std::chrono::seconds>(left, std::chrono::seconds(1), idle_limit + seen_every);
    return {redis::Op::set_for, keys().login(login.hash), {std::move(sealed), std::to_string(lives.count())}};
}

Awaitable<Result<void>> LoginStore::touch(Login login, Deadline deadline) {
    login.seen = clock_.now();
    Result<std::string> sealed = co_await seal(vault_, keys().login(login.hash), to_bytes(login));
    if (!sealed) {
        co_return sealed.error();
    }
    redis::Commit commit;
    commit.now_ms = ms(login.seen);
    commit.writes.push_back({redis::Op::must_exist, keys().login(login.hash), {}});
    commit.writes.push_back(kept(login, std::move(*sealed)));
    const Result<redis::Committed> done = co_await redis::commit(client_, commit, deadline);
    co_return done ? Result<void>() : Result<void>(done.error());
}

Awaitable<Result<std::vector<redis::Write>>> LoginStore::beginning(Login login) {
    Result<std::string> sealed = co_await seal(vault_, keys().login(login.hash), to_bytes(login));
    if (!sealed) {
        co_return sealed.error();
    }
    std::vector<redis::Write> writes;
    writes.push_back(kept(login, std::move(*sealed)));
    writes.push_back(
        {redis::Op::zadd, keys().logins_of(login.user), {std::to_string(ms(login.end())), login.hash}});
    co_return writes;
}

void LoginStore::add_ending(std::vector<redis::Write>& writes, const std::string& user,
                            const std::string& hash) {
    writes.push_back({redis::Op::del, keys().login(hash), {}});
    writes.push_back({redis::Op::zrem, keys().logins_of(user), {hash}});
}

}  // namespace rightsline::access
