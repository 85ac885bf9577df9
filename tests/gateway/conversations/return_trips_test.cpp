// How often a worker who comes back with their number makes us ask the store. Counted here, where nothing else asks it.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class ReturnTrips : public WithTurns {
 protected:
    static constexpr const char* code = "000000005724";
    static constexpr const char* deleted = "572400000000";
    static constexpr const char* deleted_case = "76543210fedcba9876543210fedcba98";
    static constexpr const char* case_id = "0123456789abcdef0123456789abcdef";

    void SetUp() override {
        WithTurns::SetUp();
        file_case(case_id);
        apply({{redis::Op::set, keys.receipt(std::string("index-of-") + code), {case_id}},
               {redis::Op::set, keys.receipt(std::string("index-of-") + deleted), {deleted_case}}});
        file_case(deleted_case);
        apply(cases::deletion_writes(keys, deleted_case));
    }
    /// Of the text that tries `typed`, by a phone that was led to the question for it.
    std::uint64_t taken_by(const std::string& typed, const std::string& phone) {
        for (const char* words : {"MENU", "1", "2", "3"}) {
            say(text("SM" + std::to_string(++told), words, phone));
        }
        const std::uint64_t before = client->traffic().commands;
        answer = say(text("SM" + std::to_string(++told), typed, phone));
        return client->traffic().commands - before;
    }
    std::string answer;
};

TEST_F(ReturnTrips, AreSevenAndFiveForAWrongCode) {
    std::uint64_t least = 1000;  // on a halted machine a command may be asked a second time
    std::uint64_t wrong = 1000;
    for (int walk = 0; walk < 3; ++walk) {
        // load, the try, where the code leads, the case's facts, where its questions stand, the try given back, commit
        least = std::min(least, taken_by(code, "+1500555010" + std::to_string(walk)));
        EXPECT_NE(answer.find("hotline.status.say"), std::string::npos) << answer;
        wrong = std::min(wrong, taken_by("000000000000", "+1500555020" + std::to_string(walk)));
    }
    EXPECT_EQ(least, 7U);
    EXPECT_EQ(wrong, 5U);  // a look at a case that is none, and the try is not given back
}

/// Who guesses learns neither by the words nor by the time that there was such a report.
TEST_F(ReturnTrips, ACodeWhoseCaseWasDeletedCostsAndSaysWhatAnUnknownOneDoes) {
    std::uint64_t unknown = 1000;
    std::uint64_t gone = 1000;
    for (int walk = 0; walk < 3; ++walk) {
        unknown = std::min(unknown, taken_by("000000000000", "+1500555030" + std::to_string(walk)));
        const std::string said = answer;
        gone = std::min(gone, taken_by(deleted, "+1500555040" + std::to_string(walk)));
        EXPECT_EQ(answer, said);
        EXPECT_EQ(answer.find("hotline.status.say"), std::string::npos) << answer;
    }
    EXPECT_EQ(gone, unknown);
}

}  // namespace
}  // namespace rightsline::conversations
