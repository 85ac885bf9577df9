// What an address may be asked with: what is of another kind is refused with what it may be, and nothing is taken for another.
#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

class Queries : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", access::Role::supervisor}});
    }
};

TEST_F(Queries, ThePlaceInTheCallsGoesNoFurtherBackThanTheDaysThatWereAskedFor) {
    const http::Headers tool = tool_of("maria");
    ask({"DEL", keys.audit()});
    ask({"XADD", keys.audit(), "1-1", "what", "call_rung", "how", "c1", "who", "ana"});
    for (const char* query : {"days=1", "days=1&from=0-1"}) {
        const http::Response got = ask_console("GET", std::string("/api/v1/calls?") + query, tool);
        ASSERT_EQ(got.status, 200) << got.body;
        EXPECT_TRUE(json_of(got).at("calls").as_array().empty()) << query;
    }
}

TEST_F(Queries, TheCallsAreThoseOfCallersWhoAskedForAPerson) {
    ask({"DEL", keys.audit()});
    ask({"XADD", keys.audit(), "*", "what", "call_back_begun", "who", "ana"});
    ask({"XADD", keys.audit(), "*", "what", "call_rung", "how", "c1", "who", "ana"});
    const http::Response got = ask_console("GET", "/api/v1/calls?days=92", tool_of("maria"));
    ASSERT_EQ(json_of(got).at("calls").as_array().size(), 1U) << got.body;
    EXPECT_EQ(got.body.find("call_back"), std::string::npos);
}

TEST_F(Queries, WhomAConflictKeepsAwayIsToldOnTheMachineAlone) {
    ask({"DEL", keys.audit()});
    ask({"XADD", keys.audit(), "*", "what", "call_passed_over", "how", "c1", "who", "ana", "why",
         "conflict"});
    ask({"XADD", keys.audit(), "*", "what", "call_untaken", "how", "c1", "why", "conflict"});
    const http::Response got = ask_console("GET", "/api/v1/calls", tool_of("maria"));
    ASSERT_EQ(json_of(got).at("calls").as_array().size(), 1U) << got.body;
    EXPECT_EQ(got.body.find("conflict"), std::string::npos) << got.body;
    EXPECT_EQ(got.body.find("ana"), std::string::npos) << got.body;
}

TEST_F(Queries, AQueryOfAnotherKindIsRefusedWithWhatItMayBe) {
    const http::Headers tool = tool_of("maria");
    const std::map<std::string, std::string> wrong{
        {"cases?limit=abc", "limit is a number from 1 to 1000"},
        {"cases?limit=0", "limit is a number from 1 to 1000"},
        {"cases?limit=-1", "limit is a number from 1 to 1000"},
        {"cases?limit=1001", "limit is a number from 1 to 1000"},
        {"cases?limit=2&limit=3", "limit is said twice"},
        {"cases?unassigned=bob", "unassigned is 1, or is left out"},
        {"calls?days=93", "days is a number from 1 to 92"}};
    for (const auto& [query, words] : wrong) {
        const http::Response got = ask_console("GET", "/api/v1/" + query, tool);
        EXPECT_EQ(got.status, 422) << query;
        EXPECT_EQ(text_in(got, "title"), words) << query;
    }
    for (const char* right : {"cases?limit=", "cases?limit=1000&unassigned=0&overdue=1", "calls?days=92"}) {
        EXPECT_EQ(ask_console("GET", std::string("/api/v1/") + right, tool).status, 200) << right;
    }
}

}  // namespace
}  // namespace rightsline::api
