// Logins: lets people in and knows them again.
//
// A password and the six digits of an authenticator, looked at together: an unknown name, a wrong password, a wrong or used
// code and a disabled user are one answer, in the same words and after the same work (one Argon2id, one commit).
// Argon2id runs on a small pool of its own: more than nine strangers at once are told to come again, and workers' turns do
// not wait for it. Every login that is begun, refused or ended stands in the audit by the commit that does it.
// Must never: say which of the two was wrong, or put a name that is no user's anywhere.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gateway/access/login_pace.hpp"
#include "gateway/access/login_store.hpp"
#include "gateway/access/login_token.hpp"
#include "gateway/access/user_store.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/workers.hpp"

namespace rightsline::access {

struct LoginServices {
    UserStore& users;
    LoginStore& logins;
    redis::Client& redis;
    ops::Workers& workers;  // for Argon2id, and nothing else
    ops::Clock& clock;
    ops::Metrics& metrics;
    vault::Vault& vault;
};

struct LoginRequest {
    std::string name;
    locales::PrivateText password;
    std::string code;
    std::string address;  // the peer's
    bool cookie = true;
    std::string known{};  // the cookie of a browser that says that it was let in before; "" = none
};

struct PasswordChange {
    std::string name;
    locales::PrivateText password;
    std::string code;
    locales::PrivateText fresh;
    std::string address;  // the peer's
};

struct LoginAnswer {
    enum class What : std::uint8_t { let_in, refused, wait, busy, no_store } what = What::refused;
    std::chrono::seconds after{};       // wait, busy: when to come again
    std::optional<LoginToken> token{};  // let_in
    Login login{};
    std::string known{};  // let_in of a browser: the cookie by which it is known from now on; "" = none
};

/// Somebody who is logged in.
struct Asker {
    std::string name;
    Grants grants;
    Login login;
    std::string guard;  // what guard_header must say
};

class Logins {
 public:
    explicit Logins(LoginServices services);

    /// A browser that the name was let in from before is not held up by who guesses the name (known_browser.hpp).
    Awaitable<LoginAnswer> log_in(LoginRequest request, Deadline deadline);
    /// Errors: errc::no_login, the store's.
    Awaitable<Result<Asker>> recognise(LoginToken token, Deadline deadline);
    /// Whether the login of this hash still holds, and what its user may now. It is not seen by that: what runs by itself
    /// keeps nobody logged in. Errors: errc::no_login, the store's.
    struct Holds {
        Login login;
        User user;
    };
    Awaitable<Result<Holds>> still(std::string hash, Deadline deadline);
    /// Ends one login of `user`, by its id. Errors: errc::no_login, the store's.
    Awaitable<Result<void>> end(std::string user, std::string id, Deadline deadline);

    /// A new password for who is logged in and gives the old one and the six digits once more. What does not fit is answered
    /// and slowed down as a login is, and counted for who is logged in alone; let_in: it is changed, and all logins are over.
    Awaitable<LoginAnswer> change_password(PasswordChange wanted, Deadline deadline);

    /// Makes the hash of a new password. Errors: the pool's; vault::errc::out_of_memory.
    Awaitable<Result<std::string>> hash(locales::PrivateText password, Deadline deadline);
    /// Ends all logins of a changed user, with its entry: disabled, or with another password and second factor.
    /// Errors: errc::contended, the store's.
    Awaitable<Result<void>> renew(UserStore::Known changed, audit::Act act, Deadline deadline,
                                  std::vector<redis::Write> conditions = {});

 private:
    Awaitable<LoginAnswer> look_at(LoginRequest request, Deadline deadline);
    Awaitable<LoginAnswer> change(PasswordChange wanted, Deadline deadline);
    Awaitable<LoginAnswer> refuse(std::string user, Deadline deadline);
    Awaitable<LoginAnswer> admit(UserStore::Known known, bool cookie, Deadline deadline);

    LoginServices services_;
    LoginPace pace_;
    ops::Counter& let_in_;
    ops::Counter& refused_;
    ops::Counter& slowed_;
    ops::Counter& busy_;
};

}  // namespace rightsline::access
