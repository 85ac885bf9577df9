// STOP and START, and the set that every send is held against.
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class StopSet : public WithTurns {};

TEST_F(StopSet, HoldsAPhoneFromItsStopToItsStart) {
    say("hello");
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 0);
    say("STOP");
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 1);
    say("my boss took my papers");
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 1);
    say("START");
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 0);
}

TEST_F(StopSet, NamesThePhoneAsTheOutboxDoes) {
    say("STOP");
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, "+15005550001"});
    const std::string phone = tests::run(io, vault->id(std::move(requests)))->front().hex();
    EXPECT_EQ(number({"SISMEMBER", keys.stopped(), phone}), 1);
}

}  // namespace
}  // namespace rightsline::conversations
