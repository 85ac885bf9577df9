#include "gateway/api/user_routes.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

class UserApi : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user_routes(local, {*users, *logins, clock, programs});
    }
    http::Response ask_local(const std::string& method, const std::string& target,
                             const std::string& body = "", unsigned uid = getuid(),
                             const std::string& peer = "") {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.peer_uid = uid;
        request.peer = peer;
        return tests::run(io, local.handle(request));
    }
    static std::string wanted(const std::string& name, json::array roles,
                              const std::string& typed = password) {
        return json::serialize(
            json::object{{"name", name}, {"roles", std::move(roles)}, {"password", typed}});
    }
    http::Response add(const std::string& name, json::array roles, const std::string& typed = password) {
        return ask_local("POST", "/api/v1/users", wanted(name, std::move(roles), typed));
    }
    /// The raw secret behind what was told in base32.
    static std::string secret_told(const http::Response& told) {
        std::string bits;
        for (const char c : text_in(told, "totp_secret")) {
            const int value = c >= 'A' ? c - 'A' : c - '2' + 26;
            for (int bit = 4; bit >= 0; --bit) {
                bits += (value >> bit) % 2 != 0 ? '1' : '0';
            }
        }
        std::string raw;
        for (std::size_t i = 0; i + 8 <= bits.size(); i += 8) {
            raw += static_cast<char>(std::stoi(bits.substr(i, 8), nullptr, 2));
        }
        return raw;
    }
    int log_in_with(const std::string& name, const std::string& typed, const std::string& secret) {
        clock.advance(std::chrono::minutes(10));
        peer = "198.51.100." + std::to_string(++from);  // nobody guesses here
        return ask_console("POST", "/api/v1/login", {{"Content-Type", "application/json"}},
                           credentials(name, typed, code_of(secret), ""))
            .status;
    }
    http::Router local;
    int from = 10;
};

TEST_F(UserApi, WhoIsMadeLogsInWithWhatWasTypedAndTold) {
    const http::Response made = add("maria", {"fair-food:monitor", "lesotho-gbvh:auditor"});
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(log_in_with("maria", password, secret_told(made)), 200);
    EXPECT_EQ(log_in_with("maria", "another password", secret_told(made)), 401);
    EXPECT_NE(text_in(made, "totp_uri").find(text_in(made, "totp_secret")), std::string::npos);
    const std::vector<audit::Entry> acts = entries(stores::server_wide);
    EXPECT_EQ(acts.front().field("what"), "user_added");
    EXPECT_EQ(acts.front().field("who"), "uid:" + std::to_string(getuid()));
    EXPECT_EQ(acts.front().field("whom"), "maria");
    const http::Response list = ask_local("GET", "/api/v1/users");
    EXPECT_NE(list.body.find(R"("lesotho-gbvh":["auditor"])"), std::string::npos);
    EXPECT_EQ(list.body.find("totp"), std::string::npos);
    EXPECT_EQ(list.body.find("argon2"), std::string::npos);
    EXPECT_FALSE(json_of(list).at("users").at(0).at("last_login").is_null());
}

TEST_F(UserApi, WhatWillNotDoIsSaidAndNothingIsMade) {
    ASSERT_EQ(add("maria", {"fair-food:monitor"}).status, 200);
    EXPECT_EQ(add("maria", {"fair-food:monitor"}).status, 409);
    EXPECT_EQ(add("Maria", {"fair-food:monitor"}).status, 422);
    EXPECT_EQ(add("jean", {}).status, 422);
    EXPECT_EQ(add("jean", {"fair-food:root"}).status, 422);
    EXPECT_EQ(add("jean", {"milk:monitor"}).status, 422);
    EXPECT_EQ(add("jean", {7}).status, 422);
    EXPECT_EQ(add("jean", {"fair-food:monitor"}, "elevenchars").status, 422);
    EXPECT_EQ(ask_local("POST", "/api/v1/users", "no json").status, 422);
    EXPECT_EQ(ask_local("POST", "/api/v1/users/nobody/disable").status, 404);
    EXPECT_EQ(ask_local("POST", "/api/v1/users/nobody/reset", wanted("", {"fair-food:monitor"})).status, 404);
    EXPECT_EQ(json_of(ask_local("GET", "/api/v1/users")).at("users").as_array().size(), 1U);
    EXPECT_EQ(entries(stores::server_wide).size(), 1U);
}

TEST_F(UserApi, DisablingEndsEveryLoginAndResettingBeginsAnew) {
    const std::string old = secret_told(add("maria", {"fair-food:monitor"}));
    clock.advance(std::chrono::minutes(1));
    const http::Response in = ask_console("POST", "/api/v1/login", {{"Content-Type", "application/json"}},
                                          credentials("maria", password, code_of(old), "bearer"));
    const http::Headers tool{{"Authorization", "Bearer " + text_in(in, "token")}};
    EXPECT_EQ(ask_console("GET", "/api/v1/cases", tool).status, 200);
    EXPECT_EQ(ask_local("POST", "/api/v1/users/maria/disable").status, 200);
    EXPECT_EQ(ask_console("GET", "/api/v1/cases", tool).status, 401);
    EXPECT_EQ(log_in_with("maria", password, old), 401);
    const http::Response reset =
        ask_local("POST", "/api/v1/users/maria/reset", R"({"password": "a quite other one"})");
    ASSERT_EQ(reset.status, 200) << reset.body;
    EXPECT_NE(secret_told(reset), old);
    EXPECT_EQ(log_in_with("maria", "a quite other one", old), 401);
    EXPECT_EQ(log_in_with("maria", password, secret_told(reset)), 401);
    EXPECT_EQ(log_in_with("maria", "a quite other one", secret_told(reset)), 200);
    EXPECT_EQ(json_of(reset).at("roles"), (json::object{{"fair-food", json::array{"monitor"}}}));
    const http::Response moved =
        ask_local("POST", "/api/v1/users/maria/reset",
                  R"({"password": "a quite other one", "roles": ["fair-food:auditor"]})");
    EXPECT_EQ(json_of(moved).at("roles"), (json::object{{"fair-food", json::array{"auditor"}}}));
}

TEST_F(UserApi, OnlyTheServersUserAndRootMakeUsers) {
    for (const char* target : {"/api/v1/users", "/api/v1/users/maria/reset", "/api/v1/users/maria/disable"}) {
        const std::string body = wanted("maria", {"fair-food:monitor"});
        EXPECT_EQ(ask_local("POST", target, body, getuid() + 1).status, 403) << target;
        EXPECT_EQ(ask_local("POST", target, body, getuid(), "127.0.0.1").status, 403) << target;
    }
    EXPECT_EQ(ask_local("GET", "/api/v1/users", "", getuid() + 1).status, 403);
}

}  // namespace
}  // namespace rightsline::api
