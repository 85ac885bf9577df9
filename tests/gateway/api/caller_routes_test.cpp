// Numbers that nobody is woken for: blocked, listed and freed by whoever runs the machine, over its own socket and no other way.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

using access::Role;
namespace json = boost::json;

constexpr const char* blocked_phone = "+13055550171";
constexpr const char* digits = "3055550171";

class CallersApi : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_call_routes(local, {*client, *vault, clock, programs, {}});
    }
    http::Request request(const char* method, const std::string& what, std::string body = "") {
        http::Request asked;
        asked.method = method;
        asked.target = "/api/v1/callers" + what;
        asked.body = std::move(body);
        asked.peer_uid = getuid();
        return asked;
    }
    http::Response ask(http::Request asked) { return tests::run(io, local.handle(asked)); }
    http::Response block(const std::string& body, const std::string& program = "fair-food") {
        return ask(request("POST", "/block?program=" + program, body));
    }
    http::Response free(const std::string& name, const std::string& program = "fair-food") {
        return ask(
            request("POST", "/free?program=" + program, json::serialize(json::object{{"caller", name}})));
    }
    std::vector<std::string> listed(const std::string& program = "fair-food") {
        const http::Response all = ask(request("GET", "?program=" + program));
        EXPECT_EQ(all.status, 200) << all.body;
        std::vector<std::string> names;
        const json::object told = json_of(all);  // outlives the walk over it
        for (const json::value& one : told.at("callers").as_array()) {
            names.emplace_back(one.at("caller").as_string());
        }
        return names;
    }
    static std::string typed(const std::string& what) {
        return json::serialize(json::object{{"number", what}});
    }
    std::vector<std::string> acts(std::string_view program = "fair-food") {
        std::vector<std::string> all;
        for (const audit::Entry& entry : entries(program)) {
            const std::string what(entry.field("what"));
            if (what.starts_with("sender_")) {
                all.push_back(what + " " + std::string(entry.field("who")) + " " +
                              std::string(entry.field("to")));
            }
        }
        return all;
    }

    http::Router local;  // as whoever is on the machine meets it
};

TEST_F(CallersApi, ANumberIsBlockedListedByANameThatTellsNothingAndFreedAgain) {
    const http::Response blocked = block(typed(blocked_phone));
    ASSERT_EQ(blocked.status, 200) << blocked.body;
    const std::string name = text_in(blocked, "caller");
    EXPECT_EQ(name.size(), 8U);
    EXPECT_EQ(text_in(blocked, "program"), "fair-food");
    EXPECT_EQ(listed(), std::vector<std::string>{name});
    EXPECT_EQ(text_in(block(typed("+1 305 555 0171")), "caller"), name) << "however it is written";
    EXPECT_EQ(listed().size(), 1U) << "once";
    EXPECT_EQ(text_in(free(name), "caller"), name);
    EXPECT_TRUE(listed().empty());
}

TEST_F(CallersApi, OneProgramsBlockIsNoOthers) {
    const std::string name = text_in(block(typed(blocked_phone)), "caller");
    EXPECT_TRUE(listed("lesotho-gbvh").empty());
    EXPECT_EQ(free(name, "lesotho-gbvh").status, 404);
    EXPECT_EQ(listed(), std::vector<std::string>{name});
    EXPECT_TRUE(acts("lesotho-gbvh").empty());
    EXPECT_EQ(ask(request("GET", "?program=nobodys")).status, 404);
    EXPECT_EQ(ask(request("GET", "")).status, 404) << "of several programs one is named";
    EXPECT_EQ(block(typed(blocked_phone), "nobodys").status, 404);
}

TEST_F(CallersApi, EachIsInTheAuditOnceWithWhoDidItAndNoNumber) {
    const std::string name = text_in(block(typed(blocked_phone)), "caller");
    block(typed(blocked_phone));  // nothing new
    free(name);
    EXPECT_EQ(free(name).status, 404);
    const std::string who = "uid:" + std::to_string(getuid());
    EXPECT_EQ(acts(), (std::vector<std::string>{"sender_blocked " + who + " " + name,
                                                "sender_freed " + who + " " + name}));
    for (const audit::Entry& entry : entries()) {
        for (const auto& [field, value] : entry.fields) {
            EXPECT_EQ(value.find(digits), std::string::npos) << field;
        }
    }
}

TEST_F(CallersApi, WhatIsNoNumberIsRefusedInWordsThatDoNotRepeatIt) {
    for (const std::string& body :
         {std::string(), std::string("number=+13055550171"), std::string("[]"), std::string("{}"), typed(""),
          typed("3055550171"), typed("+1305555"), typed("maria"), std::string(R"({"number": 13055550171})"),
          std::string(R"({"number": ["+13055550171"]})")}) {
        const http::Response refused = block(body);
        EXPECT_EQ(refused.status, 422) << body;
        EXPECT_EQ(refused.content_type, "application/problem+json");
        EXPECT_EQ(refused.body.find("305555"), std::string::npos) << refused.body;
    }
    EXPECT_TRUE(listed().empty());
    EXPECT_TRUE(acts().empty());
}

TEST_F(CallersApi, FreeingSomebodyWhoIsNotBlockedChangesNothing) {
    const std::string name = text_in(block(typed(blocked_phone)), "caller");
    for (const std::string& other :
         {std::string("ffffffff"), std::string(), name.substr(0, 4), std::string(blocked_phone)}) {
        EXPECT_EQ(free(other).status, 404) << other;
    }
    EXPECT_EQ(ask(request("POST", "/free?program=fair-food", "no JSON")).status, 404);
    EXPECT_EQ(listed(), std::vector<std::string>{name});
    EXPECT_EQ(acts().size(), 1U);
}

TEST_F(CallersApi, NobodyElseOnTheMachineAndNobodyFromElsewhereMayAsk) {
    const std::string name = text_in(block(typed(blocked_phone)), "caller");
    const std::vector<http::Request> all{
        request("GET", "?program=fair-food"),
        request("POST", "/block?program=fair-food", typed("+13055550172")),
        request("POST", "/free?program=fair-food", R"({"caller": ")" + name + "\"}")};
    for (http::Request asked : all) {
        asked.peer_uid = 65534;
        EXPECT_EQ(ask(asked).status, 403) << asked.target;
        asked.peer_uid = getuid();
        asked.peer = "198.51.100.7";
        EXPECT_EQ(ask(asked).status, 403) << asked.target;
    }
    EXPECT_EQ(listed(), std::vector<std::string>{name});
    EXPECT_EQ(acts().size(), 1U);
}

/// Whoever could list or free them in a browser could be made to by a page of somebody else's.
TEST_F(CallersApi, TheConsoleHasNoWayThereForAnyRoleByATokenOrByACookie) {
    const std::string name = text_in(block(typed(blocked_phone)), "caller");
    const std::vector<std::tuple<const char*, std::string, std::string>> all{
        {"GET", "?program=fair-food", ""},
        {"POST", "/block?program=fair-food", typed("+13055550172")},
        {"POST", "/free?program=fair-food", R"({"caller": ")" + name + "\"}"}};
    std::vector<http::Headers> asking{{}};
    for (const Role role : access::all_roles) {
        const std::string user = std::string("user") + static_cast<char>('a' + static_cast<int>(role));
        add_user(user, {{"fair-food", role}});
        asking.push_back(tool_of(user));
        asking.push_back(browser_of(user));
        asking.push_back(asking.back());
        asking.back().pop_back();  // a foreign page's: the cookie without its guard
    }
    for (const http::Headers& who : asking) {
        for (const auto& [method, what, body] : all) {
            const http::Response refused = ask_console(method, "/api/v1/callers" + what, who, body);
            EXPECT_TRUE(refused.status == 404 || refused.status == 401 || refused.status == 403)
                << method << " " << what << ": " << refused.status << " " << refused.body;
            EXPECT_EQ(refused.body.find(name), std::string::npos);
        }
    }
    EXPECT_EQ(listed(), std::vector<std::string>{name});
    EXPECT_EQ(acts().size(), 1U);
}

}  // namespace
}  // namespace rightsline::api
