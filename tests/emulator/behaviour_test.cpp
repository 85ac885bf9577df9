#include "tests/support/emulator/behaviour.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace rightsline::emulator {
namespace {

Result<void> change(Behaviour& behaviour, const std::string& wishes) {
    return behaviour.change(boost::json::parse(wishes).as_object());
}

std::string some(Behaviour behaviour) {
    std::string deeds;
    for (int i = 0; i < 50; ++i) {
        deeds += std::string(name_of(behaviour.next().deed)) + " ";
    }
    return deeds;
}

TEST(Behaviour, TheQueueComesFirstThenTheChances) {
    Behaviour behaviour;
    ASSERT_TRUE(change(behaviour, R"({"faults": [{"do": "drop", "times": 2}, {"do": "500"}],
                                      "chances": [{"do": "429", "chance": 1.0, "retry_after": 4}]})"));
    EXPECT_EQ(behaviour.next().deed, Deed::drop);
    EXPECT_EQ(behaviour.next().deed, Deed::drop);
    EXPECT_EQ(behaviour.next().deed, Deed::fail);
    EXPECT_EQ(behaviour.next().deed, Deed::limit);
    EXPECT_EQ(behaviour.next().retry_after, 4);
}

TEST(Behaviour, OneSeedIsOneHistory) {
    const std::string wishes =
        R"(, "chances": [{"do": "accept_drop", "chance": 0.3}, {"do": "500", "chance": 0.3}]})";
    Behaviour a;
    Behaviour b;
    Behaviour c;
    ASSERT_TRUE(change(a, R"({"seed": 7)" + wishes));
    ASSERT_TRUE(change(b, R"({"seed": 7)" + wishes));
    ASSERT_TRUE(change(c, R"({"seed": 8)" + wishes));
    EXPECT_EQ(some(a), some(b));
    EXPECT_NE(some(a), some(c));
    for (const std::string deed : {"accept ", "accept_drop ", "500 "}) {
        EXPECT_NE(some(a).find(deed), std::string::npos) << deed;
    }
}

TEST(Behaviour, AWishThatCannotBeReadChangesNothing) {
    Behaviour behaviour;
    ASSERT_TRUE(change(behaviour, R"({"refuse": {"+13055550191": 21610}})"));
    for (const std::string wishes :
         {R"({"faults": [{"do": "explode"}]})", R"({"faults": [{}]})", R"({"faults": 7})",
          R"({"refuse": {}, "receipts": {"words": 7}})", R"({"refuse": {}, "what": 1})",
          R"({"refuse": {}, "faults": [{"do": "drop", "loudly": true}]})",
          R"({"refuse": {}, "receipts": {"x": 1}})"}) {
        EXPECT_FALSE(change(behaviour, wishes)) << wishes;
        EXPECT_EQ(behaviour.refused("+13055550191"), 21610) << wishes;
        EXPECT_EQ(behaviour.next().deed, Deed::accept) << wishes;
    }
    EXPECT_EQ(behaviour.refused("+13055550192"), 0);
}

TEST(Behaviour, ReceiptsArePlannedAsWished) {
    Behaviour behaviour;
    const std::vector<std::string> plain{"sent", "delivered"};
    EXPECT_EQ(behaviour.receipts().planned(false), plain);
    EXPECT_EQ(behaviour.receipts().planned(true).front(), "initiated");
    ASSERT_TRUE(change(behaviour, R"({"receipts": {"twice": true, "reversed": true}})"));
    const std::vector<std::string> mixed{"delivered", "delivered", "sent", "sent"};
    EXPECT_EQ(behaviour.receipts().planned(false), mixed);
    ASSERT_TRUE(change(behaviour, R"({"receipts": {"none": true}})"));
    EXPECT_TRUE(behaviour.receipts().planned(false).empty());
}

}  // namespace
}  // namespace rightsline::emulator
