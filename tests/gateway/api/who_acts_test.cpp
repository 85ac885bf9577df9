// Who acts on a case and who is named: of the roster, or a user who may work on the program's cases; one rule for every act.
#include <gmock/gmock.h>

#include "gateway/api/figure_routes.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/stores/error.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace json = boost::json;

class WhoActs : public CaseworkApi {
 protected:
    void SetUp() override {
        CaseworkApi::SetUp();
        file_case(other);
        add("lucie", access::Role::monitor);
        add("pablo", access::Role::organizer);
    }
    void add(const std::string& name, access::Role role) {
        access::User user;
        user.name = name;
        user.grants.give("fair-food", role);
        ASSERT_TRUE(tests::run(io, users->add(std::move(user), "uid:0", far())));
    }
    /// Each act on a case, by `as`.
    std::vector<http::Response> all_acts(const std::string& as) {
        const std::int64_t due = clock.now().time_since_epoch().count() / 1000 + 3600;
        const std::string task = ops::to_base64(cases::seal_task(public_key, "fair-food", id, "x"));
        std::vector<http::Response> all;
        all.push_back(post("status", {{"status", "reading"}, {"as", as}}));
        all.push_back(post("assign", {{"person", "jean"}, {"as", as}}));
        all.push_back(post("notes", {{"sealed", sealed_note("seen")}, {"as", as}}));
        all.push_back(post("tasks", {{"sealed", task}, {"due", due}, {"person", as}, {"as", as}}));
        all.push_back(post("links", {{"with", other}, {"as", as}}));
        all.push_back(post("exclude", {{"person", "ana"}, {"as", as}}));
        all.push_back(post("export", {{"purpose", "buyer"}, {"as", as}}));
        return all;
    }
};

TEST_F(WhoActs, AUserWhoMayWorkOnCasesActsByNameAsTheRosterDoes) {
    apply(cases::consent_writes(keys, id, cases::Consent::buyer, {cases::Said::Answer::yes, 3600, "sms"}));
    for (const http::Response& done : all_acts("lucie")) {
        EXPECT_EQ(done.status, 200) << done.body;
        EXPECT_EQ(last_entry().field("who"), "lucie");
    }
    const std::string task(got(ask_for("GET", "/api/v1/cases/" + id + "/tasks"))
                               .at("tasks")
                               .as_array()
                               .at(0)
                               .as_object()
                               .at("id")
                               .as_string());
    EXPECT_EQ(post("tasks/" + task + "/done", {{"as", "lucie"}}).status, 200);
    EXPECT_EQ(got(post("recuse", {{"as", "lucie"}})).at("before").as_bool(), false);
    EXPECT_EQ(post("notes", {{"sealed", sealed_note("mine")}, {"as", "lucie"}}).status, 409);
}

TEST_F(WhoActs, NobodyActsUnderAnotherNameAndThoseThatThereAreAreNamed) {
    const std::string before = acts();
    for (const char* name : {"pablo", "mallory"}) {
        for (const http::Response& refused : all_acts(name)) {
            EXPECT_EQ(refused.status, 422) << name;
            EXPECT_THAT(refused.body,
                        AllOf(HasSubstr("there are maria, jean, ana, lucie"), Not(HasSubstr("pablo"))));
        }
    }
    EXPECT_EQ(acts(), before);
}

TEST_F(WhoActs, NobodyHoldsACaseUnderANameThatIsMadeUpNorOneThatKeepsThemOut) {
    const std::string before = acts();
    for (const char* what : {"hold", "release"}) {
        EXPECT_EQ(post(what, {{"as", "mallory"}}).status, 422) << what;
    }
    EXPECT_EQ(acts(), before);
    EXPECT_EQ(post("hold", {{"as", "lucie"}}).status, 200);
    EXPECT_EQ(last_entry().field("what"), "held");
    EXPECT_EQ(last_entry().field("who"), "lucie");
    ASSERT_EQ(post("exclude", {{"person", "jean"}}).status, 200);
    EXPECT_EQ(post("release", {{"as", "jean"}}).status, 409);
    EXPECT_EQ(post("hold", {{"as", "lucie"}}, std::string(32, 'f')).status, 404);
}

TEST_F(WhoActs, WhatIsLetOutOfACaseThatIsGoneIsNotThere) {
    const cases::Actor lucie{"lucie", "lucie", {"lucie"}};
    const auto done =
        tests::run(io, desk->hand_on("fair-food", std::string(32, 'f'), lucie, cases::Consent::buyer, far()));
    EXPECT_EQ(done.error(), stores::make_error_code(stores::errc::no_such_case))
        << "and not that its worker has not agreed: " << done.error().message();
}

TEST_F(WhoActs, AListOfASiteThatIsNoneSaysWhichThereAre) {
    EXPECT_THAT(ask_for("GET", "/api/v1/cases?site=sol-frm").body, HasSubstr("fair-food has no sites"));
    cases::SitesDesk sites(*client, *vault, clock);
    for (const char* site : {"sol-farm", "rio-farm"}) {
        ASSERT_TRUE(
            tests::run(io, sites.change("fair-food", {"uid:0", "", {}}, cases::AddSite{site}, far())));
    }
    const http::Response refused = ask_for("GET", "/api/v1/cases?site=sol-frm");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("it has rio-farm, sol-farm"));
    EXPECT_THAT(listed("site=sol-farm"), IsEmpty()) << "there is one, and no case of it";
}

TEST_F(WhoActs, AListByAWrongWordNamesTheRightOnes) {
    const http::Response status = ask_for("GET", "/api/v1/cases?status=wating");
    EXPECT_EQ(status.status, 422);
    EXPECT_THAT(status.body, HasSubstr("it has received, taken, reading, waiting, checked, closed"));
    const http::Response person = ask_for("GET", "/api/v1/cases?assignee=marai");
    EXPECT_EQ(person.status, 422);
    EXPECT_THAT(person.body, HasSubstr("there are maria, jean, ana, lucie"));
    for (const char* query : {"status=waiting", "assignee=maria", "assignee=lucie"}) {
        EXPECT_THAT(listed(query), IsEmpty()) << query;
    }
}

TEST_F(WhoActs, WhoLeftAndStillHasACaseIsFoundByTheirName) {
    got(post("assign", {{"person", "lucie"}, {"as", "maria"}}));
    auto known = tests::run(io, users->find("lucie", far()));
    ASSERT_TRUE(known);
    known->user.disabled = true;
    ASSERT_TRUE(tests::run(io, users->save(std::move(*known), {}, far())));
    EXPECT_THAT(listed("assignee=lucie"), ElementsAre(id));
}

TEST_F(WhoActs, FiguresOfMoreThanCanBeCountedAreRefusedWithTheirNumber) {
    http::Router small;
    add_figure_routes(small, {*store, *desk, *alerts, *client, clock, {"fair-food"}, *users}, 1);
    http::Request request;
    request.method = "GET";
    request.target = "/api/v1/figures";
    request.peer_uid = getuid();
    const http::Response refused = tests::run(io, small.handle(request));
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("fair-food has 2 cases, and at most 1"));
    EXPECT_EQ(ask_for("GET", "/api/v1/figures").status, 200);
}

}  // namespace
}  // namespace rightsline::api
