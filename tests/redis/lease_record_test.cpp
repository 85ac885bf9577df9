// The state record as the commands and fsck read it.
#include <gtest/gtest.h>

#include "redis/error.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::redis {
namespace {

TEST(LeaseRecord, IsReadWhole) {
    const std::string note("any \0 bytes", 11);
    const JobState state = read_job_state("s21 3 2 1 1763794626123 gw-7f.3:a_ " + note).value();
    EXPECT_EQ(state.phase, JobState::Phase::submitting);
    EXPECT_EQ(state.lane, 2U);
    EXPECT_TRUE(state.paid);
    EXPECT_EQ(state.claims, 3);
    EXPECT_EQ(state.attempts, 2);
    EXPECT_EQ(state.doubts, 1);
    EXPECT_EQ(state.at_ms, 1763794626123);
    EXPECT_EQ(state.owner, "gw-7f.3:a_");
    EXPECT_EQ(state.note, note);
}

TEST(LeaseRecord, EachPhaseHasItsLetter) {
    const std::string letters = "qcsuld";
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const JobState state = read_job_state(std::string(1, letters[i]) + "00 0 0 0 0  ").value();
        EXPECT_EQ(state.phase, static_cast<JobState::Phase>(i));
        EXPECT_EQ(state.owner, "");
        EXPECT_EQ(state.note, "");
    }
}

TEST(LeaseRecord, GarbageIsRefused) {
    for (const char* garbage :
         {"", "q", "q00", "q00 ", "q00 0 0 0 0", "q00 0 0 0 0 ", "x00 0 0 0 0  ", "q80 0 0 0 0  ",
          "q02 0 0 0 0  ", "q00  0 0 0  ", "q00 -1 0 0 0  ", "q00 +1 0 0 0  ", "q00 01 0 0 0  ",
          "q00 1000000000 0 0 0  ", "q00 0 0 0 4503599627370497  ", "q00 0 0 0 99999999999999999999  ",
          "q00 0 0 0 0 o/wner ", "q000 0 0 0 0  ", "q00 0x1 0 0 0  "}) {
        EXPECT_FALSE(read_job_state(garbage)) << garbage;
    }
    EXPECT_FALSE(read_job_state("q00 0 0 0 0  " + std::string(2000, 'n')));
    EXPECT_TRUE(read_job_state("q00 0 0 0 4503599627370496  "));
}

}  // namespace
}  // namespace rightsline::redis
