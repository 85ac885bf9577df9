// What goes out together: the ways from one answer of a worker to the next question.
#include "flows/lint/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

PackPtr excerpt() { return compile(tests::excerpt()).pack; }

/// "says of a way > what waits", by their names.
std::vector<std::string> named(const Pack& pack, Mode mode) {
    std::vector<std::string> all;
    for (const SentTogether& answer : answers_of(pack, mode)) {
        std::string way;
        for (const BlockIndex said : answer.says) {
            way += pack.blocks[said].name + " ";
        }
        way += "> " + (answer.waits < pack.blocks.size() ? pack.blocks[answer.waits].name : "end");
        all.push_back(way);
    }
    return all;
}

TEST(LintAnswers, SaysDeedsConditionsAndCalledFlowsLeadToTheQuestion) {
    const PackPtr pack = excerpt();
    ASSERT_NE(pack, nullptr);
    const std::vector<std::string> ways = named(*pack, Mode::sms);
    EXPECT_THAT(ways, Contains("rights > main"));
    EXPECT_THAT(ways, Contains("on_its_way > safe_to_text"));  // a deed's exit
    EXPECT_THAT(ways, Contains("danger > story"));             // a condition
    EXPECT_THAT(ways, Contains("deleted > end"));
    EXPECT_THAT(ways, Contains("receipt goodbye > end"));  // what is said only after a yes begins the message
    EXPECT_THAT(ways, Not(Contains("receipt > key_back")));
    EXPECT_THAT(ways, Contains("done on_its_way > safe_to_text"));  // out of a called flow
}

TEST(LintAnswers, AModeHasItsOwnWays) {
    const PackPtr pack = excerpt();
    ASSERT_NE(pack, nullptr);
    EXPECT_THAT(named(*pack, Mode::voice), Contains("receipt > key_back"));
}

TEST(LintAnswers, AreBoundedInALoop) {
    const PackPtr pack = excerpt();
    ASSERT_NE(pack, nullptr);
    Pack looped = *pack;
    for (Block& block : looped.blocks) {
        if (std::holds_alternative<SayBlock>(block.kind)) {
            block.end = false;
            block.exits.next = static_cast<BlockIndex>(&block - looped.blocks.data());
        }
    }
    EXPECT_LE(answers_of(looped, Mode::sms).size(), most_answers);
}

}  // namespace
}  // namespace rightsline::flows
