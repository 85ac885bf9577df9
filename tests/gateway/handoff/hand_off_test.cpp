#include "gateway/handoff/hand_off.hpp"

#include <gtest/gtest.h>

#include "gateway/handoff/error.hpp"

namespace rightsline::handoff {
namespace {

const std::string id(32, 'a');

TEST(HandOffBytes, ComeBackAsTheyWere) {
    HandOff one;
    one.state = State::joining;
    one.since = ops::UtcMs(std::chrono::milliseconds(1763794626123));
    one.begun = one.since - std::chrono::seconds(9);
    one.until = one.since + std::chrono::seconds(75);
    one.ring_seconds = 25;
    one.all_at_once = true;
    one.to_ring = {"eva"};
    one.passed_over = {"leo", "zoe"};
    one.case_id = std::string(32, 'c');
    one.gender = "woman";
    one.rings = {{Ring::Stage::ended, "ana", "CA1", one.since, true},
                 {Ring::Stage::answered, "ben", "", one.until}};
    one.taker = 2;
    one.asked = 1;
    one.beside = 2;
    one.wait_seconds = 40;
    one.called_back = 3;
    one.room = "f00d";
    one.line = "+15005550006";
    one.caller_line = "+15005550007";
    one.call = "CA9";
    one.step_url = "https://hotline.example.org/hooks/main/voice/step?t=4&k=aa";
    one.turn = id;
    one.answered = Reply::talk_on;
    one.called_out = true;
    one.caller_warned = one.since + std::chrono::minutes(28);
    one.rings[1].warned = one.caller_warned + std::chrono::seconds(2);
    const Result<HandOff> back = parse_hand_off(to_bytes(one));
    ASSERT_TRUE(back);
    EXPECT_EQ(to_bytes(*back), to_bytes(one));
    EXPECT_EQ(back->passed_over, one.passed_over);
    EXPECT_EQ(back->case_id, one.case_id);
    EXPECT_EQ(back->gender, "woman");
    EXPECT_EQ(back->taker, 2U);
    EXPECT_EQ(back->asked, 1U);
    EXPECT_EQ(back->beside, 2U);
    EXPECT_EQ(back->wait_seconds, 40);
    EXPECT_EQ(back->called_back, 3);
    EXPECT_EQ(back->rings[1].warned, one.rings[1].warned);
    EXPECT_EQ(back->answered, Reply::talk_on) << "a repeat of that turn goes into the room again";
    EXPECT_EQ(back->rings[1].person, "ben");
}

TEST(HandOffBytes, OfAnotherShapeAreDamaged) {
    for (const char* bytes : {"", "{}", "[]", R"({"state": 1})", "\xff"}) {
        const Result<HandOff> read = parse_hand_off(bytes);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error(), make_error_code(errc::damaged));
    }
    const Result<HandOff> strange = parse_hand_off(R"({"state": 99, "rings": [], "taker": 7})");
    ASSERT_TRUE(strange);
    EXPECT_EQ(strange->state, State::over);
    EXPECT_EQ(strange->taker, 0U) << "of a ring that is not there";
}

TEST(RingNames, AreReadBackAndNothingElseIs) {
    const RingName name = parse_message_id(message_id(id, 12));
    EXPECT_EQ(name.hand_off, id);
    EXPECT_EQ(name.ring, 12U);
    const std::vector<std::string> others{
        "",   "a" + id + "-1", "l" + id, "l" + id + "-", "l" + id + "-0", "l" + id + "-100", "l" + id + "-1x",
        "l-1"};
    for (const std::string& none : others) {
        EXPECT_EQ(parse_message_id(none).ring, 0U) << none;
    }
}

}  // namespace
}  // namespace rightsline::handoff
