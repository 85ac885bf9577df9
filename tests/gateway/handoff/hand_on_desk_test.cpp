// A talk is handed on, on a real store: whose phone rings, who may ask, what is kept with it, and what two servers do at once.
#include "gateway/handoff/error.hpp"
#include "gateway/handoff/taken_calls.hpp"
#include "tests/gateway/handoff/ringing.hpp"

namespace rightsline::handoff {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* too_late = "common.staff.live_too_late";
constexpr const char* ended = "common.staff.live_ended";

class HandingOnDesk : public Ringing {
 protected:
    static constexpr const char* four_people = R"(
people:
  ana: {phone: "+15005550101", language: en}
  ben: {phone: "+15005550102", language: en}
  eva: {phone: "+15005550103", language: en}
  boss: {phone: "+15005550104", language: en, media: [sms]}
order: [ana]
)";
    void SetUp() override {
        Ringing::SetUp();
        open_desks("live: {}\n", four_people);
    }
    /// A caller who talks with ana; the hand-off's name.
    std::string talking() {
        const std::string id = begin();
        EXPECT_EQ(hears(*one, id, 1, key_1), "room");
        EXPECT_EQ(ask(caller(2, id)).reply, Reply::talk);
        legs.asked.clear();
        clock.advance(1min);  // they have talked
        return id;
    }
    boost::system::error_code hand_on(const std::string& id, const std::string& to,
                                      const std::string& by = "ana") {
        HandOn wish{"fair-food", id.substr(0, 8), by, by.empty() ? "uid:0" : by, to, far()};
        const Result<void> done = tests::run(io, one->hand_on(std::move(wish)));
        settle();
        return done ? boost::system::error_code() : done.error();
    }
};

TEST_F(HandingOnDesk, TheColleagueComesIntoTheSameRoomAndTheFirstMayGo) {
    const std::string id = talking();
    const std::string room = kept(id).room;
    ASSERT_FALSE(hand_on(id, "ben"));
    EXPECT_EQ(may_ring(id), "12");
    EXPECT_EQ(hears(*other, id, 2, pick_up), "press 1");
    EXPECT_EQ(hears(*other, id, 2, key_1), "room");
    EXPECT_EQ(hears(*one, id, 1, flows::Continued{}), ended);
    EXPECT_EQ(kept(id).state, State::talking);
    EXPECT_EQ(kept(id).room, room);
    EXPECT_TRUE(legs.asked.empty()) << "the caller's leg is left where it is";
    ASSERT_TRUE(hear(id, 2, "CR2", "completed"));
    EXPECT_EQ(kept(id).state, State::over);
    EXPECT_EQ(legs.asked.size(), 1U) << "and is called out of a room that everybody has left";
    EXPECT_THAT(audit(), ElementsAre("call_rung ana", "call_taken ana 0", "call_handed_on ana",
                                     "call_taken_over ben", "call_ended ana 60", "call_ended ben 0"));
}

TEST_F(HandingOnDesk, WhoIsLeftAloneIsCalledBackAgainUntilTheyComeBy) {
    const std::string id = talking();
    hears(*one, id, 1, flows::Continued{});
    EXPECT_EQ(legs.asked.size(), 1U);
    look_after(5s);
    EXPECT_EQ(legs.asked.size(), 2U);
    EXPECT_EQ(ask(caller(3, id)).reply, Reply::goodbye);
    look_after(5s);
    EXPECT_EQ(legs.asked.size(), 2U);
}

TEST_F(HandingOnDesk, IsRefusedWhereItMayNotBeAndNothingRings) {
    const std::string id = begin();
    EXPECT_EQ(hand_on(id, "ben"), errc::not_talking);
    EXPECT_EQ(hears(*one, id, 1, key_1), "room");
    EXPECT_EQ(ask(caller(2, id)).reply, Reply::talk);
    EXPECT_EQ(hand_on(std::string(32, 'f'), "ben"), errc::no_such_call);
    EXPECT_EQ(hand_on(id, "ben", "eva"), errc::not_in_call);
    EXPECT_EQ(hand_on(id, "ana"), errc::in_call_already);
    EXPECT_EQ(hand_on(id, "boss"), errc::not_callable) << "they are told by text alone";
    EXPECT_EQ(hand_on(id, "nobody"), errc::not_callable);
    EXPECT_EQ(may_ring(id), "1");
    EXPECT_FALSE(hand_on(id, "ben", "")) << "who runs the server may, for them";
    EXPECT_EQ(hand_on(id, "eva"), errc::handed_on_already);
    EXPECT_EQ(may_ring(id), "12");
}

TEST_F(HandingOnDesk, AColleagueWhoseNumberCannotBeCalledIsSaidSoAtOnceAndTheTalkGoesOn) {
    const std::string id = talking();
    prefixes = {"+33"};
    open_desks("live: {}\n", four_people);
    EXPECT_EQ(hand_on(id, "ben"), errc::not_callable);
    EXPECT_EQ(kept(id).state, State::talking);
    EXPECT_EQ(kept(id).asked, 0U);
    EXPECT_TRUE(legs.asked.empty());
}

TEST_F(HandingOnDesk, AKeyAgainstTheCallersEndPutsNobodyIntoAnEmptyRoom) {
    const std::string id = talking();
    ASSERT_FALSE(hand_on(id, "ben"));
    std::string heard;
    tasks->spawn("key", play(*other, page(id, 2), key_1, heard));
    tasks->spawn("gone", one->leave("fair-food", id));
    settle();
    EXPECT_EQ(kept(id).state, State::over);
    if (heard == "room") {  // they were first, and are told that it is over
        EXPECT_EQ(hears(*one, id, 2, flows::Continued{}), ended);
    } else {
        EXPECT_EQ(heard, too_late);
    }
}

TEST_F(HandingOnDesk, WhoGoesTooSoonLeavesACallerWhoWaitsAndIsPutThroughToTheColleague) {
    const std::string id = talking();
    ASSERT_FALSE(hand_on(id, "ben"));
    EXPECT_EQ(hears(*one, id, 1, flows::Continued{}), ended);
    EXPECT_EQ(legs.asked.size(), 1U);
    EXPECT_EQ(ask(caller(3, id)).reply, Reply::wait);
    EXPECT_EQ(hears(*one, id, 2, key_1), "room");
    EXPECT_EQ(ask(caller(4, id)).reply, Reply::talk);
}

TEST_F(HandingOnDesk, WhoTookItAndWhoTookItOverBothDid) {
    const std::string id = talking();
    ASSERT_FALSE(hand_on(id, "ben"));
    hears(*one, id, 2, key_1);
    const auto taken = tests::run(io, taken_calls(*client, "fair-food", ops::UtcMs(), far()));
    ASSERT_TRUE(taken);
    ASSERT_EQ(taken->size(), 2U);
    for (const TakenCall& call : *taken) {
        EXPECT_EQ(call.name, id.substr(0, 8));
    }
    EXPECT_EQ(taken->front().who, "ana");
    EXPECT_EQ(taken->back().who, "ben");
    EXPECT_FALSE(taken->front().over);
    hears(*one, id, 1, flows::Continued{});
    const auto later = tests::run(io, taken_calls(*client, "fair-food", ops::UtcMs(), far()));
    EXPECT_TRUE(later.value().front().over);
    EXPECT_FALSE(later.value().back().over);
}

}  // namespace
}  // namespace rightsline::handoff
