#include "gateway/alerts/hearing.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

outbox::Fate fate(const char* state, const char* word = "") {
    outbox::Fate made;
    made.state = state;
    if (*word != '\0') {
        made.delivery = outbox::Delivery::of(word);
    }
    return made;
}

TEST(Hearing, IsOpenWhileAnythingCanStillBeSaid) {
    for (const char* state : {"waiting", "under_way", "in_doubt"}) {
        EXPECT_EQ(hearing_of(fate(state), 5h), Hearing::open) << state;
    }
    for (const char* word : {"", "queued", "sending", "sent", "a word that nobody knows"}) {
        EXPECT_EQ(hearing_of(fate("accepted", word), 59min), Hearing::open) << word;
        EXPECT_EQ(hearing_of(fate("accepted", word), 1h), Hearing::arrived) << word;
    }
}

TEST(Hearing, IsLostWhereverThePersonCannotHaveReadIt) {
    for (const char* state : {"rejected", "given_up", "unknown", "stopped", "capped", "too_late", "withdrawn",
                              "no_way", "unreadable", "forgotten"}) {
        EXPECT_EQ(hearing_of(fate(state), 0ms), Hearing::lost) << state;
    }
    for (const char* word : {"failed", "undelivered", "canceled", "no-answer", "busy"}) {
        EXPECT_EQ(hearing_of(fate("accepted", word), 0ms), Hearing::lost) << word;
    }
}

TEST(Hearing, ThePhonesWordIsStrongerThanOurs) {
    EXPECT_EQ(hearing_of(fate("unknown", "delivered"), 0ms), Hearing::arrived);
    EXPECT_EQ(hearing_of(fate("in_doubt", "read"), 0ms), Hearing::arrived);
}

TEST(Hearing, OfSeveralOneThatArrivedIsEnough) {
    const std::vector<outbox::Fate> none;
    EXPECT_EQ(hearing_of(none, 0ms), Hearing::lost);
    const std::vector<outbox::Fate> two{fate("rejected"), fate("accepted", "delivered")};
    EXPECT_EQ(hearing_of(two, 0ms), Hearing::arrived);
    const std::vector<outbox::Fate> open{fate("waiting"), fate("rejected")};
    EXPECT_EQ(hearing_of(open, 0ms), Hearing::open);
}

}  // namespace
}  // namespace rightsline::alerts
