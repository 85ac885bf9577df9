#include "gateway/api/alert_routes.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "gateway/api/outbox_routes.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "tests/gateway/conversations/house.hpp"
#include "tests/gateway/http/nobody_outside.hpp"

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;
using flows::Urgency;
namespace json = boost::json;

const std::string id = "0123456789abcdef0123456789abcdef";
const std::string nobody = "ffffffffffffffffffffffffffffffff";
constexpr const char* our_line = "+15005550006";
constexpr const char* roster_file = R"(
people:
  maria: {phone: "+15005550101", language: en, hours: ["mon-fri 06:00-22:00"]}
  jean: {phone: "+15005550102", media: [sms]}
  ana: {phone: "+15005550103", media: [call]}
order: [maria, jean]
supervisors: [ana]
)";

class AlertApi : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        users = std::make_unique<access::UserStore>(*client, *vault, clock);
        outbox::LineOut out;
        out.program = "fair-food";
        out.line = our_line;
        out.queue = outbox::queue_of(keys, out.line);
        outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                  std::map<std::string, outbox::LineOut>{{our_line, out}});
        copies = std::make_unique<outbox::Copies>(
            outbox::CopyServices{*client, clock, metrics, nobody_outside, [](Awaitable<void>) {}},
            std::map<std::string, outbox::CopyAccount>{
                {"main", {&provider->sender(), &account, outbox::CopyPolicy::redact}},
                {"other", {&provider->sender(), &account, outbox::CopyPolicy::keep}}});
        build(roster_file);
        file(id, Urgency::p1);
    }
    void build(const std::string& roster) {
        locales::Complaints complaints;
        alerts::AlertProgram program{
            roster.empty() ? people::Roster() : people::read_roster(roster, "roster.yaml", complaints),
            our_line, [](ops::UtcMs) { return 0; }};
        desk = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *outbox, [] {}},
            std::map<std::string, alerts::AlertProgram>{{"fair-food", std::move(program)}});
        case_desk = std::make_unique<cases::CaseDesk>(
            cases::CaseDeskServices{*client, *vault, clock, *packs, {{"fair-food", public_key}}, {}});
        router = std::make_unique<http::Router>();
        add_alert_routes(*router, {*desk, *client, clock, {"fair-food"}, *users, *case_desk});
        add_outbox_routes(*router, {*outbox, *copies, *client, clock, {"fair-food"}});
    }
    void file(const std::string& which, Urgency urgency) {
        cases::CaseFacts facts;
        facts.id = which;
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.urgency = urgency;
        facts.language = "en";
        facts.mode = "sms";
        facts.reason = "asked";
        facts.filed_hour =
            std::chrono::floor<std::chrono::hours>(clock.now().time_since_epoch()).count() * 3600;
        apply(cases::filing_writes(keys, facts));
    }
    void step() { tests::run(io, desk->work("fair-food")); }
    http::Response ask_for(const std::string& method, const std::string& target, std::string body = "",
                           unsigned uid = getuid(), std::string peer = "") {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = std::move(body);
        request.peer_uid = uid;
        request.peer = std::move(peer);
        return tests::run(io, router->handle(request));
    }
    json::object got(const std::string& target) {
        const http::Response response = ask_for("GET", target);
        EXPECT_EQ(response.status, 200) << response.body;
        EXPECT_EQ(response.body.find("50055501"), std::string::npos) << response.body;
        return json::parse(response.body).as_object();
    }
    http::Response take(const std::string& who) {
        return ask_for("POST", "/api/v1/alerts/" + id + "/take", R"({"person": ")" + who + "\"}");
    }
    std::string first_message() {
        return alerts::message_id(tests::run(io, desk->find("fair-food", id, far())).value(), 'a', 1);
    }

    tests::NobodyOutside nobody_outside;
    std::unique_ptr<outbox::Copies> copies;
    std::unique_ptr<access::UserStore> users;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<alerts::AlertDesk> desk;
    std::unique_ptr<cases::CaseDesk> case_desk;
    std::unique_ptr<http::Router> router;
};

TEST_F(AlertApi, ListsWhatIsOpenWithWhoWasToldAndWhatBecameOfIt) {
    step();
    clock.advance(60s);
    step();
    outbox::Receipt receipt{clock.now(), "delivered", ""};
    ASSERT_TRUE(tests::run(io, outbox->hear("fair-food", first_message(), "e1", receipt, far())));
    const json::object list = got("/api/v1/alerts");
    EXPECT_EQ(list.at("people").to_number<int>(), 3);
    ASSERT_EQ(list.at("alerts").as_array().size(), 1U);
    const json::object& alert = list.at("alerts").as_array()[0].as_object();
    EXPECT_EQ(alert.at("alias").as_string(), "7K4-921");
    EXPECT_EQ(alert.at("urgency").as_string(), "P1");
    EXPECT_TRUE(alert.at("taken_by").is_null());
    const json::array& told = alert.at("told").as_array();
    ASSERT_GE(told.size(), 2U);
    EXPECT_EQ(told[0].as_object().at("state").as_string(), "waiting");
    EXPECT_EQ(told[0].as_object().at("delivery").as_string(), "delivered");
    EXPECT_EQ(told[1].as_object().at("delivery").as_string(), "none");
    const std::int64_t raised = alert.at("raised").as_int64();
    EXPECT_EQ(told.back().as_object().at("at").as_int64(), raised + 60);
}

TEST_F(AlertApi, ListsTheMostUrgentFirst) {
    apply(cases::deletion_writes(keys, id));
    file(nobody, Urgency::p2);
    step();
    clock.advance(1min);
    file(id, Urgency::p1);
    step();
    const json::object list = got("/api/v1/alerts");
    ASSERT_EQ(list.at("alerts").as_array().size(), 2U);
    EXPECT_EQ(list.at("alerts").as_array()[0].as_object().at("urgency").as_string(), "P1");
}

TEST_F(AlertApi, TakesForANameOfTheRosterOnly) {
    step();
    EXPECT_EQ(take("pedro").status, 422);
    EXPECT_NE(take("pedro").body.find("maria, jean, ana"), std::string::npos);
    EXPECT_EQ(ask_for("POST", "/api/v1/alerts/" + id + "/take", "no json").status, 422);
    EXPECT_EQ(got("/api/v1/alerts").at("alerts").as_array().size(), 1U);
    const http::Response taken = take("jean");
    EXPECT_EQ(taken.status, 200) << taken.body;
    EXPECT_FALSE(json::parse(taken.body).as_object().at("before").as_bool());
    EXPECT_TRUE(json::parse(take("jean").body).as_object().at("before").as_bool());
    const http::Response late = take("maria");
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(late.content_type, "application/problem+json");
    EXPECT_NE(late.body.find("jean has 7K4-921 already"), std::string::npos);
    EXPECT_TRUE(got("/api/v1/alerts").at("alerts").as_array().empty());
    EXPECT_EQ(got("/api/v1/alerts/" + id).at("taken_by").as_string(), "jean");
    clock.advance(1h);
    step();
    EXPECT_EQ(number({"XLEN", keys.audit()}), 3);  // filed, told once, taken once; nobody after that
}

TEST_F(AlertApi, IsTakenForAUserWhoMayWorkOnCases) {
    for (const auto& [name, role] :
         {std::pair("lucie", access::Role::monitor), std::pair("pablo", access::Role::organizer)}) {
        access::User user;
        user.name = name;
        user.grants.give("fair-food", role);
        ASSERT_TRUE(tests::run(io, users->add(std::move(user), "uid:0", far())));
    }
    step();
    const http::Response refused = take("pablo");
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("maria, jean, ana, lucie"), std::string::npos) << refused.body;
    EXPECT_EQ(take("lucie").status, 200);
    EXPECT_EQ(got("/api/v1/alerts/" + id).at("taken_by").as_string(), "lucie");
}

TEST_F(AlertApi, WhoWouldBeToldSaysWhosePhoneHasSentStop) {
    const auto stopped_in = [this] {
        std::vector<std::string> names;
        const json::object now = got("/api/v1/roster/now?urgency=P1&at=2026-11-23+10:00");
        for (const json::value& step : now.at("steps").as_array()) {
            for (const json::value& one : step.as_object().at("tell").as_array()) {
                if (one.as_object().at("stopped").as_bool()) {
                    names.emplace_back(one.as_object().at("person").as_string());
                }
            }
        }
        return names;
    };
    EXPECT_TRUE(stopped_in().empty());
    const auto phone =
        vault::PhoneNumber::parse(desk->program("fair-food")->roster.people.front().phone.reveal());
    ASSERT_TRUE(tests::run(io, outbox->note_stop("fair-food", *phone, far())));
    const std::vector<std::string> names = stopped_in();
    ASSERT_FALSE(names.empty());
    EXPECT_TRUE(std::ranges::all_of(names, [](const std::string& one) { return one == "maria"; }));
}

TEST_F(AlertApi, WhatIsNotThereIsAProblem) {
    for (const char* target : {"/api/v1/alerts/7K4-921", "/api/v1/alerts?program=x",
                               "/api/v1/outbox?program=x", "/api/v1/outbox/findings?line=1"}) {
        EXPECT_EQ(ask_for("GET", target).status, 404) << target;
    }
    EXPECT_EQ(ask_for("GET", "/api/v1/alerts/" + nobody).status, 404);
    EXPECT_EQ(take("maria").status, 404);  // filed, and no desk has seen it yet
    for (const char* target : {"/api/v1/roster/now?urgency=P4", "/api/v1/roster/now?at=tomorrow",
                               "/api/v1/outbox/findings?from=%ff"}) {
        EXPECT_EQ(ask_for("GET", target).status, 422) << target;
    }
}

TEST_F(AlertApi, OnlyTheServersUserAndRootAreAnswered) {
    step();
    const std::pair<const char*, std::string> all[] = {{"GET", "/api/v1/alerts"},
                                                       {"GET", "/api/v1/alerts/" + id},
                                                       {"POST", "/api/v1/alerts/" + id + "/take"},
                                                       {"GET", "/api/v1/roster/now"},
                                                       {"GET", "/api/v1/outbox"},
                                                       {"GET", "/api/v1/outbox/findings"}};
    for (const auto& [method, target] : all) {
        const http::Response other = ask_for(method, target, R"({"person": "maria"})", getuid() + 1);
        EXPECT_EQ(other.status, 403) << target;
        EXPECT_EQ(other.body.find("maria"), std::string::npos);
        EXPECT_EQ(ask_for(method, target, R"({"person": "maria"})", getuid(), "127.0.0.1").status, 403)
            << target;
    }
    EXPECT_EQ(got("/api/v1/alerts").at("alerts").as_array().size(), 1U);
}

TEST_F(AlertApi, ForeseesWhoIsToldByTheClockOfThePlace) {
    const json::object night = got("/api/v1/roster/now?urgency=P1&at=2026-11-22+03:00");
    EXPECT_EQ(night.at("at").as_string(), "sun 03:00");
    EXPECT_EQ(night.at("again_seconds").to_number<int>(), 900);
    const json::array& steps = night.at("steps").as_array();
    ASSERT_EQ(steps.size(), 2U);  // jean, who is on duty; then everybody, whatever their hours
    EXPECT_EQ(steps[0].as_object().at("tell").as_array()[0].as_object().at("person").as_string(), "jean");
    EXPECT_EQ(steps[1].as_object().at("after_seconds").to_number<int>(), 60);
    ASSERT_EQ(steps[1].as_object().at("tell").as_array().size(), 3U);
    EXPECT_FALSE(steps[1].as_object().at("tell").as_array()[0].as_object().at("on_duty").as_bool());
    const json::object monday = got("/api/v1/roster/now?urgency=P3&at=2026-11-23T10:00");
    ASSERT_EQ(monday.at("steps").as_array().size(), 1U);
    EXPECT_TRUE(monday.at("again_seconds").is_null());
    EXPECT_EQ(got("/api/v1/roster/now").at("urgency").as_string(), "P1");
    EXPECT_EQ(night.at("nobody_on_duty").as_string(), "");  // jean always is
    build("people:\n  maria: {phone: \"+15005550101\", hours: [\"daily 06:00-22:00\"]}\norder: [maria]\n");
    EXPECT_EQ(got("/api/v1/roster/now").at("nobody_on_duty").as_string(), "daily 22:00-06:00");
}

TEST_F(AlertApi, SaysWhetherACallerOfWhomNothingIsKnownReachesAnybody) {
    const auto reaches = [this] { return std::string(got("/api/v1/roster/now").at("callers").as_string()); };
    EXPECT_EQ(reaches(), "message") << "nobody is rung for callers";
    build(
        "people:\n  maria: {phone: \"+15005550101\"}\n  jean: {phone: \"+15005550102\", media: [sms]}\n"
        "order: [maria, jean]\nlive: {}\n");
    EXPECT_EQ(reaches(), "somebody");
    cases::SitesDesk sites(*client, *vault, clock);
    const auto change = [&](cases::SitesWish wish) {
        ASSERT_TRUE(tests::run(
            io, sites.change("fair-food", {"uid:0", "", {"maria", "jean"}}, std::move(wish), far())));
    };
    change(cases::AddSite{"sol-farm"});
    change(cases::ListEmployer{"sol-farm", "maria"});
    EXPECT_EQ(reaches(), "conflict") << "all who could be rung stand on a list";
    build("people:\n  jean: {phone: \"+15005550102\", media: [sms]}\norder: [jean]\nlive: {}\n");
    EXPECT_EQ(reaches(), "nobody");
}

TEST_F(AlertApi, WithoutARosterSaysSo) {
    build("");
    EXPECT_EQ(got("/api/v1/alerts").at("people").to_number<int>(), 0);
    EXPECT_NE(ask_for("GET", "/api/v1/roster/now").body.find("nobody is told"), std::string::npos);
    EXPECT_NE(take("maria").body.find("has neither a roster nor users"), std::string::npos);
}

TEST_F(AlertApi, CountsTheOutboxByLaneAndFindsWhatDoesNotFit) {
    step();
    const json::object whole = got("/api/v1/outbox");
    ASSERT_EQ(whole.at("lines").as_array().size(), 1U);
    const json::object& out = whole.at("lines").as_array()[0].as_object();
    EXPECT_EQ(out.at("line").as_string(), our_line);
    EXPECT_EQ(out.at("waiting").as_object().at("alert").to_number<int>(), 1);  // jean's
    EXPECT_EQ(out.at("aside").to_number<int>(), 0);
    std::string next = "";
    std::size_t found = 0;
    ask({"HSET", outbox->find(our_line)->queue.jobs, "lost", "a payload without a record"});
    do {
        const json::object page = got("/api/v1/outbox/findings?line=0&from=" + next);
        found += page.at("findings").as_array().size();
        next = page.at("next").as_string();
        for (auto at = next.find(' '); at != std::string::npos; at = next.find(' ')) {
            next[at] = '+';
        }
    } while (!next.empty());
    EXPECT_EQ(found, 1U);
}

TEST_F(AlertApi, CountsWhatWasPutAsideApartFromWhatIsInDoubt) {
    step();
    clock.advance(60s);
    step();  // everybody: four more
    ask({"HSET", outbox->find(our_line)->queue.states, first_message(), "no record"});
    redis::Claim claim;
    claim.owner = "gw-1";
    claim.lease_ms = 1000;
    claim.most = 8;
    const auto claimed = tests::run(io, redis::claim(*client, outbox->find(our_line)->queue, claim, far()));
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->aside, 1);
    const json::object out = got("/api/v1/outbox").at("lines").as_array()[0].as_object();
    EXPECT_EQ(out.at("aside").to_number<int>(), 1);
    EXPECT_EQ(out.at("in_doubt").to_number<int>(), 0);
    EXPECT_EQ(out.at("under_way").to_number<int>(), 4);
}

TEST_F(AlertApi, CountsWhatProvidersStillHoldAndWhatNobodyWillEverKnow) {
    const std::string yesterday = std::to_string((clock.now() - 25h).time_since_epoch().count());
    ask({"ZADD", keys.copies("main"), yesterday, "SM1", std::to_string(1LL << 45), "SM2"});
    const outbox::LineOut& line = *outbox->find(our_line);
    ask({"HSET", line.queue.states, "w1", "d10 2 1 1 7 gw unknown", "w2", "d10 2 1 1 7 gw accepted SM1"});
    ask({"ZADD", line.never_known, "7", "w1", "7", "w2"});
    const json::object out = got("/api/v1/outbox");
    EXPECT_EQ(out.at("lines").as_array()[0].as_object().at("unknown").to_number<int>(), 1);
    const json::array expected{
        json::object{{"account", "main"}, {"waiting", 2}, {"late", 1}, {"given_up", 0}}};
    EXPECT_EQ(out.at("copies").as_array(), expected);
}

TEST_F(AlertApi, AStoreThatIsGoneIsToldAsThat) {
    step();
    client->close();
    for (const char* target : {"/api/v1/alerts", "/api/v1/outbox", "/api/v1/outbox/findings"}) {
        EXPECT_EQ(ask_for("GET", target).status, 503) << target;
    }
    EXPECT_EQ(take("maria").status, 503);
}

}  // namespace
}  // namespace rightsline::api
