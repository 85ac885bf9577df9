// What the tests of logins share: a store, a vault, users of it and a calendar that stands still.
//
// Threading: one test. Owner: the test.
#pragma once

#include <memory>
#include <string>

#include "gateway/access/logins.hpp"
#include "gateway/access/password.hpp"
#include "gateway/access/totp.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::access {

inline constexpr const char* password = "correct horse battery";

/// The calendar stands still until a test moves it; deadlines are real, for the store is.
class StandingCalendar final : public ops::Clock {
 public:
    ops::UtcMs now() const override { return now_; }
    Deadline steady() const override { return std::chrono::steady_clock::now() + passed_; }
    void advance(std::chrono::milliseconds by) {
        now_ += by;
        passed_ += by;
    }

 private:
    ops::UtcMs now_{std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())};
    std::chrono::milliseconds passed_{0};
};

class WithPeople : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, far())));
        vault = vault::make_vault(folder.keys());
        users = std::make_unique<UserStore>(*client, *vault, clock);
        login_store = std::make_unique<LoginStore>(*client, *vault, clock);
        logins = std::make_unique<Logins>(
            LoginServices{*users, *login_store, *client, workers, clock, metrics, *vault});
    }
    static Deadline far() { return redis::in(std::chrono::hours(100)); }

    /// Argon2id once for all of them.
    static const std::string& hash() {
        static const std::string made = *hash_password(locales::PrivateText(password));
        return made;
    }
    static std::string secret_of(const std::string& name) {
        return (name + "--------------------").substr(0, 20);
    }
    void add(const std::string& name, std::vector<std::pair<std::string, Role>> roles) {
        User user;
        user.name = name;
        for (auto& [program, role] : roles) {
            user.grants.give(program, role);
        }
        user.password_hash = hash();
        user.totp_secret = locales::PrivateText(secret_of(name));
        ASSERT_TRUE(tests::run(io, users->add(std::move(user), "uid:0", far())));
    }
    std::string code_of(const std::string& name, int steps_from_now = 0) const {
        const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
        return totp_code(secret_of(name), now / totp_period + steps_from_now);
    }
    LoginAnswer log_in(const std::string& name, const std::string& typed, const std::string& code,
                       const std::string& address = "198.51.100.7", const std::string& known = "") {
        LoginRequest request{name, locales::PrivateText(typed), code, address, true, known};
        return tests::run(io, logins->log_in(std::move(request), far()));
    }
    LoginToken let_in(const std::string& name) {
        clock.advance(std::chrono::seconds(totp_period));  // a code is good once
        LoginAnswer answer = log_in(name, password, code_of(name));
        EXPECT_EQ(answer.what, LoginAnswer::What::let_in);
        return std::move(*answer.token);
    }
    Result<Asker> recognise(const LoginToken& token) {
        return tests::run(io, logins->recognise(token, far()));
    }
    std::vector<audit::Entry> entries() {
        return *audit::read_entries(ask({"XRANGE", UserStore::keys().audit(), "-", "+"}));
    }
    std::string last_act() {
        const std::vector<audit::Entry> all = entries();
        return all.empty()
                   ? ""
                   : std::string(all.back().field("what")) + " " + std::string(all.back().field("who"));
    }

    vault::KeyFolder folder;
    StandingCalendar clock;
    ops::Metrics metrics;
    ops::Workers workers{io.get_executor(), {1, 10}};
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<UserStore> users;
    std::unique_ptr<LoginStore> login_store;
    std::unique_ptr<Logins> logins;
};

}  // namespace rightsline::access
