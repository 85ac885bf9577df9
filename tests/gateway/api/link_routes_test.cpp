// Two reports that belong together: linked by a monitor, shown on both, and by neither to whom one of them keeps out.
#include <gmock/gmock.h>

#include "gateway/api/link_routes.hpp"
#include "gateway/cases/links.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace json = boost::json;

class Links : public CaseworkApi {
 protected:
    void SetUp() override {
        CaseworkApi::SetUp();
        file_case(other);
        apply({{redis::Op::hset, keys.case_facts(other), {"alias", "2Q0-601"}}});
    }
    std::vector<std::string> linked(const std::string& of) {
        std::vector<std::string> aliases;
        const json::object whole = got(ask_for("GET", "/api/v1/cases/" + of));
        for (const json::value& one : whole.at("links").as_array()) {
            aliases.emplace_back(one.at("alias").as_string());
        }
        return aliases;
    }
    std::string acts_of(const std::string& of) {
        return WithServer::text({"HGET", keys.case_facts(of), "acts"});
    }
};

TEST_F(Links, StandOnBothSidesWithAnEntryOfEach) {
    EXPECT_FALSE(got(post("links", {{"with", other}, {"as", "maria"}})).at("before").as_bool());
    EXPECT_EQ(last_entry().field("what"), "linked");
    EXPECT_EQ(last_entry().field("who"), "maria");
    EXPECT_EQ(acts_of(id), "2") << "filed, linked";
    EXPECT_EQ(acts_of(other), "2");
    EXPECT_THAT(linked(id), ElementsAre("2Q0-601"));
    EXPECT_THAT(linked(other), ElementsAre("7K4-921"));
    const json::object list = got(ask_for("GET", "/api/v1/cases"));
    for (const json::value& one : list.at("cases").as_array()) {
        EXPECT_EQ(one.at("linked").to_number<int>(), 1);
    }
    EXPECT_TRUE(got(post("links", {{"with", id}}, other)).at("before").as_bool()) << "one link, not two";
}

TEST_F(Links, CanBePartedAndLinkedAgain) {
    post("links", {{"with", other}});
    EXPECT_FALSE(got(post("unlink", {{"with", id}}, other)).at("before").as_bool());
    EXPECT_EQ(last_entry().field("what"), "unlinked");
    EXPECT_THAT(linked(id), IsEmpty());
    EXPECT_THAT(linked(other), IsEmpty());
    EXPECT_TRUE(got(post("unlink", {{"with", other}})).at("before").as_bool());
    post("links", {{"with", other}});
    EXPECT_THAT(linked(other), ElementsAre("7K4-921"));
}

TEST_F(Links, NobodyLearnsByOneWhatTheyAreKeptOutOf) {
    post("exclude", {{"person", "jean"}}, other);
    const http::Response hidden = post("links", {{"with", other}, {"as", "jean"}});
    const http::Response nothing = post("links", {{"with", std::string(32, 'f')}, {"as", "jean"}});
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(nothing.status, 404);
    EXPECT_EQ(hidden.body, nothing.body);
    EXPECT_EQ(post("unlink", {{"with", other}, {"as", "jean"}}).status, 404);
    EXPECT_EQ(post("links", {{"with", id}, {"as", "jean"}}, other).status, 409);
    post("links", {{"with", other}, {"as", "maria"}});
    const LinkedCases places{*client, *store, *desk};
    const auto seen = tests::run(io, links_of(places, "fair-food", id, Reader{"jean"}, far()));
    ASSERT_TRUE(seen);
    EXPECT_THAT(*seen, IsEmpty()) << "the other case is not there for jean";
}

TEST_F(Links, AreRefusedWhereTheyMakeNoSense) {
    EXPECT_EQ(post("links", {{"with", id}}).status, 422);
    EXPECT_EQ(post("links", {{"with", "7K4-921"}}).status, 404);
    EXPECT_EQ(post("links", {{"with", other}, {"as", "mallory"}}).status, 422);
    EXPECT_EQ(acts_of(id), "1");
    apply(cases::deletion_writes(keys, other));
    EXPECT_EQ(post("links", {{"with", other}}).status, 404);
    EXPECT_EQ(number({"EXISTS", keys.case_links(id), keys.case_links(other)}), 0);
}

TEST_F(Links, ADeletedReportIsGoneFromTheOther) {
    post("links", {{"with", other}});
    apply(cases::deletion_writes(keys, other));
    EXPECT_THAT(linked(id), IsEmpty());
    EXPECT_EQ(number({"EXISTS", keys.case_links(other)}), 0);
    apply(cases::forget_links(keys, other, {id}));
    EXPECT_THAT(cases::read_links(WithServer::text({"GET", keys.case_links(id)})), IsEmpty());
}

TEST_F(Links, HaveABound) {
    std::string full;
    for (std::size_t i = 0; i < cases::most_links; ++i) {
        const std::string number = std::to_string(i);
        full += "+" + std::string(32 - number.size(), 'a') + number + ",";
    }
    apply({{redis::Op::append, keys.case_links(other), {full}}});
    EXPECT_EQ(post("links", {{"with", other}}).status, 409);
}

TEST(LinkLines, WhatIsNoIdIsLeftOut) {
    EXPECT_THAT(cases::read_links(""), IsEmpty());
    EXPECT_THAT(cases::read_links("+short,,-,x"), IsEmpty());
    const std::string one(32, 'a');
    EXPECT_THAT(cases::read_links("+" + one + ",+" + one + ","), ElementsAre(one));
    EXPECT_THAT(cases::read_links("+" + one + ",-" + one + ","), IsEmpty());
}

}  // namespace
}  // namespace rightsline::api
