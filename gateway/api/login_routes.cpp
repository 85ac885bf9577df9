#include "gateway/api/login_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/known_browser.hpp"
#include "gateway/access/password.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::Login;
using access::LoginAnswer;
using namespace std::chrono_literals;

constexpr auto budget = 5s;  // eleven times Argon2id, one after the other
constexpr std::size_t longest_field = 256;

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

http::Response later(int status, const char* words, std::chrono::seconds after) {
    http::Response response = problem(status, words);
    response.headers.emplace_back("Retry-After", std::to_string(std::max(1s, after).count()));
    return response;
}

http::Response refusal_of(const LoginAnswer& answer) {
    switch (answer.what) {
        case LoginAnswer::What::wait:
            return later(429, "too many tries; wait, and try again", answer.after);
        case LoginAnswer::What::busy:
            return later(503, "many log in at this moment; try again", answer.after);
        case LoginAnswer::What::no_store:
            return store_is_silent();
        case LoginAnswer::What::refused:
        case LoginAnswer::What::let_in:
            break;
    }
    return problem(401, "this name, password and code do not fit together, or the code was used before");
}

std::string cookie_of(std::string_view token) {
    return std::string(access::cookie_name).append("=").append(token) +
           "; Path=/; Secure; HttpOnly; SameSite=Strict";
}

std::string known_cookie_of(std::string_view sealed) {
    return std::string(access::known_cookie_name).append("=").append(sealed) +
           "; Path=/; Max-Age=" + std::to_string(std::chrono::seconds(access::known_for).count()) +
           "; Secure; HttpOnly; SameSite=Strict";
}

json::object times_of(const Login& login) {
    return {{"made", seconds(login.made)},
            {"ends", seconds(login.end())},
            {"idle_seconds", std::chrono::seconds(access::idle_limit).count()}};
}

http::Response let_in(const LoginAnswer& answer) {
    json::object out = times_of(answer.login);
    out["name"] = answer.login.user;
    if (!answer.login.cookie) {
        out["token"] = answer.token->reveal();
        return as_json(out);
    }
    out["csrf_token"] = answer.token->guard();
    http::Response response = as_json(out);
    response.headers.emplace_back("Set-Cookie", cookie_of(answer.token->reveal()));
    if (!answer.known.empty()) {
        response.headers.emplace_back("Set-Cookie", known_cookie_of(answer.known));
    }
    return response;
}

/// Nothing: it is no request to log in.
std::optional<access::LoginRequest> read_request(const http::Request& request) {
    boost::system::error_code failed;
    const json::value value = json::parse(request.body, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    if (object == nullptr || !request.header("Content-Type").starts_with("application/json")) {
        return std::nullopt;
    }
    const std::string as = ops::text_of(*object, "as");
    access::LoginRequest asked{ops::text_of(*object, "name"),
                               locales::PrivateText(ops::text_of(*object, "password")),
                               ops::text_of(*object, "code"),
                               request.peer,
                               as != "bearer",
                               access::cookie_in(request, access::known_cookie_name)};
    const bool bounded = asked.name.size() <= longest_field && asked.password.size() <= longest_field &&
                         asked.code.size() <= longest_field;
    const bool known = as.empty() || as == "cookie" || as == "bearer";
    return bounded && known ? std::optional(std::move(asked)) : std::nullopt;
}

/// "" = it will do.
std::string fault_of(const std::string& fresh, const std::string& old) {
    if (fresh == old) {
        return "this is the password that you have";
    }
    return access::weakness_of(fresh).value_or("");
}

http::Response done() {
    http::Response response;
    response.status = 204;
    return response;
}

class LoginRoutes {
 public:
    explicit LoginRoutes(LoginRouteServices services) : services_(services) {}

    Awaitable<http::Response> log_in(std::optional<access::LoginRequest> asked) {
        if (!asked) {
            co_return problem(422, R"(write {"name": …, "password": …, "code": …} as application/json)");
        }
        const Deadline deadline = services_.clock.in(budget);
        const LoginAnswer answer = co_await services_.logins.log_in(std::move(*asked), deadline);
        co_return answer.what == LoginAnswer::What::let_in ? let_in(answer) : refusal_of(answer);
    }

    Awaitable<http::Response> log_out(access::Asker asker) {
        const Deadline deadline = services_.clock.in(budget);
        const Result<void> ended = co_await services_.logins.end(asker.name, asker.login.id(), deadline);
        if (!ended && ended.error() != access::make_error_code(access::errc::no_login)) {
            co_return store_is_silent();
        }
        http::Response response = done();
        // Not "cookies": that would make the browser a stranger, whom a guesser of the name can keep out.
        response.headers.emplace_back("Clear-Site-Data", R"("cache", "storage")");
        response.headers.emplace_back("Set-Cookie", cookie_of("") + "; Max-Age=0");
        co_return response;
    }

    /// All logins are over with it, the one that asks among them.
    Awaitable<http::Response> change_password(access::Asker asker, std::string body, std::string peer) {
        boost::system::error_code failed;
        const json::value value = json::parse(body, failed);
        const json::object* in = failed ? nullptr : value.if_object();
        if (in == nullptr || ops::text_of(*in, "code").size() > longest_field) {
            co_return problem(422, R"(write {"password": …, "code": …, "new_password": …})");
        }
        access::PasswordChange wanted{
            asker.name, locales::PrivateText(ops::text_of(*in, "password")), ops::text_of(*in, "code"),
            locales::PrivateText(ops::text_of(*in, "new_password")), std::move(peer)};
        const std::string fault = fault_of(wanted.fresh.reveal(), wanted.password.reveal());
        if (!fault.empty() || wanted.password.size() > longest_field) {
            co_return problem(422, fault.empty() ? "this is too long" : fault);
        }
        const Deadline deadline = services_.clock.in(budget);
        const LoginAnswer answer = co_await services_.logins.change_password(std::move(wanted), deadline);
        if (answer.what == LoginAnswer::What::refused) {
            co_return problem(
                409, "the password that you have and the code do not fit, or the code was used before");
        }
        if (answer.what != LoginAnswer::What::let_in) {
            co_return refusal_of(answer);
        }
        http::Response response = done();
        response.headers.emplace_back("Set-Cookie", cookie_of("") + "; Max-Age=0");
        co_return response;
    }

    Awaitable<http::Response> show(access::Asker asker) {
        json::object roles;
        for (const auto& [program, all] : asker.grants.by_program()) {
            json::array names;
            for (const access::Role role : all) {
                names.emplace_back(std::string(access::name_of(role)));
            }
            roles[program] = std::move(names);
        }
        json::object out = times_of(asker.login);
        out["name"] = asker.name;
        out["last_login_before"] =
            asker.login.before == 0 ? json::value(nullptr) : json::value(asker.login.before);
        out["roles"] = std::move(roles);
        out["csrf_token"] = asker.guard;
        co_return as_json(out);
    }

    Awaitable<http::Response> list(access::Asker asker) {
        const Deadline deadline = services_.clock.in(budget);
        const Result<access::LoginStore::OfUser> all = co_await services_.store.of_user(asker.name, deadline);
        if (!all) {
            co_return store_is_silent();
        }
        json::array sessions;
        for (const Login& login : all->held) {
            sessions.push_back(json::object{{"id", login.id()},
                                            {"made", seconds(login.made)},
                                            {"seen", seconds(login.seen)},
                                            {"ends", seconds(login.end())},
                                            {"by", login.cookie ? "browser" : "tool"},
                                            {"this", login.hash == asker.login.hash}});
        }
        co_return as_json(json::object{{"sessions", std::move(sessions)}});
    }

    Awaitable<http::Response> end(access::Asker asker, std::string id) {
        const Deadline deadline = services_.clock.in(budget);
        const Result<void> ended = co_await services_.logins.end(asker.name, std::move(id), deadline);
        if (!ended) {
            const bool none = ended.error() == access::make_error_code(access::errc::no_login);
            co_return none ? problem(404, "you have no such login") : store_is_silent();
        }
        co_return done();
    }

    /// Who asks, once more: the door let them in a moment ago.
    Awaitable<Result<access::Asker>> who(access::Presented presented) {
        if (!presented.token) {
            co_return access::errc::no_login;
        }
        const Deadline deadline = services_.clock.in(budget);
        co_return co_await services_.logins.recognise(std::move(*presented.token), deadline);
    }

 private:
    LoginRouteServices services_;
};

template <class Act>
Awaitable<http::Response> as_asker(std::shared_ptr<LoginRoutes> routes, access::Presented presented,
                                   std::string id, Act act) {
    Result<access::Asker> asker = co_await routes->who(std::move(presented));
    if (!asker) {
        co_return problem(401, "this login is over");
    }
    co_return co_await act(*routes, std::move(*asker), std::move(id));
}

Awaitable<http::Response> change_password(std::shared_ptr<LoginRoutes> routes, access::Presented presented,
                                          std::string body, std::string peer) {
    Result<access::Asker> asker = co_await routes->who(std::move(presented));
    if (!asker) {
        co_return problem(401, "this login is over");
    }
    co_return co_await routes->change_password(std::move(*asker), std::move(body), std::move(peer));
}

}  // namespace

void add_login_routes(http::Router& router, LoginRouteServices services) {
    const auto routes = std::make_shared<LoginRoutes>(services);
    router.add("POST", "/api/v1/login", [routes](const http::Request& request, const http::Parameters&) {
        return routes->log_in(read_request(request));
    });
    router.add("POST", "/api/v1/password", [routes](const http::Request& request, const http::Parameters&) {
        return change_password(routes, access::presented(request), request.body, request.peer);
    });
    const auto add = [&](const char* method, const char* path, auto act) {
        router.add(
            method, path, [routes, act](const http::Request& request, const http::Parameters& parameters) {
                return as_asker(routes, access::presented(request), std::string(parameters["id"]), act);
            });
    };
    using Routes = LoginRoutes;
    add("POST", "/api/v1/logout",
        [](Routes& to, access::Asker asker, const std::string&) { return to.log_out(std::move(asker)); });
    add("GET", "/api/v1/session",
        [](Routes& to, access::Asker asker, const std::string&) { return to.show(std::move(asker)); });
    add("GET", "/api/v1/sessions",
        [](Routes& to, access::Asker asker, const std::string&) { return to.list(std::move(asker)); });
    add("DELETE", "/api/v1/sessions/{id}", [](Routes& to, access::Asker asker, std::string id) {
        return to.end(std::move(asker), std::move(id));
    });
}

}  // namespace rightsline::api
