// What the team does with a case by the local API, and what its worker hears of it.
#include "tests/gateway/api/casework_api.hpp"

#include <gmock/gmock.h>

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

TEST_F(CaseworkApi, TheWorkerWhoComesBackHearsTheNewStatus) {
    EXPECT_THAT(returns("+15005550101"), HasSubstr("We have your report."));
    const json::object done = got(post("status", {{"status", "waiting"}, {"as", "maria"}}));
    EXPECT_EQ(done.at("status").as_string(), "waiting");
    EXPECT_EQ(done.at("words").as_string(), "We have a question.");
    EXPECT_FALSE(done.at("before").as_bool());
    EXPECT_THAT(returns("+15005550102"), HasSubstr("We have a question."));
    post("status", {{"status", "closed"}});
    EXPECT_THAT(returns("+15005550103"), HasSubstr("Our work is done."));
}

TEST_F(CaseworkApi, AChangeAndItsEntryAreOneCommit) {
    post("status", {{"status", "reading"}, {"as", "maria"}});
    EXPECT_EQ(last_entry().field("what"), "status_changed");
    EXPECT_EQ(last_entry().field("who"), "maria");
    EXPECT_EQ(last_entry().field("to"), "reading");
    EXPECT_EQ(acts(), "2");
    EXPECT_TRUE(got(post("status", {{"status", "reading"}})).at("before").as_bool());
    EXPECT_EQ(acts(), "2") << "nothing was changed, and nothing is told";
    post("assign", {{"person", "jean"}});
    EXPECT_EQ(last_entry().field("who"), "uid:" + std::to_string(getuid()));
    EXPECT_EQ(last_entry().field("to"), "jean");
    post("exclude", {{"person", "jean"}, {"as", "maria"}});
    EXPECT_EQ(last_entry().field("what"), "excluded");
    for (const auto& [name, value] : last_entry().fields) {
        EXPECT_NE(value, "jean") << "whom a report is about is not for the audit: " << name;
    }
}

TEST_F(CaseworkApi, WhoGivesAStatusHasTheReportAndNobodyElseIsToldOfIt) {
    ask({"HSET", keys.case_facts(id), "hour", std::to_string(clock.now().time_since_epoch().count() / 1000)});
    tests::run(io, alerts->work("fair-food"));
    ASSERT_EQ(number({"ZCARD", keys.alerts()}), 1) << "it is told, and waits to be taken";
    post("assign", {{"person", "maria"}});
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 1) << "to be given it is not to have it";
    post("status", {{"status", "reading"}, {"as", "maria"}});
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
    EXPECT_EQ(last_entry().field("what"), "alert_taken");
    EXPECT_EQ(last_entry().field("who"), "maria");
}

TEST_F(CaseworkApi, ABodyThatNamesNobodyTakesNothingFromAnybody) {
    post("assign", {{"person", "maria"}});
    post("category", {{"category", ""}});
    const std::string before = acts();
    for (const char* what : {"assign", "hand-over", "site", "category"}) {
        for (const json::object& body : {json::object{}, json::object{{"person", 5}, {"site", nullptr}}}) {
            const http::Response refused = post(what, body);
            EXPECT_EQ(refused.status, 422) << what;
            EXPECT_THAT(refused.body, HasSubstr("for none")) << what;
        }
    }
    EXPECT_EQ(acts(), before);
    EXPECT_EQ(shown().at("assignee").as_string(), "maria");
    EXPECT_EQ(got(post("assign", {{"person", ""}})).at("assignee").as_string(), "");
}

TEST_F(CaseworkApi, WhoComesBackToWhatNobodyHasAnyMoreHearsNoOtherThing) {
    ask({"HSET", keys.case_facts(id), "hour", std::to_string(clock.now().time_since_epoch().count() / 1000)});
    tests::run(io, alerts->work("fair-food"));
    ASSERT_TRUE(tests::run(io, alerts->take("fair-food", id, "maria", "api", far())));
    EXPECT_THAT(returns("+15005550101"), HasSubstr("Someone has your report."));
    post("assign", {{"person", ""}});
    EXPECT_THAT(returns("+15005550102"), HasSubstr("We have your report."));
}

TEST_F(CaseworkApi, WhatIsClosedIsNotToldAgainWhenItGoesBackToThePool) {
    ask({"HSET", keys.case_facts(id), "hour", std::to_string(clock.now().time_since_epoch().count() / 1000)});
    tests::run(io, alerts->work("fair-food"));
    post("status", {{"status", "closed"}, {"as", "maria"}});
    EXPECT_EQ(got(post("assign", {{"person", ""}})).at("assignee").as_string(), "");
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

TEST_F(CaseworkApi, WhatIsRefusedSaysWhatWouldDo) {
    const http::Response unknown = post("status", {{"status", "guilty"}});
    EXPECT_EQ(unknown.status, 422);
    EXPECT_THAT(unknown.body, HasSubstr("it has received, reading, waiting, checked, closed"));
    const http::Response itself = post("status", {{"status", "taken"}});
    EXPECT_EQ(itself.status, 422);
    EXPECT_THAT(itself.body, HasSubstr("said by itself"));
    const http::Response early = post("status", {{"status", "checked"}});
    EXPECT_EQ(early.status, 409);
    EXPECT_THAT(early.body, HasSubstr("follows reading only"));
    const http::Response stranger = post("assign", {{"person", "mallory"}});
    EXPECT_EQ(stranger.status, 422);
    EXPECT_THAT(stranger.body, HasSubstr("there are maria, jean, ana"));
    EXPECT_EQ(post("recuse", {}).status, 422);
    EXPECT_EQ(post("status", {{"status", "reading"}}, other).status, 404);
    EXPECT_EQ(post("status", {{"status", "reading"}}, "7K4-921").status, 404);
    EXPECT_EQ(acts(), "1");
}

TEST_F(CaseworkApi, OnlyTheServersUserAndRootAreAnswered) {
    for (const char* what : {"status", "assign", "recuse", "exclude", "readmit", "notes"}) {
        const std::string target = "/api/v1/cases/" + id + "/" + what;
        EXPECT_EQ(ask_for("POST", target, {{"status", "reading"}}, getuid() + 1).status, 403) << what;
        EXPECT_EQ(ask_for("POST", target, {{"status", "reading"}}, getuid(), "127.0.0.1").status, 403)
            << what;
    }
    EXPECT_EQ(ask_for("GET", "/api/v1/cases/" + id + "/notes", {}, getuid() + 1).status, 403);
    EXPECT_EQ(ask_for("GET", "/api/v1/circle", {}, getuid() + 1).status, 403);
}

TEST_F(CaseworkApi, WhoStepsBackGivesItToASupervisorAndGetsItNoMore) {
    post("assign", {{"person", "maria"}});
    EXPECT_EQ(got(post("recuse", {{"as", "maria"}})).at("assignee").as_string(), "ana");
    EXPECT_EQ(post("assign", {{"person", "maria"}}).status, 409);
    EXPECT_EQ(post("status", {{"status", "reading"}, {"as", "maria"}}).status, 409);
    EXPECT_EQ(post("notes", {{"sealed", sealed_note("mine")}, {"as", "maria"}}).status, 409);
    EXPECT_THAT(json::serialize(shown().at("recused")), HasSubstr("maria"));
    post("readmit", {{"person", "maria"}, {"as", "ana"}});
    EXPECT_EQ(post("assign", {{"person", "maria"}}).status, 200);
}

TEST_F(CaseworkApi, TwoAtTheSameMomentLoseNothing) {
    const std::vector<cases::Wish> wishes{cases::SetStatus{"reading"}, cases::Assign{"jean"},
                                          cases::Exclude{"maria"}};
    int done = 0;
    for (const cases::Wish& wish : wishes) {
        at_once(
            [](cases::CaseDesk& to, cases::Wish one) -> Awaitable<std::string> {
                const cases::Actor actor{"uid:0", ""};
                const auto kept = co_await to.change("fair-food", id, actor, one, far());
                co_return kept ? "kept" : kept.error().message();
            }(*desk, wish),
            [&done](const std::string& end) { done += end == "kept" ? 1 : 0; });
    }
    tests::run_until(io, [&] { return done == 3; });
    const json::object now = shown();
    EXPECT_EQ(now.at("status").as_string(), "reading");
    EXPECT_EQ(now.at("assignee").as_string(), "jean");
    EXPECT_THAT(json::serialize(now.at("excluded")), HasSubstr("maria"));
    EXPECT_EQ(acts(), "5") << "filed, three changes, read";
}

TEST_F(CaseworkApi, WhatItsWorkerDeletedMeanwhileIsNotMadeAnew) {
    post("assign", {{"person", "jean"}});
    post("notes", {{"sealed", sealed_note("ours")}});
    apply(cases::adding_writes(keys, id, 5));
    apply(cases::deletion_writes(keys, id));
    EXPECT_EQ(post("status", {{"status", "reading"}}).status, 404);
    EXPECT_EQ(post("notes", {{"sealed", sealed_note("ours")}}).status, 404);
    EXPECT_EQ(
        number({"EXISTS", keys.casework(id), keys.case_notes(id), keys.case_told(id), keys.case_facts(id)}),
        0);
}

TEST_F(CaseworkApi, TheListLeavesOutWhatIsNotMeant) {
    file_case(other);
    post("assign", {{"person", "maria"}});
    post("status", {{"status", "closed"}}, other);
    EXPECT_THAT(listed("assignee=maria"), ElementsAre(id));
    EXPECT_THAT(listed("unassigned=1"), ElementsAre()) << "what is closed needs nobody";
    EXPECT_THAT(listed("status=closed"), ElementsAre(other));
    EXPECT_THAT(listed("overdue=1"), ElementsAre(id)) << "filed in 1970, as the house does";
    post("status", {{"status", "reading"}}, other);
    EXPECT_THAT(listed("unassigned=1"), ElementsAre(other));
    EXPECT_EQ(listed("").size(), 2U);
}

TEST_F(CaseworkApi, ClocksStandInTheListAndStandStillForTheWorker) {
    const json::array clocks = shown().at("clocks").as_array();
    ASSERT_EQ(clocks.size(), 3U);
    EXPECT_EQ(clocks[0].as_object().at("name").as_string(), "answer");
    EXPECT_EQ(clocks[0].as_object().at("state").as_string(), "overdue");
    post("status", {{"status", "waiting"}});
    clock.advance(24h);
    const json::object waiting = shown();
    EXPECT_THAT(json::serialize(waiting.at("clocks")), HasSubstr(R"("update")"));
    EXPECT_THAT(json::serialize(waiting.at("clocks")), HasSubstr(R"("paused")"));
    EXPECT_TRUE(waiting.at("told_more").is_null());
    apply(cases::adding_writes(keys, id, clock.now().time_since_epoch().count() / 1000));
    clock.advance(24h);
    EXPECT_THAT(json::serialize(shown().at("clocks")), Not(HasSubstr("paused")));
    ASSERT_TRUE(shown().at("told_more").is_int64());
    EXPECT_EQ(shown().at("told_more").as_int64() % 3600, 0) << "no nearer than when it was filed";
}

TEST_F(CaseworkApi, ACaseThatNobodyTouchedReadsAsItDid) {
    const json::object one = shown();
    EXPECT_EQ(one.at("status").as_string(), "received");
    EXPECT_EQ(one.at("assignee").as_string(), "");
    EXPECT_TRUE(one.at("readable").as_bool());
    EXPECT_EQ(number({"EXISTS", keys.casework(id)}), 0);
}

TEST_F(CaseworkApi, OneThatCannotBeReadHidesNoOther) {
    file_case(other);
    post("assign", {{"person", "maria"}}, other);
    ask({"SET", keys.casework(id), std::string("12345678junk")});
    EXPECT_EQ(listed("").size(), 2U);
    EXPECT_THAT(listed("assignee=maria"), ElementsAre(other));
    EXPECT_FALSE(shown().at("readable").as_bool());
    EXPECT_EQ(post("status", {{"status", "reading"}}).status, 503) << "what it holds would be lost";
}

TEST_F(CaseworkApi, ADumpOfTheStoreDoesNotSayWhoWasKeptOut) {
    post("exclude", {{"person", "jean"}, {"as", "maria"}});
    const std::string stored = WithServer::text({"GET", keys.casework(id)});
    EXPECT_EQ(stored.find("jean"), std::string::npos);
    EXPECT_EQ(stored.find("excluded"), std::string::npos);
}

TEST_F(CaseworkApi, AStoreThatIsGoneSaysSo) {
    client->close();
    EXPECT_EQ(post("status", {{"status", "reading"}}).status, 503);
    EXPECT_EQ(post("notes", {{"sealed", sealed_note("x")}}).status, 503);
    EXPECT_EQ(ask_for("GET", "/api/v1/cases/" + id + "/notes").status, 503);
}

}  // namespace
}  // namespace rightsline::api
