// Whoever a case is kept from learns neither that it is there nor that it is gone: by no page, count, cursor, answer or limit.
#include <gtest/gtest.h>

#include "gateway/access/sealing.hpp"
#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using access::Role;

const std::string of_case = "/api/v1/cases/" + case_id;

class HiddenCases : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", Role::supervisor}});
        add_user("jean", {{"fair-food", Role::monitor}});
        maria = tool_of("maria");
        jean = tool_of("jean");
    }
    void hide(const std::string& id, const std::string& from = "jean") {
        const auto excluded = tests::run(io, case_desk->change("fair-food", id, {"maria", "maria", {from}},
                                                               cases::Exclude{from}, redis::in(5s)));
        ASSERT_TRUE(excluded) << excluded.error().message();
    }
    void go(const std::string& id) { apply(cases::deletion_writes(keys, id)); }
    static std::string named(char urgency, int number) {
        const std::string digits = std::to_string(number);
        return std::string(1, urgency) + std::string(31 - digits.size(), '0') + digits;
    }
    /// Every page of their list, one after the other; of a cursor only how long it is.
    std::vector<std::string> pages(const http::Headers& who, const std::string& query) {
        std::vector<std::string> all;
        std::string cursor;
        do {
            const http::Response got = ask_console("GET", "/api/v1/cases?" + query + cursor, who);
            EXPECT_EQ(got.status, 200) << got.body;
            json::object page = json_of(got);
            const json::value next = page.at("next");
            page["next"] = next.is_null() ? 0 : static_cast<std::int64_t>(next.as_string().size());
            cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
            all.push_back(json::serialize(page));
        } while (!cursor.empty() && all.size() < 20);
        return all;
    }
    std::string whole(const http::Response& response) {
        std::string text = std::to_string(response.status) + response.content_type + response.body;
        for (const auto& [name, value] : response.headers) {
            text += "\n" + name + ": " + value;
        }
        return text;
    }

    http::Headers maria;
    http::Headers jean;
};

TEST_F(HiddenCases, TheListIsToTheByteThatOfAHouseWithoutThem) {
    std::vector<std::string> hidden{case_id};  // the first of all
    for (int i = 0; i < 6; ++i) {
        file(named('a', i), flows::Urgency::p2);
        file(named('b', i), flows::Urgency::p3);
    }
    hidden.insert(hidden.end(),
                  {named('a', 3), named('a', 2), named('b', 5), named('b', 0)});  // and the last
    for (const std::string& id : hidden) {
        hide(id);
    }
    std::vector<std::vector<std::string>> with;
    const std::vector<std::string> queries{
        "limit=1", "limit=2", "limit=3", "limit=8", "limit=100", "limit=3&skip=1", "limit=2&status=received"};
    for (const std::string& query : queries) {
        with.push_back(pages(jean, query));
    }
    EXPECT_EQ(with.front().size(), 8U) << "each of theirs, and no page of nothing";
    EXPECT_EQ(pages(maria, "limit=1").size(), 13U);
    for (const std::string& id : hidden) {
        go(id);
    }
    for (std::size_t i = 0; i < queries.size(); ++i) {
        EXPECT_EQ(pages(jean, queries[i]), with[i]) << queries[i];
    }
    EXPECT_EQ(pages(jean, "limit=3"), pages(jean, "limit=3&skip=2")) << "by which they could be counted";
    EXPECT_EQ(with.front().front().find("total"), std::string::npos);
}

TEST_F(HiddenCases, ManyBeforeTheirFirstAreNoPageOfNothing) {
    for (int i = 0; i < 230; ++i) {
        file(named('a', i), flows::Urgency::p2);
        hide(named('a', i));
    }
    hide(case_id);
    file(nobodys, flows::Urgency::p3);
    const std::vector<std::string> got = pages(jean, "limit=1");
    ASSERT_EQ(got.size(), 1U);
    EXPECT_NE(got.front().find(nobodys), std::string::npos);
}

TEST_F(HiddenCases, APlaceInTheListIsGoodForWhoGotItAlone) {
    file(nobodys);
    const std::string next = text_in(ask_console("GET", "/api/v1/cases?limit=1", maria), "next");
    EXPECT_EQ(next.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos)
        << "as it stands in a query";
    EXPECT_EQ(ask_console("GET", "/api/v1/cases?limit=1&cursor=" + next, maria).status, 200);
    EXPECT_EQ(ask_console("GET", "/api/v1/cases?limit=1&cursor=" + next, jean).status, 422);
    for (const std::string& made : {"201795438800." + case_id, "1." + nobodys}) {
        EXPECT_EQ(ask_console("GET", "/api/v1/cases?limit=1&cursor=" + made, jean).status, 422) << made;
    }
}

TEST_F(HiddenCases, WhetherOneStillStandsIsToldByNoAddress) {
    std::vector<std::string> names;
    for (int i = 0; i < 9; ++i) {
        names.push_back("jean-" + std::to_string(i));
        add_user(names.back(), {{"fair-food", Role::supervisor}});
        hide(case_id, names.back());
    }
    std::vector<std::string> while_there;
    std::vector<std::string> once_gone;
    const auto ask_each = [&](const std::string& id, std::vector<std::string>& heard) {
        http::Headers tool;
        for (const ConsoleRoute& route : console_routes()) {
            if (!route.is_of_a_case() || route.of == ConsoleRoute::Of::others) {
                continue;
            }
            if (heard.size() % 20 == 0) {  // who tries too many doors in a minute is slowed down
                ASSERT_FALSE(names.empty());
                tool = tool_of(names.back());
                names.pop_back();
            }
            std::string path = route.path;
            path.replace(path.find("{id}"), 4, id);
            const auto which = path.find("{which}");
            path = which == std::string::npos ? path : path.replace(which, 7, recording);
            const std::size_t acts = entries().size();
            heard.push_back(std::string(route.method) + route.path +
                            whole(ask_console(route.method, path, tool)) +
                            std::to_string(entries().size() - acts));
        }
    };
    ask_each(case_id, while_there);
    go(case_id);
    ask_each(case_id, once_gone);
    EXPECT_GE(while_there.size(), 30U);
    EXPECT_EQ(while_there, once_gone);
    std::vector<std::string> never;
    ask_each(nobodys, never);
    EXPECT_EQ(while_there, never);
}

TEST_F(HiddenCases, WhoTriesIdsIsSlowedDownAlikeWhetherTheyAreThereOrNot) {
    hide(case_id);
    int slowed = 0;
    for (int i = 0; i < 20; ++i) {
        slowed += ask_console("GET", of_case, jean).status == 429 ? 1 : 0;
        slowed += ask_console("GET", "/api/v1/cases/" + nobodys, jean).status == 429 ? 1 : 0;
    }
    EXPECT_EQ(slowed, 10);
}

TEST_F(HiddenCases, WhatWasAnsweredOfACaseIsNotKeptBesideIt) {
    http::Headers once = maria;
    once.emplace_back("Idempotency-Key", "k1");
    const http::Response first = ask_console("POST", of_case + "/take", once);
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(text_in(first, "alias"), "7K4-921");
    const http::Response again = ask_console("POST", of_case + "/take", once);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, R"({"id":")" + case_id + R"("})");
    const std::vector<std::string> kept = keys_like("{:server}:ik:*");
    ASSERT_EQ(kept.size(), 1U);
    const auto plain = tests::run(io, access::unseal(*vault, kept.front(), text({"GET", kept.front()})));
    ASSERT_TRUE(plain);
    for (const char* told : {"7K4", "urgency", "family", "status\\\"", "contact"}) {
        EXPECT_EQ(plain->find(told), std::string::npos) << told;
    }
    go(case_id);
    EXPECT_EQ(ask_console("POST", of_case + "/take", once).status, 404);
}

}  // namespace
}  // namespace rightsline::api
