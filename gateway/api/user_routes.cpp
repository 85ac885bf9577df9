#include "gateway/api/user_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/password.hpp"
#include "gateway/access/totp.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/ops/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::User;
using namespace std::chrono_literals;

constexpr auto budget = 5s;  // an Argon2id and those before it
constexpr const char* issuer = "rightsline";

json::value time_or_null(std::int64_t seconds) {
    return seconds == 0 ? json::value(nullptr) : json::value(seconds);
}

/// `program`: only the roles there; "" = all.
json::object to_json(const User& user, const std::string& program) {
    json::object roles;
    for (const auto& [where, all] : user.grants.by_program()) {
        if (!program.empty() && where != program) {
            continue;
        }
        json::array names;
        for (const access::Role role : all) {
            names.emplace_back(std::string(access::name_of(role)));
        }
        roles[where] = std::move(names);
    }
    return {{"name", user.name},
            {"roles", std::move(roles)},
            {"disabled", user.disabled},
            {"made", user.made},
            {"last_login", time_or_null(user.last_login)},
            {"key", user.key_fingerprint}};
}

http::Response problem_of(const boost::system::error_code& error) {
    using access::errc;
    if (error == access::make_error_code(errc::no_such_user)) {
        return problem(404, "there is no user of this name");
    }
    if (error == access::make_error_code(errc::name_taken)) {
        return problem(409,
                       "a user has this name already; `rightsline user reset` gives them a new password");
    }
    if (error == access::make_error_code(errc::contended)) {
        return problem(
            409, "somebody changed this user at the same moment; nothing was changed by you. try again");
    }
    if (error == access::make_error_code(errc::too_many_users)) {
        return problem(409, "there are as many users as a server keeps");
    }
    if (error == access::make_error_code(errc::damaged)) {
        return problem(500, "a stored user does not open: were the server's keys changed?");
    }
    if (error.category() == ops::make_error_code(ops::errc::busy).category()) {
        return problem(503, "passwords are being looked at; try again in a moment");
    }
    return store_is_silent();
}

/// What a request asks for; `refusal` says what is wrong with it.
struct Asked {
    std::optional<access::Grants> grants;
    locales::PrivateText password;
    std::string key;
    std::string refusal;
};

std::optional<access::Grants> grants_in(const json::value* roles, const std::vector<std::string>& programs,
                                        std::string& refusal) {
    access::Grants grants;
    for (const json::value& one :
         roles != nullptr && roles->is_array() ? roles->get_array() : json::array()) {
        const auto grant =
            one.is_string() ? access::parse_grant(std::string_view(one.get_string())) : std::nullopt;
        if (!grant) {
            refusal =
                "a role is written as PROGRAM:ROLE, with one of intake, monitor, supervisor, organizer, "
                "auditor, admin, operator";
            return std::nullopt;
        }
        if (std::ranges::find(programs, grant->first) == programs.end()) {
            refusal = "this server has no program " + grant->first;
            return std::nullopt;
        }
        grants.give(grant->first, grant->second);
    }
    return grants;
}

Asked read_asked(const std::string& body, const std::vector<std::string>& programs, std::string* name) {
    Asked asked;
    boost::system::error_code failed;
    const json::value value = json::parse(body, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    if (object == nullptr) {
        asked.refusal = "this is no JSON object";
        return asked;
    }
    if (name != nullptr) {
        *name = ops::text_of(*object, "name");
    }
    asked.password = locales::PrivateText(ops::text_of(*object, "password"));
    asked.key = ops::text_of(*object, "key");
    if (const auto weak = access::weakness_of(asked.password.reveal())) {
        asked.refusal = *weak;
    }
    if (!asked.key.empty() && !access::is_fingerprint(asked.key)) {
        asked.refusal = "this is no fingerprint of a member's key";
    }
    if (object->contains("roles")) {
        asked.grants = grants_in(object->if_contains("roles"), programs, asked.refusal);
    }
    return asked;
}

class UserRoutes {
 public:
    explicit UserRoutes(UserRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(std::string program) {
        const Result<std::vector<User>> users = co_await services_.users.list(services_.clock.in(budget));
        if (!users) {
            co_return problem_of(users.error());
        }
        json::array all;
        for (const User& user : *users) {
            if (program.empty() || user.grants.by_program().contains(program)) {
                all.push_back(to_json(user, program));
            }
        }
        co_return as_json(json::object{{"users", std::move(all)}});
    }

    Awaitable<http::Response> add(std::string by, std::string body) {
        std::string name;
        Asked asked = read_asked(body, services_.programs, &name);
        if (!access::is_user_name(name)) {
            asked.refusal = "a name is 2 to 32 of a-z, 0-9, '-' and '.', and begins with a letter";
        } else if (asked.refusal.empty() && (!asked.grants || asked.grants->empty())) {
            asked.refusal = "a user has at least one role: PROGRAM:ROLE";
        }
        if (!asked.refusal.empty()) {
            co_return problem(422, asked.refusal);
        }
        const Deadline deadline = services_.clock.in(budget);
        Result<std::string> hash = co_await services_.logins.hash(std::move(asked.password), deadline);
        if (!hash) {
            co_return problem_of(hash.error());
        }
        User user;
        user.name = name;
        user.grants = std::move(*asked.grants);
        user.password_hash = std::move(*hash);
        user.key_fingerprint = asked.key;
        user.made = now();
        user.totp_secret = locales::PrivateText(access::fresh_totp_secret());
        const http::Response made = told(user);
        const Result<void> added = co_await services_.users.add(std::move(user), std::move(by), deadline);
        co_return added ? made : problem_of(added.error());
    }

    Awaitable<http::Response> disable(std::string by, std::string name) {
        const Deadline deadline = services_.clock.in(budget);
        Result<access::UserStore::Known> known = co_await services_.users.find(name, deadline);
        if (!known) {
            co_return problem_of(known.error());
        }
        known->user.disabled = true;
        const http::Response done = as_json(to_json(known->user, ""));
        audit::Act act = act_of(audit::What::user_disabled, std::move(by), name);
        const Result<void> ended =
            co_await services_.logins.renew(std::move(*known), std::move(act), deadline);
        co_return ended ? done : problem_of(ended.error());
    }

    Awaitable<http::Response> reset(std::string by, std::string name, std::string body) {
        Asked asked = read_asked(body, services_.programs, nullptr);
        if (!asked.refusal.empty()) {
            co_return problem(422, asked.refusal);
        }
        const Deadline deadline = services_.clock.in(budget);
        Result<std::string> hash = co_await services_.logins.hash(std::move(asked.password), deadline);
        if (!hash) {
            co_return problem_of(hash.error());
        }
        Result<access::UserStore::Known> known = co_await services_.users.find(name, deadline);
        if (!known) {
            co_return problem_of(known.error());
        }
        User& user = known->user;
        user.password_hash = std::move(*hash);
        user.totp_secret = locales::PrivateText(access::fresh_totp_secret());
        user.last_step = 0;
        user.disabled = false;
        user.grants = asked.grants ? *asked.grants : user.grants;
        user.key_fingerprint = asked.key.empty() ? user.key_fingerprint : asked.key;
        const http::Response made = told(user);
        audit::Act act = act_of(audit::What::user_reset, std::move(by), name);
        const Result<void> renewed =
            co_await services_.logins.renew(std::move(*known), std::move(act), deadline);
        co_return renewed ? made : problem_of(renewed.error());
    }

 private:
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

    /// With the second factor, this once.
    static http::Response told(const User& user) {
        json::object out = to_json(user, "");
        out["totp_secret"] = access::to_base32(user.totp_secret.reveal());
        out["totp_uri"] = access::otpauth_uri(issuer, user.name, user.totp_secret.reveal());
        return as_json(out);
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
    add("POST", "/api/v1/users", [](Routes& to, const http::Request& request, const std::string&) {
        return to.add(asker(request), request.body);
    });
    add("POST", "/api/v1/users/{name}/disable",
        [](Routes& to, const http::Request& request, const std::string& name) {
            return to.disable(asker(request), name);
        });
    add("POST", "/api/v1/users/{name}/reset",
        [](Routes& to, const http::Request& request, const std::string& name) {
            return to.reset(asker(request), name, request.body);
        });
}

}  // namespace rightsline::api
