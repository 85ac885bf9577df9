#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/outbox/delivery.hpp"
#include "sender.hpp"

namespace rightsline::emulator {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

class ReceiptsTest : public SenderTest {
 protected:
    std::vector<std::string> words() const {
        std::vector<std::string> all;
        for (const Told& one : told) {
            all.push_back(one.delivery);
        }
        return all;
    }
    outbox::DeliveryState joined() const {
        outbox::Delivery all;
        for (const Told& one : told) {
            all = join(all, outbox::Delivery::of(one.delivery));
        }
        return all.state();
    }
};

TEST_F(ReceiptsTest, ComeSignedWithOurIdAndTheirs) {
    const std::string id = std::get<providers::Accepted>(send(text())).id;
    until(2);
    EXPECT_THAT(words(), ElementsAre("sent", "delivered"));
    for (const Told& one : told) {
        EXPECT_EQ(one.ours, "01ab");
        EXPECT_EQ(one.message, id);
    }
    EXPECT_EQ(emulator->receipts().at(0).status, 204);
}

TEST_F(ReceiptsTest, TwiceAndInTheWrongOrder) {
    emulator->behave(R"({"receipts": {"twice": true, "reversed": true}})");
    send(text());
    until(4);
    EXPECT_THAT(words(), ElementsAre("delivered", "delivered", "sent", "sent"));
    EXPECT_EQ(joined(), outbox::DeliveryState::delivered);
}

TEST_F(ReceiptsTest, BeforeTheAnswer) {
    emulator->behave(R"({"receipts": {"early": true}})");
    send(text());
    EXPECT_THAT(words(), ElementsAre("sent", "delivered")) << "they were here when the answer came";
}

TEST_F(ReceiptsTest, AlsoOfASendWhoseAnswerWasLost) {
    emulator->behave(R"({"faults": [{"do": "accept_drop"}]})");
    EXPECT_EQ(kind_of(send(text())), "unknown");
    until(2);
    EXPECT_EQ(told[0].ours, "01ab") << "the message is found by our id";
}

TEST_F(ReceiptsTest, LateWithAnErrorOrNotAtAll) {
    emulator->behave(R"({"receipts": {"words": ["sent", "undelivered"], "code": 30003, "delay_ms": 20}})");
    send(text());
    until(2);
    EXPECT_EQ(told[0].error, "");
    EXPECT_EQ(told[1].error, "30003");
    emulator->behave(R"({"receipts": {"none": true}})");
    send(text());
    send(quiet_text());
    EXPECT_EQ(told.size(), 2U);
    EXPECT_EQ(emulator->receipts().size(), 2U);
}

TEST_F(ReceiptsTest, ATextThatMayNotWaitSoLongInTheQueueIsNotSent) {
    emulator->behave(R"({"receipts": {"queue_ms": 1500}})");
    providers::Outbound soon = text();
    std::get<providers::TextOut>(soon.what).validity = 1s;
    send(soon);
    until(1);
    EXPECT_THAT(words(), ElementsAre("failed"));
    EXPECT_EQ(told[0].error, "30036");
    EXPECT_EQ(joined(), outbox::DeliveryState::failed);
    std::get<providers::TextOut>(soon.what).validity = 2s;
    send(soon);
    until(3);
    EXPECT_THAT(words(), ElementsAre("failed", "sent", "delivered"));
}

TEST_F(ReceiptsTest, OfACall) {
    emulator->behave(R"({"receipts": {"call_words": ["initiated", "ringing", "no-answer"]}})");
    providers::Outbound call = text();
    call.what = providers::CallOut{providers::Page{"https://hotline.example.org/alert"}};
    send(call);
    until(3);
    EXPECT_THAT(words(), ElementsAre("initiated", "ringing", "no-answer"));
    EXPECT_EQ(told[2].ours, "01ab");
    EXPECT_EQ(joined(), outbox::DeliveryState::undelivered);
}

}  // namespace
}  // namespace rightsline::emulator
