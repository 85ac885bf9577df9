// Tasks over the API: sealed where they were written, told in the list, done by whoever may.
#include <gmock/gmock.h>

#include "gateway/vault/epoch.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
namespace json = boost::json;

class TasksApi : public CaseworkApi {
 protected:
    std::int64_t now() const {
        return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    }
    std::string sealed(const std::string& words) {
        return ops::to_base64(cases::seal_task(public_key, "fair-food", id, words));
    }
    http::Response set(const std::string& person, std::int64_t ahead, const std::string& as = "maria") {
        return post("tasks", {{"sealed", sealed("canary of the clinic")},
                              {"due", now() + ahead},
                              {"person", person},
                              {"as", as}});
    }
};

TEST_F(TasksApi, WhoAsksWithoutTheirWordsHasNotReadThem) {
    got(set("jean", 3600));
    const std::string before = acts();
    const json::array without =
        got(ask_for("GET", "/api/v1/cases/" + id + "/tasks?words=0")).at("tasks").as_array();
    ASSERT_EQ(without.size(), 1U);
    EXPECT_EQ(without[0].as_object().at("sealed").as_string(), "");
    EXPECT_EQ(acts(), before);
    const std::string task(without[0].as_object().at("id").as_string());
    got(post("tasks/" + task + "/done", {{"as", "jean"}}));
    EXPECT_EQ(last_entry().field("what"), "task_done");
    got(ask_for("GET", "/api/v1/cases/" + id + "/tasks"));
    EXPECT_EQ(last_entry().field("what"), "tasks_read");
}

TEST_F(TasksApi, StandSealedWithTheirEntryAndAreLateInTheList) {
    got(post("status", {{"status", "closed"}, {"as", "maria"}}));  // its clocks have ended
    const json::object task = got(set("jean", 3600));
    EXPECT_EQ(task.at("by").as_string(), "maria");
    EXPECT_EQ(last_entry().field("what"), "task_set");
    EXPECT_EQ(last_entry().field("to"), "jean");
    EXPECT_EQ(shown().at("tasks_open").as_int64(), 1);
    EXPECT_EQ(shown().at("tasks_late").as_int64(), 0);
    EXPECT_THAT(listed("overdue=1"), IsEmpty());
    clock.advance(std::chrono::hours(2));
    EXPECT_EQ(shown().at("tasks_late").as_int64(), 1);
    EXPECT_THAT(listed("overdue=1"), ElementsAre(id));
    const json::object list = got(ask_for("GET", "/api/v1/cases/" + id + "/tasks"));
    EXPECT_EQ(last_entry().field("what"), "tasks_read");
    const json::object& one = list.at("tasks").as_array().at(0).as_object();
    const std::string words = *ops::from_base64(std::string(one.at("sealed").as_string()));
    EXPECT_EQ(cases::open_task(private_key(), "fair-food", id, words).value(), "canary of the clinic");
    const std::string which(task.at("id").as_string());
    EXPECT_TRUE(vault::lock_of(WithServer::text({"HGET", keys.task_words(id), which})))
        << "it opens no more when the key of its month is gone";
    EXPECT_GT(got(post("tasks/" + which + "/done", {{"as", "jean"}})).at("done").as_int64(), 0);
    EXPECT_EQ(last_entry().field("what"), "task_done");
    EXPECT_EQ(shown().at("tasks_open").as_int64(), 0);
    const std::string acts_before = acts();
    got(post("tasks/" + which + "/done", {{"as", "maria"}}));
    EXPECT_EQ(acts(), acts_before) << "it was done already";
}

TEST_F(TasksApi, WhatIsInPlainWordsOrOfNoTimeIsNotKept) {
    EXPECT_EQ(post("tasks", {{"sealed", "ask the clinic"}, {"due", now() + 60}}).status, 422);
    EXPECT_EQ(post("tasks", {{"due", now() + 60}}).status, 422);
    EXPECT_EQ(set("jean", 0).status, 422);
    EXPECT_EQ(set("jean", 5LL * 366 * 24 * 3600).status, 422);
    EXPECT_EQ(post("tasks/nothing/done", {}).status, 422);
    EXPECT_EQ(number({"EXISTS", keys.case_tasks(id), keys.task_words(id)}), 0);
    EXPECT_EQ(acts(), "1");
}

TEST_F(TasksApi, NobodyOutsideTheRosterAndNobodyWhoIsKeptOutHasPartInThem) {
    EXPECT_EQ(set("she said: he hit me", 60).status, 422);
    EXPECT_EQ(set("jean", 60, "she said").status, 422);
    got(post("exclude", {{"person", "jean"}, {"as", "maria"}}));
    EXPECT_EQ(set("jean", 60).status, 409);
    EXPECT_EQ(set("ana", 60, "jean").status, 409);
    EXPECT_EQ(number({"EXISTS", keys.case_tasks(id)}), 0);
}

TEST_F(TasksApi, ACaseHoldsOnlySoMany) {
    for (std::size_t i = 0; i < cases::most_tasks; ++i) {
        apply(
            cases::task_writes(keys, id, {"t" + std::to_string(i), "", "maria", "", now(), now() + 60}, "x"));
    }
    EXPECT_EQ(set("jean", 60).status, 409);
}

}  // namespace
}  // namespace rightsline::api
