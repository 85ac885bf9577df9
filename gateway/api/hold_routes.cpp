#include "gateway/api/hold_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/cases/retention.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

json::value or_never(std::optional<std::int64_t> at) { return at ? json::value(*at) : json::value(nullptr); }

json::object to_json(std::chrono::seconds kept, std::optional<std::int64_t> at) {
    return {{"kept_seconds", kept.count() > 0 ? json::value(kept.count()) : json::value(nullptr)},
            {"over", or_never(at)}};
}

redis::Commit hold_commit(const stores::Keyspace& keys, const std::string& id, bool on, std::string who) {
    const std::string facts = keys.case_facts(id);
    redis::Commit commit;
    commit.writes.push_back({redis::Op::must_exist, facts, {}});
    commit.writes.push_back(
        {redis::Op::must_be_field, facts, {"hold", on ? std::string() : std::string("1")}});
    commit.writes.push_back(on ? redis::Write{redis::Op::hset, facts, {"hold", "1"}}
                               : redis::Write{redis::Op::hdel, facts, {"hold"}});
    audit::add_entry(commit.writes, keys,
                     {on ? audit::What::held : audit::What::released, id, std::move(who)});
    return commit;
}

class HoldRoutes {
 public:
    explicit HoldRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> ahead(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        std::vector<cases::CaseFacts> only{*facts};
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(asked.program, std::move(only), in_time);
        if (!standing) {
            co_return store_is_silent();
        }
        const cases::Standing& its = standing->front();
        const auto closed =
            cases::closed_at(*facts, its.work, services_.desk.statuses(asked.program), its.told);
        const flows::Retention kept = services_.desk.retention(asked.program);
        const cases::Ahead over = cases::ahead(kept, *facts, closed);
        co_return as_json(json::object{{"program", asked.program},
                                       {"id", asked.id},
                                       {"held", facts->held},
                                       {"closed", or_never(closed)},
                                       {"recordings", to_json(kept.recordings, over.recordings)},
                                       {"relay", to_json(kept.relay, over.relay)},
                                       {"content", to_json(kept.content, over.content)}});
    }

    Awaitable<http::Response> hold(CaseworkAsked asked, bool on) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> may = co_await may_act(asked, in_time);
        if (!may) {
            co_return casework_problem(may.error(), services_.desk, asked);
        }
        const stores::Keyspace keys(asked.program);
        redis::Commit commit = hold_commit(keys, asked.id, on, asked.actor.who);
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, in_time);
        if (!done) {
            co_return store_is_silent();
        }
        if (done->outcome == redis::Committed::Outcome::committed) {
            co_return as_json(json::object{{"id", asked.id}, {"held", on}, {"before", false}});
        }
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        co_return as_json(json::object{{"id", asked.id}, {"held", facts->held}, {"before", true}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    /// Nobody acts under a name that somebody made up, nor on what they are kept out of.
    Awaitable<Result<void>> may_act(CaseworkAsked& asked, Deadline deadline) {
        const Result<cases::CaseFacts> there =
            co_await services_.cases.facts(asked.program, asked.id, deadline);
        if (!there) {
            co_return there.error();
        }
        if (asked.actor.name.empty()) {  // whoever is on this machine, also where who may not cannot be read
            co_return Result<void>();
        }
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, deadline);
        if (!met) {
            co_return met.error();
        }
        const Result<cases::Casework> may =
            co_await services_.desk.may_act(asked.program, asked.id, asked.actor, deadline);
        co_return may ? Result<void>() : Result<void>(may.error());
    }

    CaseworkRouteServices services_;
};

void add(http::Router& router, const std::shared_ptr<HoldRoutes>& routes, const char* path, bool on) {
    router.add("POST", path, [routes, on](const http::Request& request, const http::Parameters& in) {
        http::Response refusal;
        auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
        return asked ? routes->hold(std::move(*asked), on) : at_once(std::move(refusal));
    });
}

}  // namespace

void add_hold_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<HoldRoutes>(std::move(services));
    add(router, routes, "/api/v1/cases/{id}/hold", true);
    add(router, routes, "/api/v1/cases/{id}/release", false);
    router.add("GET", "/api/v1/cases/{id}/time",
               [routes](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
                   return asked ? routes->ahead(std::move(*asked)) : at_once(std::move(refusal));
               });
}

}  // namespace rightsline::api
