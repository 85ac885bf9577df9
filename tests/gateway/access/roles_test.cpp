#include "gateway/access/roles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rightsline::access {
namespace {

TEST(Roles, EveryNameIsReadAgainAndNoOther) {
    std::set<std::string_view> names;
    for (const Role role : all_roles) {
        EXPECT_EQ(parse_role(name_of(role)), role);
        names.insert(name_of(role));
    }
    EXPECT_EQ(names.size(), all_roles.size());
    for (const char* other : {"", "Monitor", "monitor ", "root", "operator_"}) {
        EXPECT_FALSE(parse_role(other)) << other;
    }
}

TEST(Roles, EveryRightHasANameOfItsOwnAndSomebodyWhoHasIt) {
    std::set<std::string_view> names;
    for (const Right right : all_rights) {
        names.insert(name_of(right));
        EXPECT_TRUE(std::ranges::any_of(all_roles, [right](Role role) { return may(role, right); }));
    }
    EXPECT_EQ(names.size(), all_rights.size());
}

/// What the domain asks for, whatever else the table comes to say.
TEST(Roles, WhoKeepsTheMachineOrThePeopleOrTeachesReadsNoCase) {
    for (const Role role : {Role::organizer, Role::auditor, Role::admin, Role::operator_}) {
        for (const Right right : {Right::see_cases, Right::read_case, Right::hear_recording,
                                  Right::see_alerts, Right::take_alert}) {
            EXPECT_FALSE(may(role, right)) << name_of(role) << " " << name_of(right);
        }
    }
    for (const Role role : all_roles) {
        EXPECT_EQ(may(role, Right::read_audit), role == Role::auditor) << name_of(role);
        EXPECT_TRUE(may(role, Right::own_login)) << name_of(role);
        EXPECT_TRUE(!may(role, Right::take_alert) || may(role, Right::read_case))
            << name_of(role) << " would end an alert and could not read what it was about";
    }
}

TEST(Roles, WhatIsNoCellIsDenied) {
    EXPECT_FALSE(may(static_cast<Role>(200), Right::own_login));
    EXPECT_FALSE(may(Role::supervisor, static_cast<Right>(200)));
}

TEST(Grants, ARoleInOneProgramIsNoneInAnother) {
    Grants grants;
    grants.give("fair-food", Role::monitor);
    grants.give("lesotho-gbvh", Role::auditor);
    EXPECT_TRUE(grants.may("fair-food", Right::read_case));
    EXPECT_FALSE(grants.may("lesotho-gbvh", Right::read_case));
    EXPECT_FALSE(grants.may("milk", Right::own_login));
    EXPECT_FALSE(grants.may("", Right::own_login));
    EXPECT_EQ(grants.programs_with(Right::read_case), std::vector<std::string>{"fair-food"});
    EXPECT_EQ(grants.programs_with(Right::own_login).size(), 2U);
    EXPECT_FALSE(Grants().may("fair-food", Right::own_login));
}

TEST(Grants, AreWrittenAsProgramAndRole) {
    const auto grant = parse_grant("fair-food:operator");
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->first, "fair-food");
    EXPECT_EQ(grant->second, Role::operator_);
    for (const char* other : {"", "monitor", ":monitor", "fair-food:", "fair-food:monitors", "a:b:monitor"}) {
        EXPECT_FALSE(parse_grant(other)) << other;
    }
}

}  // namespace
}  // namespace rightsline::access
