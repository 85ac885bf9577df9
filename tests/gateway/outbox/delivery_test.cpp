#include "gateway/outbox/delivery.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace rightsline::outbox {
namespace {

const std::vector<std::string> all_words{
    "queued",    "accepted", "scheduled",   "sending",   "sent",        "partially_delivered",
    "canceled",  "failed",   "undelivered", "delivered", "read",        "initiated",
    "ringing",   "busy",     "no-answer",   "answered",  "in-progress", "completed",
    "receiving", "",         "DELIVERED"};

Delivery of_all(const std::vector<std::string>& words) {
    Delivery all;
    for (const std::string& word : words) {
        all = join(all, Delivery::of(word));
    }
    return all;
}

Delivery any(std::mt19937& dice) {
    Delivery delivery;
    for (auto count = dice() % 4; count > 0; --count) {
        delivery = join(delivery, Delivery::of(all_words[dice() % all_words.size()],
                                               static_cast<std::uint32_t>(dice() % 3 * 30000)));
    }
    return delivery;
}

TEST(Delivery, EveryWordHasItsState) {
    for (const auto& [word, state] : std::vector<std::pair<std::string, DeliveryState>>{
             {"queued", DeliveryState::accepted},     {"accepted", DeliveryState::accepted},
             {"scheduled", DeliveryState::accepted},  {"initiated", DeliveryState::accepted},
             {"sending", DeliveryState::sending},     {"sent", DeliveryState::sent},
             {"ringing", DeliveryState::sent},        {"canceled", DeliveryState::canceled},
             {"failed", DeliveryState::failed},       {"undelivered", DeliveryState::undelivered},
             {"busy", DeliveryState::undelivered},    {"no-answer", DeliveryState::undelivered},
             {"delivered", DeliveryState::delivered}, {"in-progress", DeliveryState::delivered},
             {"completed", DeliveryState::delivered}, {"read", DeliveryState::read},
             {"answered", DeliveryState::delivered},  {"partially_delivered", DeliveryState::sent},
             {"receiving", DeliveryState::none},      {"", DeliveryState::none}}) {
        EXPECT_EQ(Delivery::of(word).state(), state) << word;
        EXPECT_EQ(Delivery::of(word).terminal(), state >= DeliveryState::canceled) << word;
    }
    EXPECT_EQ(Delivery().state(), DeliveryState::none);
}

TEST(Delivery, TheJoinIsCommutativeAssociativeAndIdempotent) {
    std::mt19937 dice(20261122);
    for (int i = 0; i < 20'000; ++i) {
        const Delivery a = any(dice);
        const Delivery b = any(dice);
        const Delivery c = any(dice);
        ASSERT_EQ(join(a, b), join(b, a));
        ASSERT_EQ(join(a, join(b, c)), join(join(a, b), c));
        ASSERT_EQ(join(a, a), a);
        ASSERT_EQ(join(a, Delivery()), a);
        ASSERT_GE(join(a, b).state(), std::max(a.state(), b.state())) << "nothing lowers a state";
    }
}

TEST(Delivery, OrderAndRepeatsOfReceiptsDoNotMatter) {
    std::vector<Receipt> receipts;
    for (const std::string word : {"queued", "sent", "undelivered", "delivered", "strange", "sent"}) {
        receipts.push_back({{}, word, word == "undelivered" ? "30003" : ""});
    }
    const Delivery expected = delivery_of(receipts);
    std::mt19937 dice(7);
    for (int i = 0; i < 200; ++i) {
        receipts.push_back(receipts[dice() % receipts.size()]);
        std::shuffle(receipts.begin(), receipts.end(), dice);
        ASSERT_EQ(delivery_of(receipts), expected);
    }
    EXPECT_EQ(expected.state(), DeliveryState::delivered);
    EXPECT_EQ(expected.code(), 30003U);
    EXPECT_TRUE(expected.contradictory());
    EXPECT_TRUE(expected.strange());
}

TEST(Delivery, ContradictoryTerminalsHaveOneJoin) {
    for (const std::string lost : {"undelivered", "failed", "canceled", "busy"}) {
        for (const std::string came : {"delivered", "read", "completed"}) {
            const Delivery both = of_all({lost, came});
            EXPECT_EQ(both.state(), Delivery::of(came).state());
            EXPECT_TRUE(both.contradictory()) << lost << came;
            EXPECT_TRUE(both.arrived());
        }
    }
    EXPECT_EQ(of_all({"failed", "undelivered"}).state(), DeliveryState::undelivered);
    EXPECT_FALSE(of_all({"failed", "undelivered"}).contradictory());
    EXPECT_FALSE(of_all({"delivered", "read"}).contradictory());
}

TEST(Delivery, ATerminalStateIsNotLeftByAnEarlierWord) {
    for (const std::string terminal : {"canceled", "failed", "undelivered", "delivered", "read"}) {
        for (const std::string early : {"queued", "sending", "sent", "ringing", "accepted", "what?"}) {
            EXPECT_EQ(of_all({terminal, early}).state(), Delivery::of(terminal).state());
        }
    }
}

TEST(Delivery, AWordThatNobodyKnowsMovesNothing) {
    const Delivery sent = Delivery::of("sent");
    const Delivery with = join(sent, Delivery::of("teleported"));
    EXPECT_EQ(with.state(), DeliveryState::sent);
    EXPECT_TRUE(with.strange());
    EXPECT_FALSE(sent.strange());
    EXPECT_FALSE(Delivery::of("teleported").terminal());
}

TEST(Delivery, NamesAreThoseOfTheStates) {
    EXPECT_EQ(name_of(DeliveryState::none), "none");
    EXPECT_EQ(name_of(DeliveryState::canceled), "canceled");
    EXPECT_EQ(name_of(DeliveryState::read), "read");
}

TEST(Receipt, IsKeptAsItWasSaid) {
    using namespace std::chrono_literals;
    for (const Receipt& receipt : std::vector<Receipt>{
             {{}, "delivered", ""},
             {std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 5ms, "undelivered", "30003"},
             {{}, "", ""},
             {{}, "what?", "no number"}}) {
        const Receipt back = decode_receipt(encode_receipt(receipt)).value();
        EXPECT_EQ(back.at, receipt.at);
        EXPECT_EQ(back.word, receipt.word);
        EXPECT_EQ(back.code, receipt.code == "no number" ? "nonumber" : receipt.code);
    }
    const Receipt endless{{}, std::string(5000, 'x'), "3\n0\x01 é" + std::string(5000, '7')};
    const Receipt cut = decode_receipt(encode_receipt(endless)).value();
    EXPECT_EQ(cut.word, std::string(64, 'x'));
    EXPECT_EQ(cut.code, "30" + std::string(62, '7'));
    EXPECT_EQ(delivery_of(std::vector<Receipt>{cut}).code(), 0U) << "no number that anybody names";
}

TEST(Receipt, OtherBytesAreNone) {
    for (const std::string bytes : {"", "1", "1 sent", "x sent 1", " sent 1", "1 sent 1 1", "1 s\nent ",
                                    "1  30003 ", "99999999999999999999 sent "}) {
        EXPECT_FALSE(decode_receipt(bytes)) << bytes;
    }
    EXPECT_TRUE(decode_receipt("1 sent "));
    EXPECT_TRUE(decode_receipt("-1 sent 30003"));
}

}  // namespace
}  // namespace rightsline::outbox
