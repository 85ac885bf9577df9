#include "gateway/outbox/reply.hpp"

#include <gtest/gtest.h>

namespace rightsline::outbox {
namespace {

constexpr const char* event = "0123456789abcdef0123456789abcdef";

TEST(Reply, ItsIdTellsHowItLeftAndWhetherItSaysACode) {
    for (const Leaves leaves : {Leaves::in_answer, Leaves::through_outbox}) {
        for (const bool code : {false, true}) {
            const std::string id = reply_id(reply_name(leaves, code, event), 12);
            EXPECT_EQ(left_in_answer(id), leaves == Leaves::in_answer) << id;
            EXPECT_EQ(says_code(id), code) << id;
            EXPECT_LE(id.size(), 64U);  // what a receipt's address may hold
        }
    }
}

TEST(Reply, AnAlertAndAnythingElseIsNone) {
    for (const char* id : {"", "a0123456789abcdef0123456789abcdef-1", "w-1", "wc", "w",
                           "0123456789abcdef0123456789abcdef-1", "x0123456789abcdef0123456789abcdef-1"}) {
        EXPECT_FALSE(left_in_answer(id)) << id;
        EXPECT_FALSE(says_code(id)) << id;
    }
}

}  // namespace
}  // namespace rightsline::outbox
