#include "gateway/api/login_routes.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

using access::Role;

class LoginApi : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", Role::monitor}});
    }
    http::Response post(const std::string& body, const char* type = "application/json") {
        return ask_console("POST", "/api/v1/login", {{"Content-Type", type}}, body);
    }
};

TEST_F(LoginApi, ABrowserGetsACookieThatNoPageCanRead) {
    const http::Response in = log_in("maria", "cookie");
    ASSERT_EQ(in.status, 200) << in.body;
    const std::string cookie = header(in, "Set-Cookie");
    EXPECT_EQ(cookie.find("__Host-rightsline="), 0U);
    EXPECT_EQ(cookie.substr(cookie.find(';')), "; Path=/; Secure; HttpOnly; SameSite=Strict");
    const std::string token = cookie.substr(18, 43);
    EXPECT_TRUE(access::LoginToken::parse(token));
    EXPECT_EQ(in.body.find(token), std::string::npos);
    EXPECT_FALSE(json_of(in).contains("token"));
    EXPECT_EQ(text_in(in, "name"), "maria");
}

/// It outlives a logout: whoever guesses the name keeps out strangers, and not this browser.
TEST_F(LoginApi, ABrowserGetsASecondCookieByWhichItIsKnownAndATokenNone) {
    const http::Response in = log_in("maria", "cookie");
    std::vector<std::string> cookies;
    for (const auto& [name, value] : in.headers) {
        if (name == "Set-Cookie") {
            cookies.push_back(value);
        }
    }
    ASSERT_EQ(cookies.size(), 2U);
    EXPECT_EQ(cookies[1].find("__Host-rightsline-known="), 0U);
    EXPECT_EQ(cookies[1].substr(cookies[1].find(';')),
              "; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Strict");
    EXPECT_EQ(cookies[1].find("maria"), std::string::npos);
    for (int i = 0; i < 4; ++i) {
        post(credentials("maria", "another password", "000000", ""));
    }
    const std::string right = credentials("maria", password, code_of(secret_of("maria")), "");
    EXPECT_EQ(post(right).status, 429);
    const http::Headers known{{"Content-Type", "application/json"},
                              {"Cookie", cookies[1].substr(0, cookies[1].find(';'))}};
    const int status = ask_console("POST", "/api/v1/login", known, right).status;
    EXPECT_NE(status, 429) << "looked at; the code was used a moment ago";
}

TEST_F(LoginApi, AToolGetsATokenAndNoCookie) {
    const http::Response in = log_in("maria", "bearer");
    EXPECT_TRUE(access::LoginToken::parse(text_in(in, "token")));
    EXPECT_EQ(header(in, "Set-Cookie"), "");
    EXPECT_FALSE(json_of(in).contains("csrf_token"));
}

TEST_F(LoginApi, WhatIsWrongIsNotSaid) {
    const std::string good = code_of(secret_of("maria"));
    const std::string unknown = post(credentials("nobody", password, good, "")).body;
    EXPECT_NE(unknown.find("do not fit together"), std::string::npos);
    const http::Response wrong_password = post(credentials("maria", "another password", good, ""));
    const http::Response wrong_code =
        post(credentials("maria", password, good == "000000" ? "1" : "000000", ""));
    EXPECT_EQ(wrong_password.status, 401);
    EXPECT_EQ(wrong_password.body, unknown);
    EXPECT_EQ(wrong_code.body, unknown);
    EXPECT_EQ(wrong_code.headers, wrong_password.headers);
}

TEST_F(LoginApi, WhoGuessesIsToldWhenToComeAgain) {
    http::Response last;
    for (int i = 0; i < 4; ++i) {
        last = post(credentials("maria", "another password", "000000", ""));
    }
    EXPECT_EQ(last.status, 429);
    EXPECT_GE(std::stoi(header(last, "Retry-After")), 1);
}

TEST_F(LoginApi, WhatIsNoRequestIsRefusedBeforeAnythingIsLookedAt) {
    const std::string good = credentials("maria", password, code_of(secret_of("maria")), "");
    for (const std::string& body :
         {std::string(), std::string("name=maria"), std::string("[]"),
          credentials("maria", password, "1", "root"), credentials(std::string(300, 'a'), password, "1", ""),
          credentials("maria", std::string(300, 'a'), "1", "")}) {
        EXPECT_EQ(post(body).status, 422) << body;
    }
    EXPECT_EQ(post(good, "text/plain").status, 422);
    EXPECT_EQ(ask_console("POST", "/api/v1/login", {{"Sec-Fetch-Site", "cross-site"}}, good).status, 403);
    EXPECT_EQ(post(good).status, 200);
}

TEST_F(LoginApi, LoggingOutEndsItAndHasTheBrowserForget) {
    const http::Headers browser = browser_of("maria");
    const http::Response out = ask_console("POST", "/api/v1/logout", browser);
    EXPECT_EQ(out.status, 204);
    EXPECT_EQ(header(out, "Clear-Site-Data"), R"("cache", "storage")");
    EXPECT_NE(header(out, "Set-Cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", browser).status, 401);
    EXPECT_EQ(entries(stores::server_wide).back().field("what"), "login_ended");
}

TEST_F(LoginApi, OnesOwnLoginsAreListedAndEndedAndNobodyElses) {
    add_user("jean", {{"fair-food", Role::monitor}});
    const http::Headers here = tool_of("maria");
    const http::Headers there = browser_of("maria");
    const http::Headers jean = tool_of("jean");
    const http::Response list = ask_console("GET", "/api/v1/sessions", here);
    const boost::json::array sessions = json_of(list).at("sessions").as_array();
    ASSERT_EQ(sessions.size(), 2U);
    EXPECT_EQ(sessions[0].as_object().at("by").as_string(), "browser");
    EXPECT_FALSE(sessions[0].as_object().at("this").as_bool());
    EXPECT_TRUE(sessions[1].as_object().at("this").as_bool());
    const std::string browsers =
        "/api/v1/sessions/" + std::string(sessions[0].as_object().at("id").as_string());
    EXPECT_EQ(ask_console("DELETE", browsers, jean).status, 404);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", there).status, 200);
    EXPECT_EQ(ask_console("DELETE", browsers, here).status, 204);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", there).status, 401);
    EXPECT_EQ(ask_console("DELETE", browsers, here).status, 404);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", here).status, 200);
}

TEST_F(LoginApi, ASessionSaysWhoAndUntilWhen) {
    const http::Response got = ask_console("GET", "/api/v1/session", tool_of("maria"));
    EXPECT_EQ(text_in(got, "name"), "maria");
    EXPECT_EQ(json_of(got).at("roles"), (boost::json::object{{"fair-food", boost::json::array{"monitor"}}}));
    EXPECT_EQ(json_of(got).at("ends").as_int64() - json_of(got).at("made").as_int64(), 36000);
    EXPECT_EQ(json_of(got).at("idle_seconds").as_int64(), 1200);
}

}  // namespace
}  // namespace rightsline::api
