#include "gateway/cases/casework.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const People people{{"maria", "jean", "ana"}, {"ana"}};

std::vector<flows::CaseStatus> statuses() {
    std::vector<flows::CaseStatus> all;
    for (const char* key : {"received", "taken", "reading", "checked", "closed"}) {
        flows::CaseStatus one;
        one.key = key;
        one.by_itself = one.key == flows::status_taken;
        one.closes = one.key == "closed";
        all.push_back(one);
    }
    all[3].after = {"reading"};
    return all;
}

flows::Pack script() {
    flows::Pack pack;
    pack.statuses = statuses();
    pack.categories = {{"hours", "pay", "Hours", flows::Urgency::p3},
                       {"injury", "safety", "Injury", flows::Urgency::p2},
                       {"child_labour", "respect", "Child labour", flows::Urgency::p1}};
    return pack;
}

CaseFacts facts(const std::string& status = "received") {
    CaseFacts one;
    one.id = std::string(32, 'a');
    one.status = status;
    return one;
}

Result<Decision> decided(const Wish& wish, const Casework& now = {}, const std::string& actor = "maria",
                         const std::string& status = "received") {
    return decide(script(), people, now, facts(status), actor, wish, 1000);
}

boost::system::error_code refused(const Wish& wish, const Casework& now = {},
                                  const std::string& actor = "maria",
                                  const std::string& status = "received") {
    const Result<Decision> decision = decided(wish, now, actor, status);
    return decision ? boost::system::error_code() : decision.error();
}

TEST(Casework, ComesBackFromItsBytes) {
    const Casework whole{"maria", {"jean"}, {"ana", "pál"}, {{"reading", 7}, {"closed", 1'795'300'000}}};
    const Result<Casework> back = parse_casework(to_bytes(whole), nullptr);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->assignee, "maria");
    EXPECT_EQ(back->recused, whole.recused);
    EXPECT_EQ(back->excluded, whole.excluded);
    ASSERT_EQ(back->changes.size(), 2U);
    EXPECT_EQ(back->changes[1].status, "closed");
    EXPECT_EQ(back->changes[1].at, 1'795'300'000);
}

TEST(Casework, OfAnotherShapeOrANewerBuildIsDamagedAndNeverTakenForEmpty) {
    for (const char* bytes :
         {"", "[]", "{}", "junk", R"({"shape":2,"assignee":"","recused":[],"excluded":[],"changes":[]})",
          R"({"shape":3,"assignee":"","recused":[],"excluded":[],"changes":[],"referrals":[]})",
          R"({"shape":2,"assignee":"","recused":[],"excluded":[],"changes":[],"referrals":["junk"]})",
          R"({"shape":1,"assignee":"","recused":"maria","excluded":[],"changes":[]})",
          R"({"shape":1,"assignee":"","recused":[],"changes":[]})",
          R"({"shape":1,"assignee":"","recused":[],"excluded":[1],"changes":[]})",
          R"({"shape":1,"assignee":"","recused":[],"excluded":[],"changes":[{"status":"reading"}]})"}) {
        EXPECT_EQ(parse_casework(bytes, nullptr).error(), errc::damaged) << bytes;
    }
}

SitesPtr sites() {
    return std::make_shared<const Sites>(
        Sites{{{"sol-farm", {"jean"}}, {"rio-farm", {}}}, {{"ana", {"rio-farm"}}}});
}

Casework at(const std::string& site, const std::string& assignee = "") {
    Casework now;
    now.assignee = assignee;
    now.site = site;
    now.sites = sites();
    return now;
}

TEST(Casework, ASiteComesBackAndOnlyABuildThatKnowsSitesReadsIt) {
    const std::string bytes = to_bytes(at("sol-farm", "maria"));
    EXPECT_EQ(parse_casework(bytes, nullptr)->site, "sol-farm");
    EXPECT_EQ(bytes.find(R"("shape":1)"), std::string::npos) << "a build that knows none would lose it";
    EXPECT_NE(to_bytes(at("")).find(R"("shape":1)"), std::string::npos);
}

TEST(Casework, WhoStandsOnTheEmployersListOfItsSiteCannotHaveItNorActOnIt) {
    EXPECT_TRUE(at("sol-farm").keeps_out("jean"));
    EXPECT_FALSE(at("sol-farm").keeps_out("maria"));
    EXPECT_FALSE(at("rio-farm").keeps_out("jean"));
    EXPECT_EQ(refused(Assign{"jean"}, at("sol-farm")), errc::may_not);
    EXPECT_EQ(refused(SetStatus{"reading"}, at("sol-farm"), "jean"), errc::may_not);
    EXPECT_EQ(decided(Assign{"jean"}, at("rio-farm"))->after.assignee, "jean");
}

TEST(Casework, WhileNobodyHasSaidItsSiteItKeepsOutWhoStandsOnAnyEmployersList) {
    for (const char* unknown : {"", "a-farm-that-was-taken-away"}) {
        EXPECT_TRUE(at(unknown).keeps_out("jean")) << unknown;
        EXPECT_FALSE(at(unknown).keeps_out("maria")) << unknown;
        EXPECT_EQ(refused(Assign{"jean"}, at(unknown)), errc::may_not) << unknown;
    }
    Casework of_no_sites;
    EXPECT_FALSE(of_no_sites.keeps_out("jean")) << "a program without sites has no lists";
}

TEST(Casework, WhoMayHaveItNoMoreForItsSiteLosesItToASupervisorElseToThePool) {
    const Result<Decision> moved = decided(SetSite{"sol-farm"}, at("rio-farm", "jean"));
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->after.site, "sol-farm");
    EXPECT_EQ(moved->after.assignee, "ana");
    EXPECT_TRUE(moved->lost);
    EXPECT_EQ(moved->what, audit::What::site_set);
    EXPECT_EQ(moved->to, "") << "the audit does not say which";
    EXPECT_EQ(decided(SetSite{"sol-farm"}, at("rio-farm", "maria"))->after.assignee, "maria");
    EXPECT_FALSE(decided(SetSite{"rio-farm"}, at("rio-farm"))->changed);
    EXPECT_EQ(decided(SetSite{""}, at("rio-farm"))->after.site, "");
    EXPECT_EQ(refused(SetSite{"sol-frm"}, at("rio-farm")), errc::unknown_site);
    EXPECT_EQ(refused(SetSite{"sol-farm"}), errc::unknown_site) << "the program has no sites";
}

TEST(Casework, EverybodyIsNearACaseWhoseSiteNobodyHasSaid) {
    EXPECT_TRUE(at("").is_near("ana"));
    EXPECT_TRUE(at("rio-farm").is_near("ana"));
    EXPECT_FALSE(at("sol-farm").is_near("ana"));
    EXPECT_TRUE(at("sol-farm").is_near("maria")) << "she was sent nowhere, and looks after all";
}

Result<Decision> sorted(const std::string& category, flows::Urgency urgency, const Casework& now = {}) {
    CaseFacts of = facts();
    of.family = "other";
    of.urgency = urgency;
    return decide(script(), people, now, of, "maria", SetCategory{category}, 1000);
}

TEST(Casework, ACategoryGivesItsFamilyAndItsUrgencyWhereThatIsTheGreater) {
    const Result<Decision> child = sorted("child_labour", flows::Urgency::p3);
    ASSERT_TRUE(child);
    EXPECT_TRUE(child->changed);
    EXPECT_EQ(child->after.category, "child_labour");
    EXPECT_EQ(child->family, "respect") << "it was filed under other";
    EXPECT_EQ(child->urgency, flows::Urgency::p1);
    EXPECT_EQ(child->what, audit::What::category_set);
    EXPECT_EQ(child->to + child->why, "") << "the audit does not say which";
    EXPECT_EQ(sorted("injury", flows::Urgency::p3)->urgency, flows::Urgency::p2);
}

TEST(Casework, NoCategoryMakesItLessUrgentNorDoesNone) {
    EXPECT_EQ(sorted("hours", flows::Urgency::p1)->urgency, flows::Urgency::p1);
    EXPECT_EQ(sorted("hours", flows::Urgency::p1)->family, "pay");
    Casework child;
    child.category = "child_labour";
    const Result<Decision> none = sorted("", flows::Urgency::p1, child);
    ASSERT_TRUE(none);
    EXPECT_EQ(none->after.category, "");
    EXPECT_EQ(none->urgency, flows::Urgency::p1);
    EXPECT_EQ(none->family, "other") << "what it was";
    EXPECT_FALSE(sorted("", flows::Urgency::p1)->changed);
}

TEST(Casework, ACategoryThatTheProgramLacksIsRefusedAndTheSameOneChangesNothing) {
    EXPECT_EQ(refused(SetCategory{"child labour"}), errc::unknown_category);
    Casework hours;
    hours.category = "hours";
    CaseFacts pay = facts();
    pay.family = "pay";
    EXPECT_FALSE(decide(script(), people, hours, pay, "maria", SetCategory{"hours"}, 1)->changed);
    EXPECT_TRUE(sorted("hours", flows::Urgency::p3, hours)->changed) << "its family was another meanwhile";
}

TEST(Casework, KeepsItsCategoryInAShapeThatAnOlderBuildDoesNotTakeForItsOwn) {
    Casework work;
    work.category = "injury";
    for (const char* site : {"", "sol-farm"}) {
        work.site = site;
        const std::string bytes = to_bytes(work);
        const Result<Casework> back = parse_casework(bytes, nullptr);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->category, "injury");
        EXPECT_EQ(back->site, site);
        EXPECT_THAT(bytes, testing::HasSubstr("\"shape\":3"));
    }
    EXPECT_FALSE(
        parse_casework(R"({"shape":3,"assignee":"","recused":[],"excluded":[],"changes":[]})", nullptr));
    EXPECT_FALSE(parse_casework(
        R"({"shape":2,"assignee":"","recused":[],"excluded":[],"changes":[],"category":"injury"})", nullptr));
}

TEST(Casework, AStatusIsOneOfTheProgramAndKeptWithItsTime) {
    const Result<Decision> decision = decided(SetStatus{"reading"});
    ASSERT_TRUE(decision);
    EXPECT_TRUE(decision->changed);
    EXPECT_EQ(decision->status, "reading");
    EXPECT_EQ(decision->what, audit::What::status_changed);
    EXPECT_EQ(decision->to, "reading");
    ASSERT_EQ(decision->after.changes.size(), 1U);
    EXPECT_EQ(decision->after.changes[0].at, 1000);
}

TEST(Casework, AStatusThatItCannotHaveIsRefused) {
    EXPECT_EQ(refused(SetStatus{"found guilty"}), errc::unknown_status);
    EXPECT_EQ(refused(SetStatus{""}), errc::unknown_status);
    EXPECT_EQ(refused(SetStatus{"taken"}), errc::said_by_itself);
    EXPECT_EQ(refused(SetStatus{"checked"}), errc::not_after);
    EXPECT_FALSE(refused(SetStatus{"checked"}, {}, "maria", "reading"));
}

TEST(Casework, WhatIsSoAlreadyChangesNothing) {
    EXPECT_FALSE(decided(SetStatus{"reading"}, {}, "maria", "reading")->changed);
    EXPECT_FALSE(decided(SetStatus{"checked"}, {}, "maria", "checked")->changed);
    EXPECT_FALSE(decided(Assign{"jean"}, {"jean", {}, {}, {}})->changed);
    EXPECT_FALSE(decided(Exclude{"jean"}, {"", {}, {"jean"}, {}})->changed);
    EXPECT_FALSE(decided(Recuse{}, {"", {"maria"}, {}, {}})->changed);
    EXPECT_FALSE(decided(Readmit{"jean"})->changed);
}

TEST(Casework, AClosedCaseCanBeOpenedAgain) {
    EXPECT_EQ(decided(SetStatus{"reading"}, {}, "maria", "closed")->status, "reading");
}

TEST(Casework, OfManyChangesTheFirstAndTheLastStay) {
    Casework work;
    std::string status = "received";
    for (int i = 0; i < 500; ++i) {
        const std::string next = i % 2 == 0 ? "reading" : "closed";
        work = decide(script(), people, work, facts(status), "", SetStatus{next}, i)->after;
        status = next;
    }
    EXPECT_EQ(work.changes.size(), most_changes);
    EXPECT_EQ(work.changes.front().at, 0);
    EXPECT_EQ(work.changes.back().at, 499);
}

TEST(Casework, IsGivenToAPersonOfTheRosterOrToNobody) {
    EXPECT_EQ(decided(Assign{"jean"})->after.assignee, "jean");
    EXPECT_EQ(decided(Assign{"jean"})->to, "jean");
    EXPECT_EQ(decided(Assign{""}, {"jean", {}, {}, {}})->after.assignee, "");
    EXPECT_EQ(refused(Assign{"crew leader"}), errc::unknown_person);
}

TEST(Casework, WhoSteppedBackOrWasKeptOutGetsItNotAndDoesNothingToIt) {
    for (const Casework& out : {Casework{"", {"jean"}, {}, {}}, Casework{"", {}, {"jean"}, {}}}) {
        EXPECT_EQ(refused(Assign{"jean"}, out), errc::may_not);
        for (const Wish& wish :
             std::vector<Wish>{SetStatus{"reading"}, Assign{"maria"}, Exclude{"maria"}, Readmit{"jean"}}) {
            EXPECT_EQ(refused(wish, out, "jean"), errc::may_not);
        }
        EXPECT_FALSE(refused(Assign{"jean"}, decided(Readmit{"jean"}, out)->after));
    }
}

TEST(Casework, StepsBackToTheFirstSupervisorWhoMayHaveItElseToThePool) {
    const Result<Decision> back = decided(Recuse{}, {"maria", {}, {}, {}});
    EXPECT_EQ(back->after.assignee, "ana");
    EXPECT_THAT(back->after.recused, ElementsAre("maria"));
    EXPECT_EQ(decided(Recuse{}, {"maria", {"ana"}, {}, {}})->after.assignee, "");
    EXPECT_EQ(decided(Recuse{}, {"ana", {}, {}, {}}, "ana")->after.assignee, "");
    EXPECT_EQ(decided(Recuse{}, {"jean", {}, {}, {}})->after.assignee, "jean") << "it was never hers";
    EXPECT_EQ(refused(Recuse{}, {}, ""), errc::unknown_person);
}

TEST(Casework, WhoIsKeptOutLosesItAndTheAuditDoesNotSayWho) {
    const Result<Decision> decision = decided(Exclude{"jean"}, {"jean", {}, {}, {}});
    EXPECT_EQ(decision->after.assignee, "ana");
    EXPECT_THAT(decision->after.excluded, ElementsAre("jean"));
    EXPECT_EQ(decision->what, audit::What::excluded);
    EXPECT_EQ(decision->to, "");
    EXPECT_EQ(refused(Exclude{"jeann"}), errc::unknown_person) << "a mistyped name would keep nobody out";
}

TEST(Casework, ReadmittingTakesBothBack) {
    const Result<Decision> decision = decided(Readmit{"jean"}, {"", {"jean"}, {"jean"}, {}});
    EXPECT_THAT(decision->after.recused, IsEmpty());
    EXPECT_THAT(decision->after.excluded, IsEmpty());
    EXPECT_EQ(refused(Readmit{"nobody"}), errc::unknown_person);
    EXPECT_FALSE(refused(Readmit{"gone"}, {"", {}, {"gone"}, {}})) << "who left the roster since";
}

TEST(Casework, NobodyActsUnderANameThatTheRosterLacks) {
    EXPECT_EQ(refused(SetStatus{"reading"}, {}, "mallory"), errc::unknown_person);
    EXPECT_FALSE(refused(SetStatus{"reading"}, {}, ""));
}

}  // namespace
}  // namespace rightsline::cases
