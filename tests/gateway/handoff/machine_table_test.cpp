// Every pair of a state and a meaning, written down a second time by hand: a rule that changes must be meant.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "gateway/handoff/machine.hpp"

namespace rightsline::handoff {
namespace {

constexpr unsigned next = Rule::ring_next;
constexpr unsigned others = Rule::end_others;
constexpr unsigned all = Rule::end_all;
constexpr unsigned nudge = Rule::nudge;
constexpr unsigned colleague = Rule::ring_colleague;

struct Row {
    State state;
    Meaning meaning;
    State after;
    Reply reply;
    unsigned acts;
};

constexpr std::array<Row, states * meanings> rows{{
    {State::ringing, Meaning::asks, State::ringing, Reply::wait, next},
    {State::ringing, Meaning::wants_message, State::message, Reply::message, all},
    {State::ringing, Meaning::leaves, State::over, Reply::none, all},
    {State::ringing, Meaning::picks_up, State::ringing, Reply::whisper, 0},
    {State::ringing, Meaning::accepts, State::joining, Reply::join, others | nudge},
    {State::ringing, Meaning::accepts_again, State::ringing, Reply::whisper, 0},
    {State::ringing, Meaning::one_fewer, State::ringing, Reply::none, next},
    {State::ringing, Meaning::nobody_left, State::message, Reply::none, nudge},
    {State::ringing, Meaning::times_out, State::message, Reply::message, all | nudge},
    {State::ringing, Meaning::nothing, State::ringing, Reply::none, 0},
    {State::ringing, Meaning::hands_on, State::ringing, Reply::none, 0},
    {State::ringing, Meaning::colleague_picks_up, State::ringing, Reply::whisper, 0},
    {State::ringing, Meaning::colleague_accepts, State::ringing, Reply::whisper, 0},
    {State::ringing, Meaning::left_to_colleague, State::ringing, Reply::none, 0},
    {State::ringing, Meaning::left_alone, State::ringing, Reply::none, nudge},
    {State::ringing, Meaning::nears_its_end, State::ringing, Reply::none, 0},
    {State::ringing, Meaning::lost_at_once, State::ringing, Reply::none, 0},

    {State::joining, Meaning::asks, State::talking, Reply::talk, 0},
    {State::joining, Meaning::wants_message, State::message, Reply::message, all},
    {State::joining, Meaning::leaves, State::over, Reply::none, all},
    {State::joining, Meaning::picks_up, State::joining, Reply::too_late, 0},
    {State::joining, Meaning::accepts, State::joining, Reply::too_late, 0},
    {State::joining, Meaning::accepts_again, State::joining, Reply::join, 0},
    {State::joining, Meaning::one_fewer, State::ringing, Reply::none, next},
    {State::joining, Meaning::nobody_left, State::message, Reply::none, nudge},
    {State::joining, Meaning::times_out, State::message, Reply::none, all | nudge},
    {State::joining, Meaning::nothing, State::joining, Reply::none, 0},
    {State::joining, Meaning::hands_on, State::joining, Reply::none, 0},
    {State::joining, Meaning::colleague_picks_up, State::joining, Reply::too_late, 0},
    {State::joining, Meaning::colleague_accepts, State::joining, Reply::too_late, 0},
    {State::joining, Meaning::left_to_colleague, State::joining, Reply::none, 0},
    {State::joining, Meaning::left_alone, State::joining, Reply::none, nudge},
    {State::joining, Meaning::nears_its_end, State::joining, Reply::none, 0},
    {State::joining, Meaning::lost_at_once, State::joining, Reply::none, 0},

    {State::talking, Meaning::asks, State::over, Reply::goodbye, all},
    {State::talking, Meaning::wants_message, State::over, Reply::message, all},
    {State::talking, Meaning::leaves, State::over, Reply::none, all},
    {State::talking, Meaning::picks_up, State::talking, Reply::too_late, 0},
    {State::talking, Meaning::accepts, State::talking, Reply::too_late, 0},
    {State::talking, Meaning::accepts_again, State::talking, Reply::join, 0},
    {State::talking, Meaning::one_fewer, State::talking, Reply::none, 0},
    {State::talking, Meaning::nobody_left, State::over, Reply::none, nudge},
    {State::talking, Meaning::times_out, State::over, Reply::none, all | nudge},
    {State::talking, Meaning::nothing, State::talking, Reply::none, 0},
    {State::talking, Meaning::hands_on, State::talking, Reply::none, colleague},
    {State::talking, Meaning::colleague_picks_up, State::talking, Reply::whisper, 0},
    {State::talking, Meaning::colleague_accepts, State::talking, Reply::join, 0},
    {State::talking, Meaning::left_to_colleague, State::ringing, Reply::none, nudge},
    {State::talking, Meaning::left_alone, State::talking, Reply::none, 0},
    {State::talking, Meaning::nears_its_end, State::talking, Reply::talk_on, nudge},
    {State::talking, Meaning::lost_at_once, State::ringing, Reply::none, nudge},

    {State::message, Meaning::asks, State::message, Reply::message, 0},
    {State::message, Meaning::wants_message, State::message, Reply::message, 0},
    {State::message, Meaning::leaves, State::over, Reply::none, 0},
    {State::message, Meaning::picks_up, State::message, Reply::too_late, 0},
    {State::message, Meaning::accepts, State::message, Reply::too_late, 0},
    {State::message, Meaning::accepts_again, State::message, Reply::too_late, 0},
    {State::message, Meaning::one_fewer, State::message, Reply::none, 0},
    {State::message, Meaning::nobody_left, State::message, Reply::none, 0},
    {State::message, Meaning::times_out, State::over, Reply::none, 0},
    {State::message, Meaning::nothing, State::message, Reply::none, 0},
    {State::message, Meaning::hands_on, State::message, Reply::none, 0},
    {State::message, Meaning::colleague_picks_up, State::message, Reply::too_late, 0},
    {State::message, Meaning::colleague_accepts, State::message, Reply::too_late, 0},
    {State::message, Meaning::left_to_colleague, State::message, Reply::none, 0},
    {State::message, Meaning::left_alone, State::message, Reply::none, nudge},
    {State::message, Meaning::nears_its_end, State::message, Reply::none, 0},
    {State::message, Meaning::lost_at_once, State::message, Reply::none, 0},

    {State::over, Meaning::asks, State::over, Reply::goodbye, 0},
    {State::over, Meaning::wants_message, State::over, Reply::message, 0},
    {State::over, Meaning::leaves, State::over, Reply::none, 0},
    {State::over, Meaning::picks_up, State::over, Reply::too_late, 0},
    {State::over, Meaning::accepts, State::over, Reply::too_late, 0},
    {State::over, Meaning::accepts_again, State::over, Reply::too_late, 0},
    {State::over, Meaning::one_fewer, State::over, Reply::none, 0},
    {State::over, Meaning::nobody_left, State::over, Reply::none, 0},
    {State::over, Meaning::times_out, State::over, Reply::none, 0},
    {State::over, Meaning::nothing, State::over, Reply::none, 0},
    {State::over, Meaning::hands_on, State::over, Reply::none, 0},
    {State::over, Meaning::colleague_picks_up, State::over, Reply::too_late, 0},
    {State::over, Meaning::colleague_accepts, State::over, Reply::too_late, 0},
    {State::over, Meaning::left_to_colleague, State::over, Reply::none, 0},
    {State::over, Meaning::left_alone, State::over, Reply::none, nudge},
    {State::over, Meaning::nears_its_end, State::over, Reply::none, 0},
    {State::over, Meaning::lost_at_once, State::over, Reply::none, 0},
}};

TEST(HandOffTable, EveryPairIsAsItIsWrittenDown) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        // the rows are whole: each pair stands here once
        EXPECT_EQ(static_cast<std::size_t>(row.state), i / meanings);
        EXPECT_EQ(static_cast<std::size_t>(row.meaning), i % meanings);
        const Rule& rule = rule_of(row.state, row.meaning);
        EXPECT_EQ(rule.next, row.after) << i;
        EXPECT_EQ(rule.reply, row.reply) << i;
        EXPECT_EQ(rule.acts, row.acts) << i;
    }
}

/// What has ended in a message or is over never rings a phone again, and brings nobody into the room.
TEST(HandOffTable, NothingLeadsBackFromTheEnd) {
    for (const Row& row : rows) {
        if (row.state == State::message || row.state == State::over) {
            EXPECT_TRUE(row.after == State::message || row.after == State::over);
            EXPECT_EQ(row.acts & (next | colleague), 0U);
            EXPECT_NE(row.reply, Reply::join);
            EXPECT_NE(row.reply, Reply::talk);
            EXPECT_NE(row.reply, Reply::whisper);
        }
    }
}

}  // namespace
}  // namespace rightsline::handoff
