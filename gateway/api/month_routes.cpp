// The months' keys: who needs which, and the end of one.
#include <boost/json.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/retention_routes.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/vault/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr std::int64_t backups_kept = 30LL * 86'400'000;  // as long as `backup --keep-daily 30` keeps one

bool flag(const json::object& in, const char* name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

class MonthRoutes {
 public:
    explicit MonthRoutes(RetentionRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(const http::Request& request) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const Result<cases::MonthUse> use = co_await use_of_all();
        const Result<std::vector<vault::Epoch>> epochs = co_await services_.vault.epochs();
        if (!use || !epochs) {
            co_return store_is_silent();
        }
        json::array months;
        for (const vault::Epoch& one : *epochs) {
            const auto found = use->cases.find(one.month);
            months.push_back(json::object{{"month", vault::to_text(one.month)},
                                          {"destroyed", one.destroyed},
                                          {"cases", found == use->cases.end() ? 0 : found->second}});
        }
        co_return as_json(json::object{{"months", std::move(months)}, {"elsewhere", use->elsewhere}});
    }

    Awaitable<http::Response> destroy(const http::Request& request, std::string text) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        boost::system::error_code failed;
        const json::value body = json::parse(request.body.empty() ? "{}" : request.body, failed);
        const std::optional<vault::Month> month = vault::parse_month(text);
        if (failed || !body.is_object() || !month) {
            co_return problem(422, "a month is a year and a month, such as 2026-03");
        }
        const vault::Month now =
            vault::month_at(std::chrono::floor<std::chrono::seconds>(services_.clock.now()));
        if (*month > now) {
            co_return problem(
                409, "this month has not begun: nothing is locked in it yet, and what comes needs its key");
        }
        if (*month >= now - std::chrono::months(1)) {
            co_return problem(
                409, "this month and the one before it are in use: reports of today are locked in them");
        }
        const std::optional<http::Response> unknown = co_await refuse_unknown(*month);
        if (unknown) {
            co_return *unknown;
        }
        co_return co_await destroy_known(request, *month, body.get_object());
    }

 private:
    Awaitable<http::Response> destroy_known(const http::Request& request, vault::Month month,
                                            json::object in) {
        const bool dry_run = flag(in, "dry_run");
        std::int64_t moved = 0;
        if (flag(in, "move") && !dry_run) {
            const Result<std::int64_t> done = co_await move_all(month, asker(request));
            if (!done) {
                co_return done.error().category() == cases::category()
                    ? problem(503, "a case changed meanwhile, or a file cannot be written: ask again")
                    : store_is_silent();
            }
            moved = *done;
        }
        const Result<cases::MonthUse> use = co_await use_of_all();
        if (!use) {
            co_return store_is_silent();
        }
        const auto found = use->cases.find(month);
        const std::int64_t needed = found == use->cases.end() ? 0 : found->second;
        const Result<std::int64_t> since =
            co_await free_since(month, needed == 0 && use->elsewhere == 0, dry_run);
        if (!since) {
            co_return store_is_silent();
        }
        const std::int64_t now = services_.clock.now().time_since_epoch().count();
        const bool waited = *since != 0 && now - *since >= backups_kept;
        json::object out{{"month", vault::to_text(month)},
                         {"cases", needed},
                         {"elsewhere", use->elsewhere},
                         {"moved", moved},
                         {"free_since", *since / 1000},
                         {"free_for_backups", waited},
                         {"destroyed", false}};
        const bool may = needed == 0 && use->elsewhere == 0 && (waited || flag(in, "backups_gone"));
        if (dry_run || !may) {
            co_return as_json(out);
        }
        const std::optional<http::Response> trouble = co_await end(month, asker(request));
        if (trouble) {
            co_return *trouble;
        }
        out["destroyed"] = true;
        co_return as_json(out);
    }

    Awaitable<std::optional<http::Response>> refuse_unknown(vault::Month month) {
        const Result<std::vector<vault::Epoch>> epochs = co_await services_.vault.epochs();
        if (!epochs) {
            co_return problem(503, "the vault does not answer");
        }
        for (const vault::Epoch& one : *epochs) {
            if (one.month == month) {
                co_return one.destroyed ? std::optional(problem(409, "this month's key was destroyed before"))
                                        : std::nullopt;
            }
        }
        co_return problem(404, "there never was a key of this month");
    }

    /// Of all programs together.
    Awaitable<Result<cases::MonthUse>> use_of_all() {
        cases::MonthUse all;
        for (std::size_t i = 0; i < services_.programs.size(); ++i) {
            const Result<cases::MonthUse> one = co_await services_.months.use(services_.programs[i]);
            if (!one) {
                co_return one.error();
            }
            for (const auto& [month, count] : one->cases) {
                all.cases[month] += count;
            }
            all.elsewhere += one->elsewhere;
        }
        co_return all;
    }

    Awaitable<Result<std::int64_t>> move_all(vault::Month month, std::string who) {
        std::int64_t moved = 0;
        for (std::size_t i = 0; i < services_.programs.size(); ++i) {
            const Result<std::int64_t> one =
                co_await services_.months.move(services_.programs[i], month, who);
            if (!one) {
                co_return one.error();
            }
            moved += *one;
        }
        co_return moved;
    }

    /// Since when nothing is known to need it (ms); 0: something does. The first who finds it so notes it.
    Awaitable<Result<std::int64_t>> free_since(vault::Month month, bool is_free, bool dry_run) {
        const stores::Keyspace keys(stores::server_wide);
        redis::Command question{"HGET", keys.free_months(), vault::to_text(month)};
        const Result<redis::Reply> before =
            co_await services_.redis.execute(std::move(question), services_.clock.in(budget));
        if (!before) {
            co_return before.error();
        }
        const std::int64_t now = services_.clock.now().time_since_epoch().count();
        const std::int64_t noted = before->string() == nullptr ? 0 : std::atoll(before->string()->c_str());
        if (dry_run || is_free == (noted != 0)) {
            co_return is_free ? noted : 0;
        }
        redis::Commit commit;
        commit.now_ms = now;
        commit.writes.push_back(
            is_free ? redis::Write{redis::Op::hset,
                                   keys.free_months(),
                                   {vault::to_text(month), std::to_string(now)}}
                    : redis::Write{redis::Op::hdel, keys.free_months(), {vault::to_text(month)}});
        const Result<redis::Committed> done =
            co_await redis::commit(services_.redis, commit, services_.clock.in(budget));
        co_return done ? Result<std::int64_t>(is_free ? now : 0) : done.error();
    }

    /// The entry first: what cannot be written there is not done. Nothing: it is done.
    Awaitable<std::optional<http::Response>> end(vault::Month month, std::string who) {
        const stores::Keyspace keys(stores::server_wide);
        redis::Commit commit;
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        audit::Act act{audit::What::month_destroyed, "", std::move(who)};
        act.why = vault::to_text(month);
        audit::add_entry(commit.writes, keys, std::move(act));
        const Result<redis::Committed> noted =
            co_await redis::commit(services_.redis, commit, services_.clock.in(budget));
        if (!noted) {
            co_return store_is_silent();
        }
        ops::test_point("before_destroying");
        const Result<void> gone = co_await services_.vault.destroy_epoch(month);
        if (!gone) {
            co_return problem(503, "nothing was destroyed: " + gone.error().message() +
                                       " (keys_dir/epochs must be writable for the server's user)");
        }
        co_return std::nullopt;
    }

    RetentionRouteServices services_;
};

}  // namespace

void add_month_routes(http::Router& router, RetentionRouteServices services) {
    const auto routes = std::make_shared<MonthRoutes>(std::move(services));
    router.add("GET", "/api/v1/months", [routes](const http::Request& request, const http::Parameters&) {
        return routes->list(request);
    });
    router.add("POST", "/api/v1/months/{month}/destroy",
               [routes](const http::Request& request, const http::Parameters& in) {
                   return routes->destroy(request, std::string(in["month"]));
               });
}

}  // namespace rightsline::api
