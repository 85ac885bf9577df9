#include "gateway/api/console.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;
using access::Role;

const std::string take = "/api/v1/alerts/" + case_id + "/take";

class Console : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", Role::monitor}});
    }
    static http::Headers with(http::Headers headers, const char* name, const std::string& value) {
        headers.emplace_back(name, value);
        return headers;
    }
    static std::string whole(const http::Response& response) {
        std::string text = std::to_string(response.status) + response.content_type + response.body;
        for (const auto& [name, value] : response.headers) {
            text += "\n" + name + ": " + value;
        }
        return text;
    }
};

TEST_F(Console, NobodyWhoIsNotLoggedInIsAnswered) {
    const std::string token = access::LoginToken::fresh().reveal();
    for (const ConsoleRoute& route : console_routes()) {
        if (route.door == ConsoleRoute::Door::open) {
            continue;
        }
        for (const http::Headers& headers :
             {http::Headers{}, http::Headers{{"Authorization", "Bearer " + token}},
              http::Headers{{"Authorization", "Bearer"}},
              http::Headers{{"Cookie", "__Host-rightsline=" + token}}, http::Headers{{"Cookie", "broken"}}}) {
            const http::Response got = ask_console(route.method, route.path, headers);
            EXPECT_EQ(got.status, 401) << route.path;
            EXPECT_EQ(got.content_type, "application/problem+json");
            EXPECT_EQ(header(got, "WWW-Authenticate"), "Bearer");
        }
    }
    EXPECT_EQ(ask_console("GET", "/api/v1/keeping").status, 404);
    EXPECT_EQ(ask_console("DELETE", "/api/v1/users").status, 405);
    EXPECT_EQ(ask_console("GET", "/").status, 404);
}

TEST_F(Console, EveryAnswerCarriesTheHeadersAndEveryMistakeIsAProblem) {
    const http::Headers tool = tool_of("maria");
    const http::Response all[] = {
        ask_console("GET", "/api/v1/cases", tool),
        ask_console("GET", "/api/v1/cases/" + case_id + "/recordings/" + recording, tool),
        ask_console("GET", "/nothing"),
        ask_console("DELETE", "/api/v1/cases", tool),
        ask_console("POST", "/api/v1/login"),
        ask_console("POST", "/api/v1/logout", tool),
        console_refusal(400),
        console_refusal(431)};
    for (const http::Response& got : all) {
        for (const auto& [name, value] : security_headers()) {
            EXPECT_EQ(header(got, name), value) << got.status;
        }
        EXPECT_NE(header(got, "Content-Security-Policy").find("default-src 'none'"), std::string::npos);
        EXPECT_EQ(header(got, "Cache-Control"), "no-store");
        if (got.status >= 400) {
            EXPECT_EQ(got.content_type, "application/problem+json") << got.status;
            EXPECT_EQ(json_of(got).at("status").as_int64(), got.status);
        }
    }
}

TEST_F(Console, NoRightLooksLikeNothingThereToTheByteAndStandsInTheAudit) {
    add_user("pablo", {{"fair-food", Role::organizer}});
    const http::Headers monitor = tool_of("maria");
    const http::Headers organizer = tool_of("pablo");
    for (const std::string& rest : {std::string(""), "/recordings/" + recording}) {
        const http::Response missing = ask_console("GET", "/api/v1/cases/" + nobodys + rest, monitor);
        const http::Response refused = ask_console("GET", "/api/v1/cases/" + case_id + rest, organizer);
        const http::Response both = ask_console("GET", "/api/v1/cases/" + nobodys + rest, organizer);
        EXPECT_EQ(whole(missing), whole(refused));
        EXPECT_EQ(whole(missing), whole(both));
        EXPECT_EQ(whole(missing), whole(ask_console("GET", "/no/such/page")));
    }
    const std::vector<audit::Entry> all = entries();
    const audit::Entry& last = all[all.size() - 2];
    EXPECT_EQ(last.field("what"), "access_refused");
    EXPECT_EQ(last.field("who"), "pablo");
    EXPECT_EQ(last.field("case"), case_id);
    EXPECT_EQ(last.field("why"), "hear_recording");
}

TEST_F(Console, AProgramIsOnlyThereForThoseWhoHaveARoleInIt) {
    add_user("lineo", {{"lesotho-gbvh", Role::monitor}});
    add_user("both", {{"lesotho-gbvh", Role::monitor}, {"fair-food", Role::monitor}});
    const http::Headers lineo = tool_of("lineo");
    const http::Response other = ask_console("GET", "/api/v1/cases/" + case_id + "?program=fair-food", lineo);
    EXPECT_EQ(other.status, 404);
    EXPECT_EQ(other.body.find("fair"), std::string::npos);
    EXPECT_EQ(entries().back().field("who"), "lineo");
    EXPECT_EQ(whole(ask_console("GET", "/api/v1/cases?program=nowhere", lineo)), whole(other));
    EXPECT_EQ(entries(stores::server_wide).back().field("what"), "access_refused");
    EXPECT_EQ(text_in(ask_console("GET", "/api/v1/cases", lineo), "program"), "lesotho-gbvh");
    EXPECT_EQ(ask_console("GET", "/api/v1/cases?program=lesotho-gbvh&program=fair-food", lineo).status, 404);
    const http::Headers both = tool_of("both");
    EXPECT_EQ(ask_console("GET", "/api/v1/cases", both).status, 422);
    EXPECT_EQ(text_in(ask_console("GET", "/api/v1/cases?limit=2&program=fair-food", both), "program"),
              "fair-food");
}

TEST_F(Console, ACaseIsNotThereForWhomItKeepsOut) {
    add_user("jean", {{"fair-food", Role::supervisor}});
    const http::Headers maria = tool_of("maria");
    const http::Headers jean = tool_of("jean");
    const auto excluded = tests::run(io, case_desk->change("fair-food", case_id, {"maria", "maria"},
                                                           cases::Exclude{"jean"}, redis::in(5s)));
    ASSERT_TRUE(excluded) << excluded.error().message();
    const http::Response nothing = ask_console("GET", "/api/v1/cases/" + nobodys, maria);
    for (const std::string& path :
         {"/api/v1/cases/" + case_id, "/api/v1/cases/" + case_id + "/recordings/" + recording,
          "/api/v1/alerts/" + case_id}) {
        EXPECT_EQ(ask_console("GET", path, maria).status, 200) << path;
        EXPECT_EQ(whole(ask_console("GET", path, jean)), whole(nothing)) << path;
        EXPECT_EQ(entries().back().field("what"), "access_refused") << path;
    }
    EXPECT_EQ(whole(ask_console("POST", "/api/v1/alerts/" + case_id + "/take", jean)), whole(nothing));
    EXPECT_EQ(json_of(ask_console("GET", "/api/v1/cases", maria)).at("cases").as_array().size(), 1U);
    EXPECT_TRUE(json_of(ask_console("GET", "/api/v1/cases", jean)).at("cases").as_array().empty());
}

TEST_F(Console, WhoReadsStandsInTheAuditByName) {
    const http::Headers tool = tool_of("maria");
    EXPECT_EQ(ask_console("GET", "/api/v1/cases/" + case_id, tool).status, 200);
    EXPECT_EQ(entries().back().field("what"), "case_read");
    EXPECT_EQ(entries().back().field("who"), "maria");
    const http::Response heard =
        ask_console("GET", "/api/v1/cases/" + case_id + "/recordings/" + recording, tool);
    EXPECT_EQ(heard.body, "sealed voice");
    EXPECT_EQ(entries().back().field("what"), "recording_read");
    EXPECT_EQ(entries().back().field("who"), "maria");
}

TEST_F(Console, WhoTakesAnAlertIsTheOneWhoIsLoggedInWhateverTheBodySays) {
    add_user("jean", {{"fair-food", Role::supervisor}});
    const http::Response taken = ask_console("POST", take, tool_of("maria"), R"({"person": "ana"})");
    ASSERT_EQ(taken.status, 200) << taken.body;
    EXPECT_EQ(text_in(taken, "taken_by"), "maria");
    EXPECT_EQ(text_in(taken, "taken_how"), "console");
    EXPECT_EQ(entries().back().field("what"), "alert_taken");
    EXPECT_EQ(entries().back().field("who"), "maria");
    const http::Response late = ask_console("POST", take, tool_of("jean"));
    EXPECT_EQ(late.status, 409);
    EXPECT_NE(late.body.find("maria has 7K4-921 already"), std::string::npos);
}

TEST_F(Console, ABrowserChangesNothingWithoutTheGuardOfItsLogin) {
    const http::Headers both = browser_of("maria");
    const http::Headers cookie{both.front()};
    EXPECT_EQ(ask_console("GET", "/api/v1/session", cookie).status, 200);
    EXPECT_EQ(text_in(ask_console("GET", "/api/v1/session", cookie), "csrf_token"), both.back().second);
    EXPECT_EQ(ask_console("POST", take, cookie).status, 403);
    EXPECT_EQ(ask_console("POST", take, with(cookie, "X-CSRF-Token", "")).status, 403);
    const std::string others = browser_of("maria").back().second;
    EXPECT_EQ(ask_console("POST", take, with(cookie, "X-CSRF-Token", others)).status, 403);
    EXPECT_EQ(ask_console("POST", take, with(both, "X-CSRF-Token", others)).status, 403);
    for (const char* site : {"cross-site", "same-site", "none", "", "Same-Origin"}) {
        EXPECT_EQ(ask_console("POST", take, with(both, "Sec-Fetch-Site", site)).status, 403) << site;
    }
    EXPECT_TRUE(json_of(ask_console("GET", "/api/v1/alerts/" + case_id, cookie)).at("taken_by").is_null());
    EXPECT_EQ(text_in(ask_console("POST", take, with(both, "Sec-Fetch-Site", "same-origin")), "taken_by"),
              "maria");
}

TEST_F(Console, AToolNeedsNoGuardAndIsNoBrowser) {
    const http::Headers tool = tool_of("maria");
    EXPECT_EQ(ask_console("POST", take, with(tool, "Sec-Fetch-Site", "cross-site")).status, 403);
    EXPECT_EQ(ask_console("POST", take, tool).status, 200);
    const std::string token = tool.front().second.substr(std::string("Bearer ").size());
    EXPECT_EQ(ask_console("GET", "/api/v1/session", {{"Cookie", "__Host-rightsline=" + token}}).status, 401);
    const std::string cookie = browser_of("maria").front().second;
    const std::string of_browser = cookie.substr(cookie.find('=') + 1);
    EXPECT_EQ(ask_console("GET", "/api/v1/session", {{"Authorization", "Bearer " + of_browser}}).status, 401);
}

TEST_F(Console, ARepeatWithTheSameKeyChangesNothingAndHearsThatItWasDone) {
    file(nobodys);
    add_user("jean", {{"fair-food", Role::monitor}});
    const http::Headers tool = with(tool_of("maria"), "Idempotency-Key", "a1-B2_c3");
    const http::Response first = ask_console("POST", take, tool);
    ASSERT_EQ(first.status, 200) << first.body;
    const std::size_t acts = entries().size();
    const http::Response again = ask_console("POST", take, tool);
    EXPECT_EQ(again.body, R"({"id":")" + case_id + R"("})") << "not that it was theirs before";
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(header(again, "Idempotent-Replayed"), "true");
    EXPECT_EQ(entries().size(), acts);
    EXPECT_EQ(ask_console("POST", "/api/v1/alerts/" + nobodys + "/take", tool).status, 422);
    EXPECT_EQ(ask_console("POST", take, tool, "{}").status, 422);
    EXPECT_EQ(ask_console("POST", take, with(tool_of("jean"), "Idempotency-Key", "a1-B2_c3")).status, 409);
    for (const std::string& key :
         {std::string(), std::string("a b"), std::string(65, 'a'), std::string("ñ")}) {
        EXPECT_EQ(ask_console("POST", take, with(tool_of("maria"), "Idempotency-Key", key)).status, 422)
            << key;
        clock.advance(1h);
    }
    const std::vector<std::string> kept = keys_like("{:server}:ik:*");
    ASSERT_EQ(kept.size(), 1U) << "what was refused is not kept";
    EXPECT_LE(number({"TTL", kept.front()}), 86400);
    EXPECT_EQ(text({"GET", kept.front()}).find("7K4"), std::string::npos) << "sealed";
}

TEST_F(Console, PagesOfCasesLeaveNoneOutWhateverComesAndGoes) {
    std::set<std::string> wanted{case_id};
    for (char digit = '1'; digit <= '6'; ++digit) {
        const std::string id(32, digit);
        file(id, digit < '4' ? flows::Urgency::p3 : flows::Urgency::p2);
        wanted.insert(id);
    }
    const http::Headers tool = tool_of("maria");
    std::vector<std::string> seen;
    std::string cursor;
    for (int page = 0; page < 10; ++page) {
        const http::Response got =
            ask_console("GET", "/api/v1/cases?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor), tool);
        ASSERT_EQ(got.status, 200) << got.body;
        const boost::json::object told = json_of(got);
        for (const boost::json::value& one : told.at("cases").as_array()) {
            seen.emplace_back(one.as_object().at("id").as_string());
        }
        if (page == 0) {  // one that comes before all, and the last one that was seen goes
            file(std::string(32, 'e'));
            apply(cases::deletion_writes(keys, seen.back()));
        }
        if (told.at("next").is_null()) {
            break;
        }
        cursor = text_in(got, "next");
    }
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()), wanted);
    EXPECT_EQ(seen.size(), wanted.size()) << "none twice";
    for (const char* odd :
         {"x", "1.2", ".", "-5.0123456789abcdef0123456789abcdef", "1e3.0123456789abcdef0123456789abcdef"}) {
        EXPECT_EQ(ask_console("GET", std::string("/api/v1/cases?cursor=") + odd, tool).status, 422) << odd;
    }
}

TEST_F(Console, WhoTriesDoorAfterDoorIsSlowedDownAndFillsNoAudit) {
    add_user("pablo", {{"fair-food", Role::organizer}});
    const http::Headers tool = tool_of("pablo");
    int slowed = 0;
    for (int i = 0; i < 40; ++i) {
        slowed += ask_console("GET", "/api/v1/cases", tool).status == 429 ? 1 : 0;
    }
    EXPECT_EQ(slowed, 10);
}

TEST_F(Console, AnAdministratorSeesWhoHasARoleInTheirProgramAndWhatItIsThere) {
    add_user("rosa", {{"fair-food", Role::admin}});
    add_user("lineo", {{"lesotho-gbvh", Role::monitor}});
    add_user("both", {{"lesotho-gbvh", Role::supervisor}, {"fair-food", Role::auditor}});
    const http::Response got = ask_console("GET", "/api/v1/users", tool_of("rosa"));
    ASSERT_EQ(got.status, 200);
    EXPECT_EQ(json_of(got).at("users").as_array().size(), 3U);
    for (const char* hidden : {"lineo", "lesotho", "supervisor", "argon2", "totp"}) {
        EXPECT_EQ(got.body.find(hidden), std::string::npos) << hidden;
    }
}

TEST_F(Console, AStoreThatIsGoneSaysSo) {
    const http::Headers tool = tool_of("maria");
    client->close();
    EXPECT_EQ(ask_console("GET", "/api/v1/cases", tool).status, 503);
    EXPECT_EQ(log_in("maria").status, 503);
}

}  // namespace
}  // namespace rightsline::api
