// Whose a case is: theirs who have it, the free ones for who looks after its site; and never for who stands on that employer's list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/api/sites_routes.hpp"
#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::Role;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

const std::string of_case = "/api/v1/cases/" + case_id;
const std::string second = "00000000000000000000000000000002";

class SitesOfTheConsole : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        apply(cases::deletion_writes(keys, case_id));  // the house's is a danger, which is told below
        file(case_id, flows::Urgency::p2);
        file(second, flows::Urgency::p3);
        tests::run(io, desk->work("fair-food"));
        add_user("maria", {{"fair-food", Role::monitor}});
        add_user("jean", {{"fair-food", Role::monitor}});
        add_user("ana", {{"fair-food", Role::supervisor}});
        add_user("rosa", {{"fair-food", Role::admin}});
        maria = tool_of("maria");
        jean = tool_of("jean");
        ana = tool_of("ana");
        rosa = tool_of("rosa");
        for (const char* site : {"sol-farm", "rio-farm"}) {
            ASSERT_EQ(change("", {{"site", site}}).status, 200);
        }
        ASSERT_EQ(post(ana, of_case + "/site", {{"site", "sol-farm"}}).status, 200);
    }
    http::Response post(const http::Headers& who, const std::string& target, const json::object& body) {
        return ask_console("POST", target, who, json::serialize(body));
    }
    http::Response change(const std::string& what, const json::object& body) {
        return post(rosa, "/api/v1/sites" + what, body);
    }
    std::vector<std::string> listed(const http::Headers& who, const std::string& query = "") {
        std::vector<std::string> ids;
        const http::Response list = ask_console("GET", "/api/v1/cases?limit=100" + query, who);
        const json::object all = json_of(list);
        for (const json::value& one : all.at("cases").as_array()) {
            ids.emplace_back(one.as_object().at("id").as_string());
        }
        return ids;
    }
    std::vector<std::string> alerts_of(const http::Headers& who) {
        std::vector<std::string> ids;
        const http::Response list = ask_console("GET", "/api/v1/alerts", who);
        const json::object all = json_of(list);
        for (const json::value& one : all.at("alerts").as_array()) {
            ids.emplace_back(one.as_object().at("id").as_string());
        }
        return ids;
    }
    int opened(const http::Headers& who) { return ask_console("GET", of_case, who).status; }

    http::Headers maria;
    http::Headers jean;
    http::Headers ana;
    http::Headers rosa;
};

TEST_F(SitesOfTheConsole, AMonitorSeesTheirOwnAndTheFreeOnesOfTheirSites) {
    ASSERT_EQ(change("/near", {{"person", "jean"}, {"sites", {"rio-farm"}}}).status, 200);
    EXPECT_THAT(listed(maria), UnorderedElementsAre(case_id, second)) << "sent nowhere: all sites";
    EXPECT_THAT(listed(jean), UnorderedElementsAre(second)) << "the one whose site nobody has said";
    EXPECT_THAT(listed(ana), UnorderedElementsAre(case_id, second));
    EXPECT_EQ(opened(jean), 404);
    EXPECT_EQ(post(jean, of_case + "/take", {}).status, 404);
    EXPECT_EQ(entries().back().field("what"), "access_refused");
    EXPECT_EQ(opened(maria), 200);
    ASSERT_EQ(post(ana, of_case + "/assign", {{"person", "jean"}}).status, 200);
    EXPECT_EQ(opened(jean), 200) << "what is theirs is there for them, whatever its site";
    EXPECT_EQ(opened(maria), 404) << "it is another's now";
    EXPECT_EQ(post(maria, of_case + "/take", {}).status, 409) << "who comes late is told so";
    EXPECT_THAT(listed(maria), UnorderedElementsAre(second));
    EXPECT_EQ(opened(ana), 200) << "who hands cases out sees those of others";
}

TEST_F(SitesOfTheConsole, ADangerIsThereForWhoeverMayHaveItWhileNobodyHasIt) {
    const std::string danger = "00000000000000000000000000000003";
    const std::string of_danger = "/api/v1/cases/" + danger;
    file(danger, flows::Urgency::p1);
    tests::run(io, desk->work("fair-food"));
    ASSERT_EQ(post(ana, of_danger + "/site", {{"site", "sol-farm"}}).status, 200);
    ASSERT_EQ(change("/near", {{"person", "jean"}, {"sites", {"rio-farm"}}}).status, 200);
    EXPECT_THAT(listed(jean), UnorderedElementsAre(second, danger)) << "whoever is on call was woken by it";
    EXPECT_THAT(alerts_of(jean), UnorderedElementsAre(second, danger));
    EXPECT_EQ(ask_console("GET", of_danger, jean).status, 200);
    EXPECT_EQ(ask_console("GET", "/api/v1/alerts/" + danger, jean).status, 200);
    EXPECT_EQ(post(jean, "/api/v1/alerts/" + danger + "/take", {}).status, 200);
    EXPECT_EQ(ask_console("GET", of_danger, jean).status, 200);
    EXPECT_EQ(post(maria, of_danger + "/take", {}).status, 409);
    ASSERT_EQ(post(ana, of_danger + "/assign", {{"person", "maria"}}).status, 200);
    EXPECT_EQ(ask_console("GET", of_danger, jean).status, 404)
        << "somebody has it: it is not theirs any more";
    EXPECT_EQ(post(jean, of_danger + "/take", {}).status, 409) << "who comes late is told so";
}

TEST_F(SitesOfTheConsole, NoDangerIsThereForWhomItKeepsOut) {
    const std::string danger = "00000000000000000000000000000003";
    const std::string of_danger = "/api/v1/cases/" + danger;
    file(danger, flows::Urgency::p1);
    tests::run(io, desk->work("fair-food"));
    ASSERT_EQ(post(ana, of_danger + "/site", {{"site", "sol-farm"}}).status, 200);
    ASSERT_EQ(change("/near", {{"person", "jean"}, {"sites", {"rio-farm"}}}).status, 200);
    ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "jean"}}).status, 200);
    EXPECT_EQ(ask_console("GET", of_danger, jean).status, 404);
    EXPECT_EQ(post(jean, of_danger + "/take", {}).status, 404);
    EXPECT_THAT(alerts_of(jean), Not(testing::Contains(danger)));
    ASSERT_EQ(post(maria, of_danger + "/recuse", {}).status, 200);
    EXPECT_EQ(post(maria, "/api/v1/alerts/" + danger + "/take", {}).status, 404);
}

TEST_F(SitesOfTheConsole, WhereNobodyLooksAfterASiteItsCasesAreThereForAll) {
    for (const char* person : {"jean", "maria"}) {
        ASSERT_EQ(change("/near", {{"person", person}, {"sites", {"rio-farm"}}}).status, 200);
    }
    EXPECT_EQ(opened(jean), 200) << "else it would wait for ever";
    ASSERT_EQ(change("/near", {{"person", "maria"}, {"sites", {"sol-farm"}}}).status, 200);
    EXPECT_EQ(opened(jean), 404);
    EXPECT_EQ(opened(maria), 200);
}

TEST_F(SitesOfTheConsole, AlertsAndLinksObeyToo) {
    ASSERT_THAT(alerts_of(jean), UnorderedElementsAre(case_id, second));
    ASSERT_EQ(post(ana, of_case + "/links", {{"with", second}}).status, 200);
    EXPECT_THAT(ask_console("GET", "/api/v1/cases/" + second, jean).body, HasSubstr(case_id));
    ASSERT_EQ(change("/near", {{"person", "jean"}, {"sites", {"rio-farm"}}}).status, 200);
    EXPECT_THAT(alerts_of(jean), UnorderedElementsAre(second));
    EXPECT_THAT(ask_console("GET", "/api/v1/cases/" + second, jean).body, Not(HasSubstr(case_id)));
    EXPECT_EQ(post(jean, "/api/v1/cases/" + second + "/unlink", {{"with", case_id}}).status, 404);
    EXPECT_EQ(ask_console("GET", "/api/v1/alerts/" + case_id, jean).status, 404);
    EXPECT_THAT(alerts_of(ana), UnorderedElementsAre(case_id, second));
}

TEST_F(SitesOfTheConsole, ForWhoStandsOnItsEmployersListACaseIsNotThereWhateverTheirRole) {
    for (const char* person : {"jean", "ana"}) {
        ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", person}}).status, 200);
    }
    for (const http::Headers& who : {jean, ana}) {
        EXPECT_EQ(opened(who), 404);
        EXPECT_THAT(listed(who), IsEmpty()) << "nor the one of which nobody has said that it is of another";
        EXPECT_THAT(alerts_of(who), IsEmpty());
    }
    EXPECT_EQ(post(maria, of_case + "/hand-over", {{"person", "jean"}}).status, 409);
    const json::value offered = json_of(ask_console("GET", of_case + "/choices", maria)).at("people");
    EXPECT_THAT(json::serialize(offered), Not(HasSubstr("jean")));
    ASSERT_EQ(post(maria, "/api/v1/cases/" + second + "/site", {{"site", "rio-farm"}}).status, 200);
    EXPECT_THAT(listed(jean), UnorderedElementsAre(second)) << "of another site";
    EXPECT_EQ(opened(jean), 404);
}

/// Where one person is on duty, "a conflict" or "nobody" would say it of them, at whatever hour is asked for.
TEST_F(SitesOfTheConsole, WhomCallersReachTellsNoColleagueWhoStandsOnAList) {
    const auto reach = [this] {
        return json_of(ask_console("GET", "/api/v1/roster/now", maria)).at("callers").as_string();
    };
    EXPECT_EQ(reach(), "somebody");
    ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "ana"}}).status, 200);
    EXPECT_EQ(reach(), "somebody");
}

TEST_F(SitesOfTheConsole, WhoIsListedLosesWhatTheyHadInTheSameAct) {
    ASSERT_EQ(post(ana, of_case + "/assign", {{"person", "jean"}}).status, 200);
    ASSERT_EQ(opened(jean), 200);
    const http::Response done = change("/employer", {{"site", "sol-farm"}, {"person", "jean"}});
    EXPECT_EQ(json_of(done).at("cases_released").as_int64(), 1) << done.body;
    EXPECT_EQ(opened(jean), 404);
    EXPECT_EQ(text_in(ask_console("GET", of_case + "/choices", maria), "assignee"), "");
    EXPECT_TRUE(
        json_of(change("/employer", {{"site", "sol-farm"}, {"person", "jean"}})).at("before").as_bool());
}

TEST_F(SitesOfTheConsole, OnlyAnAdministratorKeepsTheListsAndNobodyTheirOwnPlace) {
    for (const http::Headers& who : {maria, ana}) {
        EXPECT_EQ(ask_console("GET", "/api/v1/sites", who).status, 404);
        EXPECT_EQ(post(who, "/api/v1/sites/employer", {{"site", "sol-farm"}, {"person", "jean"}}).status,
                  404);
    }
    EXPECT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "rosa"}}).status, 409);
    EXPECT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "nobody.known"}}).status, 422);
    EXPECT_EQ(change("/employer", {{"site", "sol-frm"}, {"person", "jean"}}).status, 422);
    EXPECT_EQ(opened(rosa), 404) << "who keeps the lists reads no case";
    ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "jean"}}).status, 200);
    EXPECT_THAT(ask_console("GET", "/api/v1/sites", rosa).body,
                HasSubstr(R"({"site":"sol-farm","employer":["jean"]})"));
}

TEST_F(SitesOfTheConsole, TheAuditSaysThatItWasDoneAndNeitherWhichSiteNorWhom) {
    ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "jean"}}).status, 200);
    const std::vector<audit::Entry> all = entries();
    const audit::Entry& last = all.back();
    EXPECT_EQ(last.field("what"), "sites_changed");
    EXPECT_EQ(last.field("who"), "rosa");
    EXPECT_EQ(last.field("how"), "listed");
    bool said = false;
    for (const audit::Entry& entry : all) {
        said = said || (entry.field("what") == "site_set" && entry.field("case") == case_id &&
                        entry.field("who") == "ana");
        for (const auto& [name, value] : entry.fields) {
            EXPECT_NE(value, "sol-farm") << name;
            EXPECT_TRUE(entry.field("what") != "sites_changed" || value != "jean") << name;
        }
    }
    EXPECT_TRUE(said);
}

TEST_F(SitesOfTheConsole, ADumpOfTheStoreDoesNotSayWhichSiteACaseIsOfNorWhoIsListed) {
    ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "rosa.who.left"}}).status, 422);
    ASSERT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "jean"}}).status, 200);
    for (const std::string& key : {keys.sites(), keys.casework(case_id)}) {
        const std::string stored = WithServer::text({"GET", key});
        ASSERT_FALSE(stored.empty()) << key;
        for (const char* word : {"sol-farm", "rio-farm", "jean", "employer"}) {
            EXPECT_THAT(stored, Not(HasSubstr(word))) << key;
        }
    }
    EXPECT_EQ(number({"HEXISTS", keys.case_facts(case_id), "site"}), 0);
}

TEST_F(SitesOfTheConsole, WhereTheListsCannotBeReadNoCaseIsThereForWhoLogsIn) {
    ask({"SET", keys.sites(), std::string("12345678junk")});
    EXPECT_EQ(opened(maria), 404);
    EXPECT_THAT(listed(ana), IsEmpty());
    EXPECT_EQ(change("", {{"site", "other-farm"}}).status, 503) << "what it holds would be lost";
}

}  // namespace
}  // namespace rightsline::api
