#include "gateway/access/logins.hpp"

#include <gtest/gtest.h>

#include "gateway/access/error.hpp"
#include "gateway/access/known_browser.hpp"
#include "tests/gateway/access/people.hpp"

namespace rightsline::access {
namespace {

using namespace std::chrono_literals;
using What = LoginAnswer::What;

class LoggingIn : public WithPeople {
 protected:
    void SetUp() override {
        WithPeople::SetUp();
        add("maria", {{"fair-food", Role::monitor}});
    }
    UserStore::Known known(const std::string& name) { return *tests::run(io, users->find(name, far())); }
    Result<void> renew(UserStore::Known changed, audit::What what) {
        audit::Act act;
        act.what = what;
        act.who = "uid:0";
        act.whom = changed.user.name;
        return tests::run(io, logins->renew(std::move(changed), std::move(act), far()));
    }
    std::string everything_stored() {
        std::string all;
        const redis::Reply names = ask({"KEYS", "*"});
        for (const redis::Reply& name : *names.array()) {
            all += *name.string() + "\n";
            const Result<redis::Reply> value = try_ask({"DUMP", *name.string()});
            all += value && value->string() ? *value->string() : "";
        }
        return all;
    }
};

TEST_F(LoggingIn, PasswordAndCodeTogetherLetIn) {
    const LoginToken token = let_in("maria");
    const Result<Asker> asker = recognise(token);
    ASSERT_TRUE(asker) << asker.error().message();
    EXPECT_EQ(asker->name, "maria");
    EXPECT_TRUE(asker->grants.may("fair-food", Right::read_case));
    EXPECT_EQ(asker->guard, token.guard());
    EXPECT_EQ(last_act(), "logged_in maria");
    EXPECT_EQ(known("maria").user.last_login,
              std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count());
    EXPECT_EQ(recognise(LoginToken::fresh()).error(), make_error_code(errc::no_login));
}

TEST_F(LoggingIn, EverythingThatIsWrongIsOneAnswerAndOneEntry) {
    add("jean", {});
    UserStore::Known jean = known("jean");
    jean.user.disabled = true;
    ASSERT_TRUE(renew(std::move(jean), audit::What::user_disabled));
    const std::string good = code_of("maria");
    const std::string bad = good == "000000" ? "000001" : "000000";
    struct Case {
        const char* name;
        const char* typed;
        std::string code;
        const char* act;
    };
    const Case cases[] = {{"maria", "another password", good, "login_refused maria"},
                          {"maria", password, bad, "login_refused maria"},
                          {"maria", password, "", "login_refused maria"},
                          {"jean", password, code_of("jean"), "login_refused jean"},
                          {"nobody", password, good, "login_refused "},
                          {"my password by mistake", password, good, "login_refused "},
                          {"", "", "", "login_refused "}};
    for (const Case& one : cases) {
        const std::size_t before = entries().size();
        clock.advance(1h);
        const std::string code = one.code == good ? code_of("maria") : one.code;
        const LoginAnswer answer = log_in(one.name, one.typed, code);
        EXPECT_EQ(answer.what, What::refused) << one.name;
        EXPECT_FALSE(answer.token);
        EXPECT_EQ(entries().size(), before + 1) << one.name;
        EXPECT_EQ(last_act(), one.act);
    }
    EXPECT_EQ(everything_stored().find("by mistake"), std::string::npos);
}

TEST_F(LoggingIn, ACodeIsGoodOnce) {
    const std::string code = code_of("maria");
    EXPECT_EQ(log_in("maria", password, code).what, What::let_in);
    EXPECT_EQ(log_in("maria", password, code).what, What::refused);
    EXPECT_EQ(log_in("maria", password, code_of("maria", -1)).what, What::refused);
    EXPECT_EQ(log_in("maria", password, code_of("maria", 1)).what, What::let_in);
}

TEST_F(LoggingIn, ACodeIsGoodOnceAlsoWhenTwoUseItAtOnce) {
    LoginRequest one{"maria", locales::PrivateText(password), code_of("maria"), "198.51.100.7", true};
    LoginRequest other{"maria", locales::PrivateText(password), code_of("maria"), "203.0.113.9", true};
    std::vector<What> ends;
    for (LoginRequest* request : {&one, &other}) {
        boost::asio::co_spawn(
            io, logins->log_in(std::move(*request), far()),
            [&ends](const std::exception_ptr&, LoginAnswer answer) { ends.push_back(answer.what); });
    }
    tests::run_until(io, [&] { return ends.size() == 2; });
    EXPECT_EQ(std::ranges::count(ends, What::let_in), 1);
}

TEST_F(LoggingIn, WhoGuessesIsToldToWaitWithoutAnArgon2idAndOthersAreNot) {
    add("jean", {});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(log_in("maria", "another password", "123456").what, What::refused);
    }
    const std::size_t before = entries().size();
    const LoginAnswer held = log_in("maria", password, code_of("maria"));
    EXPECT_EQ(held.what, What::wait);
    EXPECT_GE(held.after, 1s);
    EXPECT_EQ(entries().size(), before);
    EXPECT_EQ(log_in("jean", password, code_of("jean")).what, What::let_in);
    EXPECT_EQ(log_in("maria", password, code_of("maria"), "203.0.113.9").what, What::let_in);
}

TEST_F(LoggingIn, MoreThanThePoolHoldsAreToldToComeAgain) {
    boost::asio::io_context other;
    std::vector<What> ends;
    for (int i = 0; i < 14; ++i) {
        LoginRequest request{"n" + std::to_string(i), locales::PrivateText(password), "123456",
                             "192.0.2." + std::to_string(i), true};
        boost::asio::co_spawn(
            io, logins->log_in(std::move(request), far()),
            [&ends](const std::exception_ptr&, LoginAnswer answer) { ends.push_back(answer.what); });
    }
    tests::run_until(io, [&] { return ends.size() == 14; });
    EXPECT_GE(std::ranges::count(ends, What::busy), 4);
    EXPECT_GE(std::ranges::count(ends, What::refused), 9);
}

/// The guesser takes each turn that the name has as soon as it is there.
TEST_F(LoggingIn, ABrowserThatWasLetInBeforeIsNotHeldUpByWhoGuessesTheName) {
    add("jean", {});
    const std::string known = log_in("maria", password, code_of("maria")).known;
    ASSERT_FALSE(known.empty());
    for (int refused = 0; refused < 5;) {
        const LoginAnswer guess = log_in("maria", "another password", "123456");
        refused += guess.what == What::refused ? 1 : 0;
        clock.advance(guess.what == What::wait ? guess.after : 0s);
    }
    const std::string code = code_of("maria", 1);
    EXPECT_EQ(log_in("maria", password, code).what, What::wait);
    EXPECT_EQ(log_in("maria", password, code, "198.51.100.7", "junk").what, What::wait);
    const std::string jeans = log_in("jean", password, code_of("jean"), "203.0.113.9").known;
    EXPECT_EQ(log_in("maria", password, code, "198.51.100.7", jeans).what, What::wait);
    const LoginAnswer in = log_in("maria", password, code, "198.51.100.7", known);
    EXPECT_EQ(in.what, What::let_in);
    EXPECT_FALSE(in.known.empty());
}

TEST_F(LoggingIn, ABrowserIsAStrangerAgainAfterNinetyDays) {
    const ops::UtcMs now = clock.now();
    const std::string known = log_in("maria", password, code_of("maria")).known;
    const auto id = [&](ops::UtcMs at) { return tests::run(io, known_browser(*vault, "maria", known, at)); };
    EXPECT_EQ(id(now).size(), 32U);
    EXPECT_EQ(id(now + known_for - 1h), id(now));
    EXPECT_EQ(id(now + known_for + 1h), "");
    EXPECT_EQ(tests::run(io, known_browser(*vault, "jean", known, now)), "");
}

TEST_F(LoggingIn, AKnownBrowserFindsRoomWhenStrangersTakeAllThatTheyMay) {
    const std::string known = log_in("maria", password, code_of("maria")).known;
    std::size_t ended = 0;
    for (int i = 0; i < 14; ++i) {
        LoginRequest request{"n" + std::to_string(i), locales::PrivateText(password), "123456", "127.0.0.1",
                             true};
        boost::asio::co_spawn(io, logins->log_in(std::move(request), far()),
                              [&ended](const std::exception_ptr&, const LoginAnswer&) { ++ended; });
    }
    std::optional<What> hers;
    LoginRequest request{"maria", locales::PrivateText(password), code_of("maria", 1), "127.0.0.1", true,
                         known};
    boost::asio::co_spawn(
        io, logins->log_in(std::move(request), far()),
        [&hers](const std::exception_ptr&, const LoginAnswer& answer) { hers = answer.what; });
    tests::run_until(io, [&] { return ended == 14 && hers; });
    EXPECT_EQ(hers, What::let_in);
}

/// Who is logged in changes the password though somebody guesses the name.
TEST_F(LoggingIn, ALoginThatHoldsChangesItsPasswordThoughTheNameIsGuessed) {
    for (int i = 0; i < 4; ++i) {
        log_in("maria", "another password", "123456");
    }
    ASSERT_EQ(log_in("maria", password, code_of("maria")).what, What::wait);
    PasswordChange wanted{"maria", locales::PrivateText(password), code_of("maria"),
                          locales::PrivateText("a fresh and long password"), "198.51.100.7"};
    EXPECT_EQ(tests::run(io, logins->change_password(std::move(wanted), far())).what, What::let_in);
}

TEST_F(LoggingIn, ALoginIsOverWhenItIsIdleAndAfterTenHours) {
    const LoginToken idle = let_in("maria");
    clock.advance(idle_limit + 1s);
    EXPECT_EQ(recognise(idle).error(), make_error_code(errc::no_login));
    const LoginToken busy = let_in("maria");
    for (auto passed = 0min; passed < absolute_limit - 15min; passed += 15min) {
        clock.advance(15min);
        ASSERT_TRUE(recognise(busy)) << passed.count();
    }
    clock.advance(15min + 1s);
    EXPECT_EQ(recognise(busy).error(), make_error_code(errc::no_login));
}

TEST_F(LoggingIn, TheStoreForgetsALoginToo) {
    const LoginToken token = let_in("maria");
    const std::string key = UserStore::keys().login(token.hash());
    EXPECT_LE(number({"TTL", key}), 21 * 60);
    EXPECT_GT(number({"TTL", key}), 19 * 60);
}

TEST_F(LoggingIn, AnEndedLoginIsOverAndASightOfItDoesNotBringItBack) {
    const LoginToken one = let_in("maria");
    const LoginToken other = let_in("maria");
    const Login stale = *tests::run(io, login_store->find(one.hash(), far()));
    ASSERT_TRUE(tests::run(io, logins->end("maria", stale.id(), far())));
    EXPECT_EQ(last_act(), "login_ended maria");
    EXPECT_TRUE(tests::run(io, login_store->touch(stale, far())));
    EXPECT_FALSE(recognise(one));
    EXPECT_TRUE(recognise(other));
    EXPECT_EQ(tests::run(io, logins->end("maria", stale.id(), far())).error(),
              make_error_code(errc::no_login));
    EXPECT_FALSE(tests::run(io, logins->end("jean", recognise(other)->login.id(), far())));
}

TEST_F(LoggingIn, ADisabledOrResetUserIsLoggedInNowhere) {
    for (const audit::What what : {audit::What::user_disabled, audit::What::user_reset}) {
        const LoginToken token = let_in("maria");
        const redis::Reply kept = ask({"DUMP", UserStore::keys().login(token.hash())});
        UserStore::Known maria = known("maria");
        ASSERT_TRUE(renew(maria, what));
        EXPECT_EQ(last_act(), std::string(audit::name_of(what)) + " uid:0");
        EXPECT_EQ(entries().back().field("whom"), "maria");
        EXPECT_FALSE(recognise(token));
        ask({"RESTORE", UserStore::keys().login(token.hash()), "0", *kept.string()});
        EXPECT_FALSE(recognise(token)) << "of another generation";
        EXPECT_EQ(renew(maria, what).error(), make_error_code(errc::contended));
    }
}

TEST_F(LoggingIn, TheEleventhLoginEndsTheFirst) {
    const LoginToken first = let_in("maria");
    const LoginToken second = let_in("maria");
    for (std::size_t i = 2; i < most_logins; ++i) {
        let_in("maria");
    }
    EXPECT_TRUE(recognise(first));
    let_in("maria");
    EXPECT_FALSE(recognise(first));
    EXPECT_TRUE(recognise(second));
    EXPECT_EQ(number({"ZCARD", UserStore::keys().logins_of("maria")}), std::int64_t{most_logins});
}

TEST_F(LoggingIn, WhatIsMovedOrChangedInTheStoreLetsNobodyIn) {
    add("jean", {{"fair-food", Role::supervisor}});
    const LoginToken token = let_in("maria");
    const redis::Reply jeans = ask({"GET", UserStore::keys().user("jean")});
    ask({"SET", UserStore::keys().user("maria"), *jeans.string()});
    EXPECT_FALSE(recognise(token));
    EXPECT_EQ(log_in("maria", password, code_of("jean")).what, What::refused);
    const LoginToken hers = let_in("jean");
    const redis::Reply login = ask({"GET", UserStore::keys().login(hers.hash())});
    ask({"SET", UserStore::keys().login(LoginToken::fresh().hash()), *login.string()});
    std::string tampered = *ask({"GET", UserStore::keys().login(hers.hash())}).string();
    tampered.at(40) = static_cast<char>(tampered.at(40) ^ 1);  // another byte, whatever was drawn for it
    ask({"SET", UserStore::keys().login(hers.hash()), tampered});
    EXPECT_EQ(recognise(hers).error(), make_error_code(errc::no_login));
}

TEST_F(LoggingIn, TheStoreHoldsNoTokenNoHashOfAPasswordAndNoSecret) {
    const LoginToken token = let_in("maria");
    const std::string all = everything_stored();
    for (const std::string& secret :
         {token.reveal(), hash(), secret_of("maria"), to_base32(secret_of("maria")), token.guard(),
          std::string("argon2id")}) {
        EXPECT_EQ(all.find(secret), std::string::npos);
    }
    EXPECT_NE(all.find("logged_in"), std::string::npos) << "nothing was looked through";
}

TEST_F(LoggingIn, AStoreThatIsGoneLetsNobodyInAndSaysSo) {
    const LoginToken token = let_in("maria");
    client->close();
    EXPECT_EQ(log_in("maria", password, code_of("maria", 1)).what, What::no_store);
    EXPECT_NE(recognise(token).error(), make_error_code(errc::no_login));
    EXPECT_FALSE(recognise(token));
}

TEST_F(LoggingIn, ANameIsTakenOnce) {
    User again;
    again.name = "maria";
    EXPECT_EQ(tests::run(io, users->add(again, "uid:0", far())).error(), make_error_code(errc::name_taken));
    const auto all = tests::run(io, users->list(far()));
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().password_hash, hash());
}

}  // namespace
}  // namespace rightsline::access
