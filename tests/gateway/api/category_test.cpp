// A report is sorted into one of its program's categories: who reads it says so, and what that changes is one commit.
#include <gmock/gmock.h>

#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class Categories : public CaseworkApi {
 protected:
    std::vector<std::string> last_acts(int count) {
        auto entries =
            audit::read_entries(ask({"XREVRANGE", keys.audit(), "+", "-", "COUNT", std::to_string(count)}));
        std::vector<std::string> all;
        for (const audit::Entry& one : entries.value_or(std::vector<audit::Entry>())) {
            all.emplace_back(std::string(one.field("what")) + " " + std::string(one.field("who")));
        }
        return all;
    }
    std::string fact(const char* name) { return WithServer::text({"HGET", keys.case_facts(id), name}); }
    std::int64_t hour() const {
        return std::chrono::floor<std::chrono::hours>(clock.now().time_since_epoch()).count() * 3600;
    }
};

TEST_F(Categories, AReportThatIsSortedIntoADangerIsRaisedInTheSameCommit) {
    ask({"DEL", keys.alerts()});
    ask({"DEL", keys.clocks()});
    const json::object done = got(post("category", {{"category", "child_labour"}, {"as", "maria"}}));
    EXPECT_EQ(done.at("category").as_string(), "child_labour");
    EXPECT_EQ(done.at("family").as_string(), "force");
    EXPECT_EQ(done.at("urgency").as_string(), "P1");
    EXPECT_FALSE(done.at("before").as_bool());
    EXPECT_THAT(last_acts(2), testing::ElementsAre("category_set maria", "raised maria"));
    EXPECT_EQ(fact("family"), "force");
    EXPECT_EQ(fact("urgency"), "P1");
    EXPECT_EQ(fact("raised"), std::to_string(hour()));
    EXPECT_EQ(WithServer::text({"ZSCORE", keys.cases(), id}),
              std::to_string(cases::list_score(flows::Urgency::p1, hour())));
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 1) << "its ladder begins";
    EXPECT_EQ(number({"ZCARD", keys.clocks()}), 1);
    EXPECT_EQ(acts(), "3") << "filed, sorted, raised: fsck counts them";
    const json::object now = shown();
    EXPECT_EQ(now.at("category").as_string(), "child_labour");
    EXPECT_EQ(now.at("category_name").as_string(), "Child labour");
}

TEST_F(Categories, NothingMakesItLessUrgentAndTheSameAgainChangesNothing) {
    got(post("category", {{"category", "child_labour"}}));
    const json::object less = got(post("category", {{"category", "unpaid"}, {"as", "maria"}}));
    EXPECT_EQ(less.at("urgency").as_string(), "P1");
    EXPECT_EQ(less.at("family").as_string(), "wages");
    const std::string counted = acts();
    EXPECT_TRUE(got(post("category", {{"category", "unpaid"}})).at("before").as_bool());
    EXPECT_EQ(acts(), counted);
    EXPECT_EQ(got(post("category", {{"category", ""}})).at("category").as_string(), "");
    EXPECT_EQ(fact("urgency"), "P1");
}

// Two words about the urgency at one moment, the worker's and a monitor's: the greater one stands, whenever it comes.
TEST_F(Categories, WhatItsWorkerRaisedMeanwhileIsNotPutBack) {
    for (int later = 0; later < 40; ++later) {
        ask({"DEL", keys.casework(id)});
        ask({"HSET", keys.case_facts(id), "urgency", "P3"});
        bool done = false;
        at_once(
            [](cases::CaseDesk& to) -> Awaitable<std::string> {
                const cases::Actor maria{"maria", "maria"};
                const cases::Wish heat = cases::SetCategory{"heat"};
                const auto kept = co_await to.change("fair-food", id, maria, heat, far());
                co_return kept ? "kept" : kept.error().message();
            }(*desk),
            [&done](const std::string& end) { done = end == "kept"; });
        for (int i = 0; i < later && !done; ++i) {
            io.run_one();
        }
        apply(cases::raising_writes(keys, id, flows::Urgency::p1, hour()));
        tests::run_until(io, [&] { return done; });
        ASSERT_EQ(fact("urgency"), "P1") << later;
        ASSERT_EQ(WithServer::text({"ZSCORE", keys.cases(), id}),
                  std::to_string(cases::list_score(flows::Urgency::p1, hour())))
            << later;
        ASSERT_EQ(shown().at("category").as_string(), "heat") << later;
    }
}

TEST_F(Categories, OneThatTheProgramLacksIsRefusedWithThoseThatThereAre) {
    const http::Response unknown = post("category", {{"category", "guilty"}});
    EXPECT_EQ(unknown.status, 422);
    EXPECT_THAT(unknown.body, HasSubstr("it has unpaid, heat, child_labour"));
    EXPECT_EQ(post("category", {{"category", "heat"}, {"as", "nobody"}}).status, 422);
    post("exclude", {{"person", "jean"}});
    EXPECT_EQ(post("category", {{"category", "heat"}, {"as", "jean"}}).status, 409);
    EXPECT_EQ(fact("urgency"), shown().at("urgency").as_string());
}

TEST_F(Categories, WhatThereIsToChooseSaysWhatItWouldDo) {
    got(post("category", {{"category", "heat"}}));
    const json::object choices = got(ask_for("GET", "/api/v1/cases/" + id + "/choices"));
    EXPECT_EQ(choices.at("category").as_string(), "heat");
    EXPECT_THAT(json::serialize(choices.at("categories")),
                HasSubstr(R"({"key":"child_labour","name":"Child labour","family":"force","urgency":"P1"})"));
}

TEST_F(Categories, ADumpOfTheStoreDoesNotSayWhich) {
    got(post("category", {{"category", "child_labour"}, {"as", "maria"}}));
    EXPECT_THAT(WithServer::text({"GET", keys.casework(id)}), Not(HasSubstr("child_labour")));
    auto entries = audit::read_entries(ask({"XRANGE", keys.audit(), "-", "+"}));
    for (const audit::Entry& one : entries.value_or(std::vector<audit::Entry>())) {
        for (const auto& [name, value] : one.fields) {
            EXPECT_THAT(value, Not(HasSubstr("child_labour"))) << name;
        }
    }
}

}  // namespace
}  // namespace rightsline::api
