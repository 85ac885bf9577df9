// A key before the menu, as the turn asks for it: what is known of floods comes with the call's own load.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/handoff/counted_ids.hpp"
#include "gateway/handoff/flood.hpp"
#include "tests/gateway/conversations/caller.hpp"

namespace rightsline::conversations {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* asks = "common.call_prove";

class FloodKey : public Caller {
 protected:
    void note(const handoff::Flood& flood) {
        apply({{redis::Op::set, keys.flood_watch(), {handoff::to_bytes(flood)}}});
    }
    std::string begin() { return say(of_call(providers::Hook::voice, "start", flows::Called{})); }
    std::string block_of(const std::string& number) {
        std::vector<vault::IdRequest> requests{handoff::block_request(number)};
        return tests::run(io, vault->id(std::move(requests))).value().front().hex();
    }
};

TEST_F(FloodKey, ComesBeforeTheMenuWhileAllAreAsked) {
    handoff::Flood flood;
    flood.asked_until = clock.now() + 10min;
    note(flood);
    EXPECT_THAT(begin(), HasSubstr(asks));
    EXPECT_THAT(press("7"), HasSubstr("hotline.language.menu"));
}

TEST_F(FloodKey, IsOverByItself) {
    handoff::Flood flood;
    flood.asked_until = clock.now() - 1s;
    note(flood);
    EXPECT_THAT(begin(), Not(HasSubstr(asks)));
}

TEST_F(FloodKey, IsAskedOfTheBlockThatIsSilentAndOfNoOther) {
    handoff::Flood flood;
    const std::string cut = block_of("+15005550001").substr(0, 12);  // as the watch keeps it
    flood.blocks.push_back({cut, clock.now(), {}, clock.now() + 1h});
    note(flood);
    EXPECT_THAT(begin(), HasSubstr(asks));
    flood.blocks.front().id = block_of("+15007770001").substr(0, 12);
    note(flood);
    ask({"DEL", keys_like("{fair-food}:c:*").front()});
    providers::Inbound other = of_call(providers::Hook::voice, "another", flows::Called{});
    EXPECT_THAT(say(std::move(other)), Not(HasSubstr(asks)));
}

TEST_F(FloodKey, WhoPressesNothingCanStillLeaveAMessageThatIsFiled) {
    handoff::Flood flood;
    flood.asked_until = clock.now() + 10min;
    note(flood);
    begin();
    EXPECT_THAT(press(""), HasSubstr("\"do\":\"record\""));
    speak("RE1");
    EXPECT_EQ(cases(), 1U) << "at once, for they may not stay";
}

TEST_F(FloodKey, WhatIsNoSuchValueAsksNobody) {
    apply({{redis::Op::set, keys.flood_watch(), {"{nonsense"}}});
    EXPECT_THAT(begin(), Not(HasSubstr(asks)));
}

}  // namespace
}  // namespace rightsline::conversations
