#include "gateway/outbox/fate.hpp"

#include <gtest/gtest.h>

namespace rightsline::outbox {
namespace {

std::string receipt(const char* word, const char* code = "") {
    return encode_receipt({std::chrono::sys_time<std::chrono::milliseconds>{}, word, code});
}

TEST(Fate, IsWhereTheOutboxHasTheMessage) {
    const std::pair<const char*, const char*> records[] = {
        {"q00 0 0 0 1763794626123  ", "waiting"},
        {"c00 1 0 0 1763794626123 gw-7f3a ", "under_way"},
        {"s00 1 1 0 1763794626123 gw-7f3a ", "under_way"},
        {"u00 1 1 1 1763794626123  ", "in_doubt"},
        {"l00 2 1 1 1763794626123 gw-7f3a ", "in_doubt"},
        {"d00 1 1 0 1763794626123  accepted SM1 queued", "accepted"},
        {"d00 1 0 0 1763794626123  stopped", "stopped"},
        {"nonsense", "unreadable"},
    };
    for (const auto& [record, state] : records) {
        EXPECT_EQ(fate_of(std::string(record), {}).state, state) << record;
    }
    EXPECT_EQ(fate_of(std::nullopt, {}).state, "forgotten");
}

TEST(Fate, WhatTheCarrierSaidIsJoinedInWhateverOrder) {
    const std::string record = "d00 1 1 0 1763794626123  accepted SM1 queued";
    const Fate fate = fate_of(record, {receipt("delivered"), receipt("sent"), "no receipt"});
    EXPECT_EQ(fate.state, "accepted");
    EXPECT_EQ(fate.delivery.state(), DeliveryState::delivered);
    EXPECT_EQ(fate.attempts, 1);
    const Fate lost = fate_of(record, {receipt("undelivered", "30003")});
    EXPECT_EQ(lost.delivery.state(), DeliveryState::undelivered);
    EXPECT_EQ(lost.delivery.code(), 30003U);
}

}  // namespace
}  // namespace rightsline::outbox
