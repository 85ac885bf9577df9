// A P3 report is told to one person; when it did not reach them, to the next.
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

class LookingBack : public Alerting {
 protected:
    /// What the dispatcher would have written: the fate of the n-th message of the case.
    void settle(int number, const std::string& note) {
        const redis::LeaseQueue& queue = outbox->find("+15005550006")->queue;
        const std::string id = named(number);
        ask({"HSET", queue.states, id, "d00 1 1 0 1 gw " + note});
        ask({"ZREM", queue.lanes[0], id});
    }
    /// The n-th message of the case, as providers know it.
    std::string named(int number) { return message_id(alert("c1"), 'a', static_cast<std::uint32_t>(number)); }
    void look() {
        clock.advance(60s);
        step();
    }
};

TEST_F(LookingBack, ToldIsWhoWasReached) {
    file("c1", Urgency::p3);
    step();
    settle(1, "accepted SM1 queued");
    look();
    EXPECT_EQ(told("c1"), "maria:sms");  // nobody has said yet that it failed
    ASSERT_TRUE(tests::run(
        io, outbox->hear("fair-food", named(1), "e", outbox::Receipt{clock.now(), "delivered", ""}, far())));
    look();
    clock.advance(std::chrono::days(1));
    step();
    EXPECT_EQ(told("c1"), "maria:sms");
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 1);  // it stands there until somebody takes it
}

TEST_F(LookingBack, WhatWasRefusedStoppedOrIsUnknownGoesToTheNext) {
    for (const char* note : {"rejected 21610/400 STOP", "stopped", "unknown", "no_way"}) {
        const std::string id = "c1";
        apply(cases::deletion_writes(keys, id));
        ask({"DEL", keys.alert(id)});
        filed = 0;
        file(id, Urgency::p3);
        step();
        settle(1, note);
        look();
        EXPECT_EQ(told(id), "maria:sms jean:sms") << note;
        const redis::LeaseQueue& queue = outbox->find("+15005550006")->queue;
        ask({"DEL", queue.states, queue.jobs, queue.lanes[0], keys.alerts()});
    }
}

TEST_F(LookingBack, WhatTheCarrierCouldNotDeliverGoesToTheNext) {
    file("c1", Urgency::p3);
    step();
    settle(1, "accepted SM1 queued");
    ASSERT_TRUE(tests::run(io, outbox->hear("fair-food", named(1), "e",
                                            outbox::Receipt{clock.now(), "undelivered", "30003"}, far())));
    look();
    EXPECT_EQ(told("c1"), "maria:sms jean:sms");
    EXPECT_NE(metrics.render().find("rightsline_alerts_lost_total 1"), std::string::npos);
}

TEST_F(LookingBack, AfterTheLastOfThemAllAreToldAndThenAgainInAnHour) {
    file("c1", Urgency::p3);
    step();
    settle(1, "stopped");
    look();
    settle(2, "stopped");
    look();  // all three, ana by call: she has no sms
    EXPECT_EQ(told("c1"), "maria:sms jean:sms maria:sms jean:sms ana:call");
    for (int message = 3; message <= 5; ++message) {
        settle(message, "rejected");
    }
    look();
    EXPECT_EQ(alert("c1").messages, 5U);
    clock.advance(59min);
    step();
    EXPECT_EQ(alert("c1").messages, 5U);
    clock.advance(1min);
    step();
    EXPECT_EQ(alert("c1").messages, 6U);
}

TEST_F(LookingBack, OneWhoCannotBeSentToIsNotWaitedFor) {
    open_desk(
        "people:\n  far: {phone: \"+26622000001\"}\n  near: {phone: \"+15005550101\", media: [sms]}\n"
        "order: [far, near]\n",
        {"+1"});
    file("c1", Urgency::p3);
    step();
    clock.advance(1s);
    step();
    EXPECT_EQ(told("c1"), "near:sms");
}

TEST_F(LookingBack, WhoTakesItEndsIt) {
    file("c1", Urgency::p3);
    step();
    settle(1, "stopped");
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    look();
    EXPECT_EQ(told("c1"), "maria:sms");
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

}  // namespace
}  // namespace rightsline::alerts
