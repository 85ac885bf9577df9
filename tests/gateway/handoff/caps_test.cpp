#include "gateway/handoff/caps.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;

const ops::UtcMs start{std::chrono::hours(500'000)};
const stores::Keyspace keys("fair-food");
const people::LiveCaps caps;

using Stored = std::vector<std::optional<std::string>>;

TEST(LiveCaps, AreCountedByNumberBlockAndAllWithoutAnyInClear) {
    const std::vector<Count> counts = counts_of(caps, keys, {"id-of-caller", "id-of-block"}, start);
    const auto has = [&](Cap cap, const std::string& what, std::int64_t most) {
        return std::ranges::any_of(counts, [&](const Count& one) {
            return one.cap == cap && one.most == most && one.key.find(":" + what + ":") != std::string::npos;
        });
    };
    EXPECT_EQ(counts.size(), 6U);
    EXPECT_TRUE(has(Cap::caller, "id-of-caller", caps.caller_hour));
    EXPECT_TRUE(has(Cap::caller, "id-of-caller", caps.caller_day));
    EXPECT_TRUE(has(Cap::block, "id-of-block", caps.block_hour));
    for (const std::int64_t most : {5, 48, 240}) {
        EXPECT_TRUE(has(Cap::all, "all", most)) << most << ": a fifth is kept for danger";
    }
}

TEST(LiveCaps, CallersWhoShowNoNumberShareOneCount) {
    const std::vector<Count> counts = counts_of(caps, keys, {}, start);
    ASSERT_EQ(counts.size(), 4U);
    EXPECT_EQ(counts[0].most, caps.block_hour) << "as many as of a block";
    EXPECT_NE(counts[0].key.find(":withheld:"), std::string::npos);
}

TEST(LiveCaps, AFifthOfThoseOfAllIsForWhoIsInDangerAndTheirPhoneMayCallThreeTimesAsOften) {
    const Counted who{"id", "block"};
    const std::vector<Count> usual = counts_of(caps, keys, who, start);
    const std::vector<Count> danger = counts_of(caps, keys, who, start, Standing::in_danger);
    ASSERT_EQ(danger.size(), usual.size());
    for (std::size_t i = 0; i < usual.size(); ++i) {
        EXPECT_EQ(danger[i].key, usual[i].key) << "what is counted is the same";
    }
    EXPECT_EQ(danger[0].most, 3 * caps.caller_hour);
    EXPECT_EQ(danger[1].most, caps.minute);
    EXPECT_EQ(danger[2].most, caps.hour);
    EXPECT_EQ(danger[3].most, caps.day);
    EXPECT_EQ(danger.back().most, 3 * caps.block_hour);
    people::LiveCaps few;
    few.minute = 4;
    EXPECT_EQ(counts_of(few, keys, who, start)[1].most, 4) << "of so few none can be kept";
}

TEST(LiveCaps, BeginAnewWithTheirSpan) {
    const auto key_at = [](ops::UtcMs at, std::size_t which) {
        return counts_of(caps, keys, {"id", "block"}, at).at(which).key;
    };
    EXPECT_EQ(key_at(start, 0), key_at(start + 59min, 0)) << "an hour";
    EXPECT_NE(key_at(start, 0), key_at(start + 60min, 0));
    EXPECT_EQ(key_at(start, 1), key_at(start + 59s, 1)) << "a minute";
    EXPECT_NE(key_at(start, 1), key_at(start + 60s, 1));
}

TEST(LiveCaps, TheFirstThatIsFullIsNamed) {
    const std::vector<Count> counts = counts_of(caps, keys, {"id", "block"}, start);
    Stored stored(counts.size());
    EXPECT_EQ(full_one(counts, stored), Cap::none);
    stored[0] = std::to_string(counts[0].most - 1);
    EXPECT_EQ(full_one(counts, stored), Cap::none);
    stored[0] = std::to_string(counts[0].most);
    EXPECT_EQ(full_one(counts, stored), Cap::caller);
    stored[0].reset();
    stored[1] = "6";
    EXPECT_EQ(full_one(counts, stored), Cap::all);
    stored[1].reset();
    stored.back() = "12";
    EXPECT_EQ(full_one(counts, stored), Cap::block);
    EXPECT_EQ(full_one(counts, {}), Cap::none);
}

TEST(LiveCaps, EachIsAConditionAndACountOfTheSameCommit) {
    const std::vector<Count> counts = counts_of(caps, keys, {"id", "block"}, start);
    const std::vector<redis::Write> writes = counting_writes(keys, counts, start);
    ASSERT_EQ(writes.size(), 3 * counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        EXPECT_EQ(writes[3 * i].op, redis::Op::must_be_below);
        EXPECT_EQ(writes[3 * i].key, counts[i].key);
        EXPECT_EQ(writes[3 * i + 1].op, redis::Op::incrby);
        EXPECT_EQ(writes[3 * i + 2].key, keys.guards()) << "the sweeper forgets it";
    }
}

}  // namespace
}  // namespace rightsline::handoff
