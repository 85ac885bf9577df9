#include "gateway/cases/tasks.hpp"

#include <gtest/gtest.h>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/error.hpp"
#include "tests/gateway/cases/bound.hpp"

namespace rightsline::cases {
namespace {

Task task(const std::string& id, std::int64_t due) { return {id, "", "maria", "jean", 100, due}; }

/// What the list holds after those writes, as the store would append them.
std::string appended(const std::vector<redis::Write>& writes) {
    std::string all;
    for (const redis::Write& one : writes) {
        all += one.op == redis::Op::append ? one.arguments.front() : "";
    }
    return all;
}

class Tasks : public testing::Test {
 protected:
    vault::CirclePair pair = vault::make_circle("fair-food", 1);
    vault::CirclePrivateKey key = vault::CirclePrivateKey::parse(pair.private_file).value();
    vault::CirclePublicKey circle = key.public_key();
    stores::Keyspace keys{"fair-food"};
};

TEST_F(Tasks, OpenWithTheCirclesKeyInTheirCaseAndNowhereElse) {
    const std::string sealed = seal_task(circle, "fair-food", "c1", "ask the clinic");
    EXPECT_EQ(sealed.find("clinic"), std::string::npos);
    EXPECT_EQ(open_task(key, "fair-food", "c1", sealed).value(), "ask the clinic");
    EXPECT_FALSE(open_part(key, "fair-food", "c1", sealed));
    expect_open_in_its_place_alone(
        [&](const char* program, const char* id) { return open_task(key, program, id, sealed); });
}

TEST_F(Tasks, AreKeptOnlySealedToTheCircleOfNow) {
    EXPECT_TRUE(check_task(circle, seal_task(circle, "fair-food", "c1", std::string(longest_task, 'a'))));
    const vault::CirclePrivateKey other =
        vault::CirclePrivateKey::parse(vault::make_circle("fair-food", 2).private_file).value();
    for (const std::string& wrong :
         {std::string(), std::string("in plain words"), seal_task(other.public_key(), "fair-food", "c1", "x"),
          seal_task(circle, "fair-food", "c1", std::string(longest_sealed_task, 'a'))}) {
        EXPECT_EQ(check_task(circle, wrong).error(), errc::bad_task) << wrong.size();
    }
}

TEST_F(Tasks, ReadAsTheyWereSetAndDone) {
    const Task first = task("a1", 500);
    const std::string list = appended(task_writes(keys, "c1", first, "sealed")) +
                             appended(task_writes(keys, "c1", task("b2", 600), "sealed")) +
                             appended(task_done_writes(keys, "c1", first, "jean", 550)) +
                             appended(task_done_writes(keys, "c1", first, "maria", 560));
    const std::vector<Task> read = read_tasks(list);
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].who, "jean");
    EXPECT_EQ(read[0].by, "maria");
    EXPECT_EQ(read[0].made, 100);
    EXPECT_EQ(read[0].done, 550) << "who says it first did it";
    EXPECT_EQ(read[0].done_by, "jean");
    EXPECT_TRUE(read[1].is_open());
    EXPECT_FALSE(read[1].is_late(599));
    EXPECT_TRUE(read[1].is_late(600));
    EXPECT_FALSE(read[0].is_late(600));
}

TEST_F(Tasks, SetTwiceUnderOneIdAreOne) {
    const std::string line = appended(task_writes(keys, "c1", task("a1", 500), ""));
    EXPECT_EQ(read_tasks(line + line).size(), 1U);
}

TEST_F(Tasks, OfWhatTheyCannotReadTheyPassOver) {
    const std::string line = appended(task_writes(keys, "c1", task("a1", 500), ""));
    EXPECT_EQ(read_tasks("junk\n[1]\n{}\n{\"id\":\"zz\",\"done\":5}\n" + line + "{\"id\":\"half").size(), 1U);
    EXPECT_TRUE(read_tasks("").empty());
}

TEST_F(Tasks, OfTheServerHoldNoWordsAndNobodysName) {
    const Task asked{"a1", std::string(task_no_answer), "", "", 100, 500};
    const std::vector<redis::Write> writes = task_writes(keys, "c1", asked, "");
    EXPECT_EQ(writes.front().op, redis::Op::must_exist);
    for (const redis::Write& one : writes) {
        EXPECT_NE(one.key, keys.task_words("c1"));
    }
    const Task read = read_tasks(appended(writes)).front();
    EXPECT_EQ(read.kind, "no_answer");
    EXPECT_EQ(read.who, "");
}

}  // namespace
}  // namespace rightsline::cases
