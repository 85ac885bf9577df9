// How long an alert is left in one pair of hands: those of its provider, and of a server that died.
#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::outbox {
namespace {

class AlertPatience : public Dispatching {
 protected:
    void SetUp() override {
        Dispatching::SetUp();
        open_outbox();
        outside.before_answer = [this]() -> Awaitable<void> {
            redis::Command ends{"ZRANGE", lines.at(line).queue.leased, "0", "-1", "WITHSCORES"};
            const auto leased = co_await client->execute(std::move(ends), redis::in(5s));
            const std::int64_t end = std::stoll(*leased->array()->at(1).string());
            lease = std::chrono::milliseconds(end) - clock.now().time_since_epoch();
        };
        start();
    }
    void send(Lane lane) {
        const std::string id = "m" + std::to_string(static_cast<int>(lane));
        begun = clock.steady();
        post(id, text(lane, 3));
        wait_done(id);
        given = outside.deadlines.back() - begun;
    }

    Deadline begun;
    std::chrono::nanoseconds given{};    // to the provider
    std::chrono::milliseconds lease{0};  // left, while the provider is asked
};

TEST_F(AlertPatience, AnAlertThatIsNotAnsweredGoesAgainSoonerThanAReplyIsInDoubt) {
    send(Lane::reply);
    const auto of_reply = given;
    EXPECT_GT(of_reply, 9s);
    send(Lane::alert);
    EXPECT_LE(given, 6s);
    EXPECT_GT(given, 4s);
}

TEST_F(AlertPatience, AnAlertOfAServerThatDiedIsTakenBackWithinTenSecondsAndNeverWhileItIsSent) {
    send(Lane::alert);
    EXPECT_LE(lease, 10s);
    EXPECT_GT(lease, given) << "a live send must not be taken for a dead one";
    send(Lane::reply);
    EXPECT_GT(lease, given);
}

}  // namespace
}  // namespace rightsline::outbox
