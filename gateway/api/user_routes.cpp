#include "gateway/api/user_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/totp.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/api/user_answers.hpp"
#include "gateway/api/user_asked.hpp"
#include "gateway/ops/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::User;
using namespace std::chrono_literals;

constexpr auto release_budget = std::chrono::seconds(20);  // of one program, which may have many cases
constexpr auto budget = 5s;                                // an Argon2id and those before it

class UserRoutes {
 public:
    explicit UserRoutes(UserRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(std::string program) {
        const Result<std::vector<User>> users = co_await services_.users.list(services_.clock.in(budget));
        if (!users) {
            co_return problem_of_users(users.error());
        }
        json::array all;
        for (const User& user : *users) {
            if (program.empty() || user.grants.by_program().contains(program)) {
                all.push_back(user_json(user, program));
            }
        }
        co_return as_json(json::object{{"users", std::move(all)}});
    }

    Awaitable<http::Response> add(const http::Request& request) {
        std::string name;
        UserAsked asked = read_user_asked(request.body, services_.programs, &name);
        if (!access::is_user_name(name)) {
            asked.refusal = "a name is 2 to 32 of a-z, 0-9, '-' and '.', and begins with a letter";
        } else if (asked.refusal.empty() && (!asked.grants || asked.grants->empty())) {
            asked.refusal = "a user has at least one role: PROGRAM:ROLE";
        } else if (asked.refusal.empty()) {
            asked.refusal = beyond(request, name, *asked.grants);
        }
        if (!asked.refusal.empty()) {
            co_return problem(422, asked.refusal);
        }
        const Deadline deadline = services_.clock.in(budget);
        Result<std::string> hash = co_await services_.logins.hash(std::move(asked.password), deadline);
        if (!hash) {
            co_return problem_of_users(hash.error());
        }
        User user;
        user.name = name;
        user.grants = std::move(*asked.grants);
        user.password_hash = std::move(*hash);
        user.key_fingerprint = asked.key;
        user.made = now();
        user.totp_secret = locales::PrivateText(access::fresh_totp_secret());
        const http::Response made = user_made(user);
        std::string by = asker(request);
        auto conditions = co_await conditions_for(request, deadline, true);
        if (!conditions) {
            co_return problem_of_users(conditions.error());
        }
        const Result<void> added =
            co_await services_.users.add(std::move(user), std::move(by), deadline, std::move(*conditions));
        co_return added ? made : problem_of_users(added.error());
    }

    Awaitable<http::Response> disable(const http::Request& request, std::string name) {
        const Deadline deadline = services_.clock.in(budget);
        Result<access::UserStore::Known> known = co_await services_.users.find(name, deadline);
        if (const auto refusal = refusal_of(request, name, known)) {
            co_return *refusal;
        }
        auto conditions = co_await conditions_for(request, deadline);
        if (!conditions) {
            co_return problem_of_users(conditions.error());
        }
        known->user.disabled = true;
        json::object done = user_json(known->user, value_of(request, "program"));
        const std::vector<std::string> had = known->user.grants.programs_with(access::Right::work_case);
        audit::Act act = act_of(audit::What::user_disabled, asker(request), name);
        const Result<void> ended = co_await services_.logins.renew(std::move(*known), std::move(act),
                                                                   deadline, std::move(*conditions));
        if (!ended) {
            co_return problem_of_users(ended.error());
        }
        std::string by = asker(request);
        const Result<int> freed = co_await release_all(had, name, std::move(by));
        if (!freed) {
            co_return problem(
                503, "they are shut out, and not all that they had is back in the pool: do this again");
        }
        done["cases_released"] = *freed;
        co_return as_json(done);
    }

    Awaitable<http::Response> reset(const http::Request& request, std::string name) {
        UserAsked asked = read_user_asked(request.body, services_.programs, nullptr);
        if (asked.refusal.empty() && asked.grants) {
            asked.refusal = beyond(request, name, *asked.grants);
        }
        if (!asked.refusal.empty()) {
            co_return problem(422, asked.refusal);
        }
        const Deadline deadline = services_.clock.in(budget);
        Result<std::string> hash = co_await services_.logins.hash(std::move(asked.password), deadline);
        if (!hash) {
            co_return problem_of_users(hash.error());
        }
        Result<access::UserStore::Known> known = co_await services_.users.find(name, deadline);
        if (const auto refusal = refusal_of(request, name, known)) {
            co_return *refusal;
        }
        auto conditions = co_await conditions_for(request, deadline, true);
        if (!conditions) {
            co_return problem_of_users(conditions.error());
        }
        User& user = known->user;
        user.password_hash = std::move(*hash);
        user.totp_secret = locales::PrivateText(access::fresh_totp_secret());
        user.last_step = 0;
        user.disabled = false;
        const access::Grants had = user.grants;
        user.grants = asked.grants ? *asked.grants : user.grants;
        user.key_fingerprint = asked.key.empty() ? user.key_fingerprint : asked.key;
        const std::vector<std::string> lost = lost_work(had, user.grants);
        const http::Response made = user_made(user);
        audit::Act act = act_of(audit::What::user_reset, asker(request), name);
        const Result<void> renewed = co_await services_.logins.renew(std::move(*known), std::move(act),
                                                                     deadline, std::move(*conditions));
        if (!renewed) {
            co_return problem_of_users(renewed.error());
        }
        // What they had and may have no more. The second factor is told this once, so that it is told whatever comes of it.
        std::string by = asker(request);
        const Result<int> freed = co_await release_all(lost, name, std::move(by));
        static_cast<void>(freed);
        co_return made;
    }

    /// Their logins go on, with what they may from now on: roles are read at each request.
    Awaitable<http::Response> change_roles(const http::Request& request, std::string name) {
        const UserAsked asked = read_roles_asked(request.body, services_.programs);
        if (!asked.refusal.empty()) {
            co_return problem(422, asked.refusal);
        }
        const std::string program = request.actor.empty() ? std::string() : value_of(request, "program");
        if (!request.actor.empty()) {
            const std::string why = beyond(request, name, *asked.grants);
            if (!why.empty()) {
                co_return problem(request.actor == name ? 409 : 422, why);
            }
        }
        const Deadline deadline = services_.clock.in(budget);
        Result<access::UserStore::Known> known = co_await services_.users.find(name, deadline);
        if (known && !program.empty() && !known->user.grants.by_program().contains(program)) {
            known = access::errc::no_such_user;
        }
        if (!known) {
            co_return problem_of_users(known.error());
        }
        const access::Grants had = known->user.grants;
        known->user.grants = with_roles(had, program, *asked.grants);
        if (known->user.grants.empty()) {
            co_return problem(422, "a user has at least one role: shut them out instead");
        }
        Result<std::vector<redis::Write>> writes = co_await conditions_for(request, deadline);
        if (!writes) {
            co_return problem_of_users(writes.error());
        }
        const std::vector<std::string> lost = lost_work(had, known->user.grants);
        json::object done = user_json(known->user, program);
        audit::Act act = act_of(audit::What::roles_changed, asker(request), name);
        act.to = words_of(*asked.grants);
        audit::add_entry(*writes, access::UserStore::keys(), std::move(act));
        const Result<void> saved =
            co_await services_.users.save(std::move(*known), std::move(*writes), deadline);
        if (!saved) {
            co_return problem_of_users(saved.error());
        }
        std::string by = asker(request);
        const Result<int> freed = co_await release_all(lost, name, std::move(by));
        if (!freed) {
            co_return problem(503, "their roles are changed, and not all that they had is back in the pool");
        }
        done["cases_released"] = *freed;
        co_return as_json(done);
    }

 private:
    /// None for the operator on the machine. Errors: as UserStore::still_may().
    Awaitable<Result<std::vector<redis::Write>>> conditions_for(const http::Request& request,
                                                                Deadline deadline, bool lets_in = false) {
        if (request.actor.empty()) {
            co_return std::vector<redis::Write>();
        }
        const std::string program = value_of(request, "program");
        if (lets_in && services_.sites) {  // else whom they keep out would come back as somebody they made
            const Result<cases::SitesPtr> known = co_await services_.sites(program, deadline);
            if (!known) {
                co_return known.error();
            }
            if (*known && (*known)->is_employers(request.actor, "")) {
                co_return access::errc::on_a_list;
            }
        }
        co_return co_await services_.users.still_may(request.actor, program, access::Right::manage_users,
                                                     deadline);
    }

    /// After they may take nothing any more in those programs.
    Awaitable<Result<int>> release_all(std::vector<std::string> programs, std::string name, std::string by) {
        int freed = 0;
        for (const std::string& program : programs) {
            const bool served = std::ranges::find(services_.programs, program) != services_.programs.end();
            if (!services_.release || !served) {
                continue;
            }
            const Deadline deadline = services_.clock.in(release_budget);
            const Result<int> here = co_await services_.release(program, name, by, deadline);
            if (!here) {
                co_return here.error();
            }
            freed += *here;
        }
        co_return freed;
    }

    /// Who has no role where the asker looks after people is not there for them.
    static std::optional<http::Response> refusal_of(const http::Request& request, const std::string& name,
                                                    const Result<access::UserStore::Known>& known) {
        if (!known) {
            return problem_of_users(known.error());
        }
        const access::Grants& grants = known->user.grants;
        if (!request.actor.empty() && !grants.by_program().contains(value_of(request, "program"))) {
            return problem_of_users(access::make_error_code(access::errc::no_such_user));
        }
        const std::string why = beyond(request, name, grants);
        return why.empty() ? std::nullopt : std::optional(problem(409, why));
    }

    std::int64_t now() const {
        return std::chrono::floor<std::chrono::seconds>(services_.clock.now()).time_since_epoch().count();
    }

    static audit::Act act_of(audit::What what, std::string by, const std::string& name) {
        audit::Act act;
        act.what = what;
        act.who = std::move(by);
        act.whom = name;
        return act;
    }

    UserRouteServices services_;
};

}  // namespace

void add_user_routes(http::Router& router, UserRouteServices services) {
    const auto routes = std::make_shared<UserRoutes>(std::move(services));
    const auto add = [&](const char* method, const char* path, auto act) {
        router.add(method, path,
                   [routes, act](const http::Request& request, const http::Parameters& parameters) {
                       return allowed(request) ? act(*routes, request, std::string(parameters["name"]))
                                               : at_once(not_allowed());
                   });
    };
    using Routes = UserRoutes;
    add("GET", "/api/v1/users", [](Routes& to, const http::Request& request, const std::string&) {
        return to.list(value_of(request, "program"));
    });
    add("POST", "/api/v1/users",
        [](Routes& to, const http::Request& request, const std::string&) { return to.add(request); });
    add("POST", "/api/v1/users/{name}/disable",
        [](Routes& to, const http::Request& request, const std::string& name) {
            return to.disable(request, name);
        });
    add("POST", "/api/v1/users/{name}/roles",
        [](Routes& to, const http::Request& request, const std::string& name) {
            return to.change_roles(request, name);
        });
    add("POST", "/api/v1/users/{name}/reset",
        [](Routes& to, const http::Request& request, const std::string& name) {
            return to.reset(request, name);
        });
}

}  // namespace rightsline::api
