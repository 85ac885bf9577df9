// Who looks after the people of a program does so by the console, within that program; and everybody after their own password.
#include <gtest/gtest.h>

#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::Role;

constexpr const char* fresh = "four goats under a tarpaulin";

class ConsoleUsers : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("rosa", {{"fair-food", Role::admin}});
        add_user("maria", {{"fair-food", Role::monitor}});
        rosa = tool_of("rosa");
    }
    http::Response add(const std::string& name, json::array roles, const std::string& query = "") {
        return ask_console("POST", "/api/v1/users" + query, rosa,
                           json::serialize(json::object{
                               {"name", name}, {"roles", std::move(roles)}, {"password", password}}));
    }
    http::Response act(const std::string& name, const std::string& what, const std::string& body = "") {
        return ask_console("POST", "/api/v1/users/" + name + "/" + what, rosa, body);
    }
    http::Response change(const http::Headers& who, const std::string& old, const std::string& code,
                          const std::string& wanted = fresh) {
        return ask_console(
            "POST", "/api/v1/password", who,
            json::serialize(json::object{{"password", old}, {"code", code}, {"new_password", wanted}}));
    }
    http::Response log_in_with(const std::string& name, const std::string& typed) {
        clock.advance(std::chrono::seconds(access::totp_period));
        return ask_console("POST", "/api/v1/login", {{"Content-Type", "application/json"}},
                           credentials(name, typed, code_of(secret_of(name)), "bearer"));
    }
    audit::Entry last() { return entries(stores::server_wide).back(); }

    http::Headers rosa;
};

TEST_F(ConsoleUsers, AnAdministratorLetsPeopleInToTheirProgramAlone) {
    const http::Response made = add("newcomer", {"fair-food:intake"});
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_FALSE(text_in(made, "totp_secret").empty()) << "told this once";
    EXPECT_EQ(last().field("what"), "user_added");
    EXPECT_EQ(last().field("who"), "rosa");
    EXPECT_EQ(add("other", {"lesotho-gbvh:monitor"}).status, 422);
    EXPECT_EQ(add("other", {"fair-food:intake", "lesotho-gbvh:monitor"}).status, 422);
    EXPECT_EQ(add("other", {"lesotho-gbvh:monitor"}, "?program=lesotho-gbvh").status, 404)
        << "no right there";
    EXPECT_EQ(add("newcomer", {"fair-food:intake"}).status, 409);
    EXPECT_TRUE(keys_like("{:server}:ik:*").empty()) << "no answer with a secret is kept";
}

TEST_F(ConsoleUsers, ShutsThemOutAtOnce) {
    const http::Headers maria = tool_of("maria");
    ASSERT_EQ(ask_console("GET", "/api/v1/session", maria).status, 200);
    ASSERT_EQ(act("maria", "disable").status, 200);
    EXPECT_EQ(last().field("what"), "user_disabled");
    EXPECT_EQ(last().field("whom"), "maria");
    EXPECT_EQ(ask_console("GET", "/api/v1/session", maria).status, 401);
    const http::Response reset = act("maria", "reset", json::serialize(json::object{{"password", fresh}}));
    ASSERT_EQ(reset.status, 200) << reset.body;
    EXPECT_EQ(log_in("maria").status, 401) << "neither the old password nor the old second factor";
}

TEST_F(ConsoleUsers, WhatWhoIsShutOutHadIsBackInThePoolInTheSameAct) {
    add_user("lola", {{"fair-food", Role::monitor}});
    const http::Headers lola = tool_of("lola");
    const http::Headers maria = tool_of("maria");
    const auto do_as = [this](const http::Headers& who, const std::string& id, const std::string& what,
                              const std::string& body = "") {
        const http::Response done = ask_console("POST", "/api/v1/cases/" + id + "/" + what, who, body);
        ASSERT_EQ(done.status, 200) << done.body;
    };
    const auto holder = [this](const std::string& id) {
        cases::CaseFacts it;
        it.id = id;
        return tests::run(io, case_desk->standing("fair-food", {it}, far()))->front().work.assignee;
    };
    file(spare_case);
    file(nobodys);
    do_as(maria, case_id, "take");
    do_as(maria, spare_case, "take");
    do_as(lola, nobodys, "take");
    const http::Response done = act("maria", "disable");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(json_of(done).at("cases_released").as_int64(), 2);
    EXPECT_EQ(holder(case_id), "");
    EXPECT_EQ(holder(spare_case), "");
    EXPECT_EQ(holder(nobodys), "lola");
    EXPECT_EQ(entries().back().field("what"), "assigned");
    EXPECT_EQ(entries().back().field("who"), "rosa");
    EXPECT_EQ(json_of(act("maria", "disable")).at("cases_released").as_int64(), 0)
        << "done again it changes nothing";
}

TEST_F(ConsoleUsers, WhoStandsOnAnEmployersListMakesNobodyToComeBackAs) {
    add_user("zoe", {{"fair-food", Role::admin}});
    const http::Headers zoe = tool_of("zoe");
    const auto sites = [&](const std::string& what, const json::object& body) {
        return ask_console("POST", "/api/v1/sites" + what, zoe, json::serialize(body)).status;
    };
    ASSERT_EQ(sites("", {{"site", "sol-farm"}}), 200);
    ASSERT_EQ(add("before", {"fair-food:monitor"}).status, 200);
    ASSERT_EQ(sites("/employer", {{"site", "sol-farm"}, {"person", "rosa"}}), 200);
    const http::Response refused = add("puppet", {"fair-food:admin"});
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find("employer's list"), std::string::npos) << refused.body;
    const std::string reset = json::serialize(json::object{{"password", fresh}});
    EXPECT_EQ(act("maria", "reset", reset).status, 409);
    EXPECT_EQ(act("maria", "disable").status, 200) << "whom they shut out they are not";
    ASSERT_EQ(sites("/employer", {{"site", "sol-farm"}, {"person", "rosa"}, {"undo", true}}), 200);
    EXPECT_EQ(add("puppet", {"fair-food:admin"}).status, 200);
}

TEST_F(ConsoleUsers, WhatTheyHadWhoMayWorkOnNoneAnyMoreIsBackInThePool) {
    add_user("both", {{"fair-food", Role::monitor}, {"lesotho-gbvh", Role::monitor}});
    file(spare_case);
    for (const auto& [name, id] : {std::pair("maria", case_id), std::pair("both", spare_case)}) {
        const http::Response done =
            ask_console("POST", "/api/v1/cases/" + id + "/take?program=fair-food", tool_of(name));
        ASSERT_EQ(done.status, 200) << done.body;
    }
    const auto holder = [this](const std::string& id) {
        cases::CaseFacts it;
        it.id = id;
        return tests::run(io, case_desk->standing("fair-food", {it}, far()))->front().work.assignee;
    };
    rosa = tool_of("rosa");
    const auto now = [this](const std::string& name, json::array roles) {
        const http::Response done =
            act(name, "roles", json::serialize(json::object{{"roles", std::move(roles)}}));
        EXPECT_EQ(done.status, 200) << done.body;
        return json_of(done).at("cases_released").as_int64();
    };
    EXPECT_EQ(now("maria", {"fair-food:supervisor"}), 0);
    EXPECT_EQ(holder(case_id), "maria") << "she may work on it still";
    EXPECT_EQ(now("maria", {"fair-food:auditor"}), 1);
    EXPECT_EQ(holder(case_id), "");
    EXPECT_EQ(now("both", {}), 1) << "whatever they may elsewhere";
    EXPECT_EQ(holder(spare_case), "");
    EXPECT_EQ(entries().back().field("what"), "assigned");
    EXPECT_EQ(entries().back().field("who"), "rosa");
}

TEST_F(ConsoleUsers, OfTwoWhoTakeItFromEachOtherAtOnceOneStays) {
    for (const char* what : {"roles", "disable"}) {
        const std::string two = std::string("zoe") + what[0];
        add_user(two, {{"fair-food", Role::admin}});
        const http::Headers other = tool_of(two);
        rosa = tool_of("rosa");
        const auto request = [&](const http::Headers& who, const std::string& whom) {
            http::Request asked;
            asked.method = "POST";
            asked.target = "/api/v1/users/" + whom + "/" + what;
            asked.headers = who;
            asked.body = R"({"roles": ["fair-food:monitor"]})";
            asked.peer = peer;
            return asked;
        };
        std::vector<int> answers;
        const std::vector<http::Request> both{request(rosa, two), request(other, "rosa")};
        for (const http::Request& one : both) {
            boost::asio::co_spawn(io, console.handle(one), [&](std::exception_ptr bug, http::Response done) {
                EXPECT_EQ(bug, nullptr);
                answers.push_back(done.status);
            });
        }
        tests::run_until(io, [&] { return answers.size() == 2; });
        std::ranges::sort(answers);
        EXPECT_EQ(answers.front(), 200) << what;
        EXPECT_EQ(answers.back(), 409) << what;
        int left = 0;
        for (const access::User& one : *tests::run(io, users->list(far()))) {
            left += !one.disabled && one.grants.may("fair-food", access::Right::manage_users) ? 1 : 0;
        }
        ASSERT_EQ(left, 1) << what;
        auto again = tests::run(io, users->find("rosa", far()));  // as she was, for the next round
        again->user.disabled = false;
        again->user.grants.give("fair-food", Role::admin);
        ASSERT_TRUE(tests::run(io, users->save(std::move(*again), {}, far())));
    }
}

TEST_F(ConsoleUsers, WhoIsShutOutWhileTheyAddSomebodyAddsNobody) {
    add_user("zoe", {{"fair-food", Role::admin}});
    const http::Headers zoe = tool_of("zoe");
    http::Request adding;
    adding.method = "POST";
    adding.target = "/api/v1/users";
    adding.headers = zoe;
    adding.body = json::serialize(json::object{
        {"name", "newcomer"}, {"roles", json::array{"fair-food:admin"}}, {"password", password}});
    adding.peer = peer;
    int answered = 0;
    boost::asio::co_spawn(io, console.handle(adding), [&](std::exception_ptr bug, http::Response done) {
        EXPECT_EQ(bug, nullptr);
        answered = done.status;
    });
    ASSERT_EQ(act("zoe", "disable").status, 200);  // the new password is still being stretched
    tests::run_until(io, [&] { return answered != 0; });
    EXPECT_NE(answered, 200);
    EXPECT_NE(answered, 0);
    for (const access::User& one : *tests::run(io, users->list(far()))) {
        EXPECT_NE(one.name, "newcomer");
    }
    EXPECT_EQ(last().field("what"), "user_disabled");
}

TEST_F(ConsoleUsers, TouchesNobodyWhoHasARoleElsewhereAndNeverThemselves) {
    add_user("lineo", {{"lesotho-gbvh", Role::monitor}});
    add_user("both", {{"lesotho-gbvh", Role::monitor}, {"fair-food", Role::monitor}});
    const std::string body = json::serialize(json::object{{"password", fresh}});
    EXPECT_EQ(act("lineo", "disable").body, act("nobody", "disable").body) << "as if there were none";
    EXPECT_EQ(act("lineo", "disable").status, 404);
    EXPECT_EQ(act("lineo", "reset", body).status, 404);
    EXPECT_EQ(act("both", "disable").status, 409);
    EXPECT_EQ(act("both", "reset", body).status, 409);
    EXPECT_EQ(act("rosa", "disable").status, 409);
    EXPECT_EQ(act("rosa", "reset", body).status, 409);
    EXPECT_EQ(
        act("maria", "reset",
            json::serialize(json::object{{"password", fresh}, {"roles", json::array{"lesotho-gbvh:admin"}}}))
            .status,
        422);
    for (const char* name : {"lineo", "both", "rosa", "maria"}) {
        EXPECT_EQ(log_in(name).status, 200) << name;
    }
}

TEST_F(ConsoleUsers, ANewPasswordTakesTheOldOneAndTheCodeAndEndsEveryLogin) {
    const http::Headers one = tool_of("maria");
    const http::Headers other = tool_of("maria");
    clock.advance(std::chrono::seconds(access::totp_period));
    const std::string code = code_of(secret_of("maria"));
    EXPECT_EQ(change(one, "another password", code).status, 409);
    EXPECT_EQ(last().field("what"), "login_refused");
    clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(change(one, password, "000000").status, 409);
    clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(change(one, password, code_of(secret_of("maria")), "short").status, 422);
    EXPECT_EQ(change(one, password, code_of(secret_of("maria")), password).status, 422);
    const http::Response done = change(one, password, code_of(secret_of("maria")));
    ASSERT_EQ(done.status, 204) << done.body;
    EXPECT_EQ(last().field("what"), "password_changed");
    EXPECT_EQ(last().field("who"), "maria");
    EXPECT_EQ(ask_console("GET", "/api/v1/session", one).status, 401);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", other).status, 401);
    EXPECT_EQ(log_in("maria").status, 401);
    EXPECT_EQ(log_in_with("maria", fresh).status, 200);
}

TEST_F(ConsoleUsers, WhoGuessesThePasswordOfAnOpenBrowserIsSlowedDown) {
    const http::Headers stolen = tool_of("maria");
    int slowed = 0;
    for (int i = 0; i < 12; ++i) {
        slowed += change(stolen, "guess number " + std::to_string(i), "000000").status == 429 ? 1 : 0;
    }
    EXPECT_GT(slowed, 0);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", stolen).status, 200) << "their login stays";
}

TEST_F(ConsoleUsers, AnAdministratorChangesRolesAtOnceAndNeverTheirOwn) {
    const http::Headers maria = tool_of("maria");
    const auto roles = [&](const std::string& name, json::array wanted) {
        return act(name, "roles", json::serialize(json::object{{"roles", std::move(wanted)}}));
    };
    EXPECT_EQ(ask_console("GET", "/api/v1/users", maria).status, 404);
    const http::Response changed = roles("maria", {"fair-food:auditor", "fair-food:intake"});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(last().field("what"), "roles_changed");
    EXPECT_EQ(last().field("who"), "rosa");
    EXPECT_EQ(last().field("whom"), "maria");
    EXPECT_EQ(last().field("to"), "fair-food:intake fair-food:auditor");
    EXPECT_EQ(ask_console("GET", "/api/v1/users", maria).status, 200) << "with the login that they have";
    EXPECT_EQ(ask_console("GET", "/api/v1/cases/" + case_id, maria).status, 404);
    EXPECT_EQ(roles("rosa", {"fair-food:intake"}).status, 409);
    EXPECT_EQ(roles("maria", {}).status, 422);
    EXPECT_EQ(roles("maria", {"lesotho-gbvh:monitor"}).status, 422);
    EXPECT_EQ(roles("maria", {"fair-food:queen"}).status, 422);
    EXPECT_EQ(roles("nobody", {"fair-food:intake"}).status, 404);
    EXPECT_EQ(act("maria", "roles", "what").status, 422);
}

TEST_F(ConsoleUsers, RolesElsewhereStayAsTheyAre) {
    add_user("both", {{"lesotho-gbvh", Role::monitor}, {"fair-food", Role::monitor}});
    add_user("lineo", {{"lesotho-gbvh", Role::monitor}});
    const std::string wish = json::serialize(json::object{{"roles", json::array{"fair-food:auditor"}}});
    const http::Response changed = act("both", "roles", wish);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.body.find("lesotho"), std::string::npos) << "no word of another program";
    const access::Grants grants = tests::run(io, users->find("both", far()))->user.grants;
    EXPECT_TRUE(grants.may("lesotho-gbvh", access::Right::read_case));
    EXPECT_FALSE(grants.may("fair-food", access::Right::read_case));
    EXPECT_EQ(act("lineo", "roles", wish).status, 404);
    const std::string none = json::serialize(json::object{{"roles", json::array{}}});
    EXPECT_EQ(act("both", "roles", none).status, 200) << "they have a role elsewhere";
    EXPECT_EQ(act("both", "roles", wish).status, 404) << "and are not there any more";
}

TEST_F(ConsoleUsers, EverybodyIsToldWhenTheyLoggedInBefore) {
    const http::Headers first = tool_of("maria");
    EXPECT_TRUE(json_of(ask_console("GET", "/api/v1/session", first)).at("last_login_before").is_null());
    const auto at = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    const http::Headers second = tool_of("maria");
    EXPECT_EQ(json_of(ask_console("GET", "/api/v1/session", second)).at("last_login_before").as_int64(), at);
}

}  // namespace
}  // namespace rightsline::api
