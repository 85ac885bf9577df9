#include "gateway/access/logins.hpp"

#include <algorithm>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/known_browser.hpp"
#include "gateway/access/password.hpp"
#include "gateway/access/totp.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::access {
namespace {

using namespace std::chrono_literals;
using What = LoginAnswer::What;

constexpr auto come_again = 2s;
constexpr const char* logged_in = "logged in";  // a browser's id has other letters

/// A try that is told of to the pace, however it ends.
class Turn {
 public:
    Turn(LoginPace& pace, const ops::Clock& clock, TriedLogin tried)
        : pace_(pace), clock_(clock), tried_(std::move(tried)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { pace_.ended(tried_, end_, clock_.steady()); }
    void ended(What what) {
        end_ = what == What::let_in    ? LoginPace::End::let_in
               : what == What::refused ? LoginPace::End::failed
                                       : LoginPace::End::not_looked_at;
    }

 private:
    LoginPace& pace_;
    const ops::Clock& clock_;
    TriedLogin tried_;
    LoginPace::End end_ = LoginPace::End::not_looked_at;
};

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

LoginAnswer answer(What what, std::chrono::seconds after = {}) {
    LoginAnswer out;
    out.what = what;
    out.after = after;
    return out;
}

audit::Act act_of(audit::What what, const std::string& who, const char* why = "") {
    audit::Act act;
    act.what = what;
    act.who = who;
    act.why = why;
    return act;
}

}  // namespace

Logins::Logins(LoginServices services)
    : services_(services),
      let_in_(services.metrics.counter("rightsline_logins_total", "Logins asked for, by how they ended",
                                       {{ops::Dimension::outcome, "let_in"}})),
      refused_(services.metrics.counter("rightsline_logins_total", "Logins asked for, by how they ended",
                                        {{ops::Dimension::outcome, "refused"}})),
      slowed_(services.metrics.counter("rightsline_logins_total", "Logins asked for, by how they ended",
                                       {{ops::Dimension::outcome, "told_to_wait"}})),
      busy_(services.metrics.counter("rightsline_logins_total", "Logins asked for, by how they ended",
                                     {{ops::Dimension::outcome, "busy"}})) {}

Awaitable<LoginAnswer> Logins::log_in(LoginRequest request, Deadline deadline) {
    const std::string name = request.name;
    const bool by_browser = request.cookie;
    std::string known =
        co_await known_browser(services_.vault, name, std::move(request.known), services_.clock.now());
    if (known.empty() && pace_.full_of_strangers()) {
        busy_.add();
        co_return answer(What::busy, come_again);
    }
    const TriedLogin tried{name, request.address, known};
    const LoginPace::Wait wait = pace_.begin(tried, services_.clock.steady());
    if (wait > 0ms) {
        slowed_.add();
        co_return answer(What::wait, std::chrono::ceil<std::chrono::seconds>(wait));
    }
    Turn turn(pace_, services_.clock, tried);
    LoginAnswer done = co_await look_at(std::move(request), deadline);
    turn.ended(done.what);
    if (by_browser && done.what == What::let_in) {
        done.known = co_await cookie_for(services_.vault, name, std::move(known), services_.clock.now());
    }
    ops::Counter* const counter = done.what == What::let_in    ? &let_in_
                                  : done.what == What::refused ? &refused_
                                                               : &busy_;
    counter->add();
    co_return done;
}

Awaitable<LoginAnswer> Logins::look_at(LoginRequest request, Deadline deadline) {
    const std::string asked = is_user_name(request.name) ? request.name : std::string("-");  // nobody's
    Result<UserStore::Known> known = co_await services_.users.find(asked, deadline);
    if (!known && known.error() != make_error_code(errc::no_such_user) &&
        known.error() != make_error_code(errc::damaged)) {
        co_return answer(What::no_store);
    }
    const std::string hash = known ? known->user.password_hash : nobodys_hash();
    auto job = [hash, password = std::move(request.password)] { return is_right(hash, password) ? 1 : 0; };
    const Result<int> right = co_await services_.workers.run(std::move(job), deadline);
    if (!right) {
        co_return answer(What::busy, come_again);
    }
    const std::string nobodys_secret(totp_secret_bytes, '\0');
    const auto step = matching_step(known ? known->user.totp_secret.reveal() : nobodys_secret, request.code,
                                    seconds(services_.clock.now()), known ? known->user.last_step : 0);
    if (!known || *right != 1 || !step || known->user.disabled) {
        const std::string user = known ? known->user.name : std::string();
        co_return co_await refuse(user, deadline);
    }
    known->user.last_step = *step;
    co_return co_await admit(std::move(*known), request.cookie, deadline);
}

Awaitable<LoginAnswer> Logins::change_password(PasswordChange wanted, Deadline deadline) {
    const TriedLogin tried{wanted.name, wanted.address, logged_in};
    const LoginPace::Wait wait = pace_.begin(tried, services_.clock.steady());
    if (wait > 0ms) {
        slowed_.add();
        co_return answer(What::wait, std::chrono::ceil<std::chrono::seconds>(wait));
    }
    Turn turn(pace_, services_.clock, tried);
    const LoginAnswer done = co_await change(std::move(wanted), deadline);
    turn.ended(done.what);
    co_return done;
}

Awaitable<LoginAnswer> Logins::change(PasswordChange wanted, Deadline deadline) {
    Result<UserStore::Known> known = co_await services_.users.find(wanted.name, deadline);
    if (!known) {
        co_return answer(What::no_store);
    }
    User& user = known->user;
    auto job = [was = user.password_hash, password = std::move(wanted.password)] {
        return is_right(was, password) ? 1 : 0;
    };
    const Result<int> right = co_await services_.workers.run(std::move(job), deadline);
    if (!right) {
        co_return answer(What::busy, come_again);
    }
    const auto step =
        matching_step(user.totp_secret.reveal(), wanted.code, seconds(services_.clock.now()), user.last_step);
    if (*right != 1 || !step || user.disabled) {
        co_return co_await refuse(user.name, deadline);
    }
    Result<std::string> fresh = co_await hash(std::move(wanted.fresh), deadline);
    if (!fresh) {
        co_return answer(What::busy, come_again);
    }
    user.password_hash = std::move(*fresh);
    user.last_step = *step;
    audit::Act act = act_of(audit::What::password_changed, user.name);
    const Result<void> changed = co_await renew(std::move(*known), std::move(act), deadline);
    if (changed) {
        co_return answer(What::let_in);
    }
    const bool crossed = changed.error() == make_error_code(errc::contended);
    co_return crossed ? answer(What::busy, come_again) : answer(What::no_store);
}

Awaitable<LoginAnswer> Logins::refuse(std::string user, Deadline deadline) {
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    audit::add_entry(commit.writes, UserStore::keys(), act_of(audit::What::login_refused, user));
    const Result<redis::Committed> noted = co_await redis::commit(services_.redis, commit, deadline);
    co_return noted ? answer(What::refused) : answer(What::no_store);
}

Awaitable<LoginAnswer> Logins::admit(UserStore::Known known, bool cookie, Deadline deadline) {
    const ops::UtcMs now = services_.clock.now();
    const std::string name = known.user.name;
    LoginAnswer out = answer(What::let_in);
    out.token = LoginToken::fresh();
    out.login =
        Login{out.token->hash(), name, known.user.generation, now, now, cookie, known.user.last_login};
    known.user.last_login = seconds(now);
    const Result<LoginStore::OfUser> before = co_await services_.logins.of_user(name, deadline);
    if (!before) {
        co_return answer(What::no_store);
    }
    Result<std::vector<redis::Write>> writes = co_await services_.logins.beginning(out.login);
    if (!writes) {
        co_return answer(What::no_store);
    }
    for (std::size_t i = most_logins - 1; i < before->held.size(); ++i) {
        LoginStore::add_ending(*writes, name, before->held[i].hash);
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(before->over.size(), 50); ++i) {
        LoginStore::add_ending(*writes, name, before->over[i]);
    }
    audit::add_entry(*writes, UserStore::keys(), act_of(audit::What::logged_in, name));
    const Result<void> saved = co_await services_.users.save(std::move(known), std::move(*writes), deadline);
    if (saved) {
        co_return out;
    }
    // Somebody else used this code, or changed the user, at the same moment.
    co_return saved.error() == make_error_code(errc::contended) ? answer(What::busy, come_again)
                                                                : answer(What::no_store);
}

Awaitable<Result<Logins::Holds>> Logins::still(std::string hash, Deadline deadline) {
    Result<Login> login = co_await services_.logins.find(std::move(hash), deadline);
    if (!login) {
        co_return login.error();
    }
    Result<UserStore::Known> known = co_await services_.users.find(login->user, deadline);
    if (!known) {
        const bool gone = known.error() == make_error_code(errc::no_such_user);
        co_return gone ? make_error_code(errc::no_login) : known.error();
    }
    if (known->user.disabled || known->user.generation != login->generation) {
        co_return errc::no_login;
    }
    co_return Holds{std::move(*login), std::move(known->user)};
}

Awaitable<Result<Asker>> Logins::recognise(LoginToken token, Deadline deadline) {
    Result<Holds> holds = co_await still(token.hash(), deadline);
    if (!holds) {
        co_return holds.error();
    }
    Login& login = holds->login;
    if (services_.clock.now() - login.seen >= seen_every) {
        const Result<void> seen = co_await services_.logins.touch(login, deadline);
        if (!seen) {
            co_return seen.error();
        }
    }
    User& user = holds->user;
    co_return Asker{user.name, std::move(user.grants), std::move(login), token.guard()};
}

Awaitable<Result<void>> Logins::end(std::string user, std::string id, Deadline deadline) {
    const Result<LoginStore::OfUser> all = co_await services_.logins.of_user(user, deadline);
    if (!all) {
        co_return all.error();
    }
    const auto meant = std::ranges::find(all->held, id, &Login::id);
    if (meant == all->held.end()) {
        co_return errc::no_login;
    }
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_exist, UserStore::keys().login(meant->hash), {}});
    LoginStore::add_ending(commit.writes, user, meant->hash);
    audit::add_entry(commit.writes, UserStore::keys(), act_of(audit::What::login_ended, user));
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    const bool ended = done->outcome == redis::Committed::Outcome::committed;
    co_return ended ? Result<void>() : Result<void>(errc::no_login);
}

Awaitable<Result<std::string>> Logins::hash(locales::PrivateText password, Deadline deadline) {
    auto job = [password = std::move(password)] { return hash_password(password); };
    Result<std::optional<std::string>> made = co_await services_.workers.run(std::move(job), deadline);
    if (!made) {
        co_return made.error();
    }
    if (!*made) {
        co_return vault::errc::out_of_memory;
    }
    co_return std::move(**made);
}

Awaitable<Result<void>> Logins::renew(UserStore::Known changed, audit::Act act, Deadline deadline,
                                      std::vector<redis::Write> conditions) {
    const Result<LoginStore::OfUser> all = co_await services_.logins.of_user(changed.user.name, deadline);
    if (!all) {
        co_return all.error();
    }
    std::vector<redis::Write> writes = std::move(conditions);
    for (const Login& one : all->held) {
        LoginStore::add_ending(writes, one.user, one.hash);
    }
    ++changed.user.generation;
    audit::add_entry(writes, UserStore::keys(), std::move(act));
    co_return co_await services_.users.save(std::move(changed), std::move(writes), deadline);
}

}  // namespace rightsline::access
