#include "gateway/health/admission.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "gateway/ops/pause.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/support/run.hpp"

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

class Seats : public testing::Test {
 protected:
    Admission::Seat wait(std::chrono::milliseconds time) { return tests::run(io, seats.enter(in(time))); }
    boost::asio::io_context io{1};
    ops::Metrics metrics;
    Admission seats{metrics, {4, 2}};
    ops::Supervisor tasks{io.get_executor()};
};

TEST_F(Seats, AreSoManyAndComeBack) {
    std::vector<Admission::Seat> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(seats.try_enter());
        EXPECT_TRUE(held.back());
    }
    EXPECT_FALSE(seats.try_enter());
    held.pop_back();
    EXPECT_TRUE(seats.try_enter()) << "given back with the statement";
    EXPECT_EQ(seats.taken(), 3U);
    held.clear();
    EXPECT_EQ(seats.taken(), 0U);
}

TEST_F(Seats, AreCrowdedFromHalfOn) {
    const Admission::Seat one = seats.try_enter();
    const Admission::Seat two = seats.try_enter();
    EXPECT_FALSE(seats.crowded());
    const Admission::Seat three = seats.try_enter();
    EXPECT_TRUE(seats.crowded());
}

TEST_F(Seats, WhoWaitsInVainIsToldSoInTime) {
    std::vector<Admission::Seat> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(seats.try_enter());
    }
    const Deadline begun = in(0ms);
    EXPECT_FALSE(wait(50ms));
    EXPECT_GE(in(0ms) - begun, 50ms);
    held.pop_back();
    EXPECT_TRUE(wait(50ms)) << "the one who has gone holds nothing up";
    EXPECT_EQ(seats.taken(), 3U);
}

Awaitable<void> sit(Admission& seats, int who, std::vector<int>& order, Deadline last) {
    const Admission::Seat seat = co_await seats.enter(last);
    order.push_back(seat ? who : -who);
    const bool going = co_await ops::pause(5ms);
    static_cast<void>(going);
}

TEST_F(Seats, GoToThoseWhoWaitInTheirOrderAndTheLineIsBounded) {
    std::vector<Admission::Seat> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(seats.try_enter());
    }
    std::vector<int> order;
    for (int who = 1; who <= 3; ++who) {
        tasks.spawn("waiting", sit(seats, who, order, in(5s)));
    }
    tests::run_until(io, [&] { return !order.empty(); });
    EXPECT_EQ(order, std::vector<int>{-3}) << "two may wait; a third is answered at once";
    held.pop_back();
    tests::run_until(io, [&] { return order.size() == 3; });
    EXPECT_EQ(order, (std::vector<int>{-3, 1, 2}));
    tests::run_until(io, [&] { return tasks.live() == 0; });
    EXPECT_EQ(seats.taken(), 3U);
}

TEST_F(Seats, OneWhoIsGivenUpInTheLineLosesNoSeat) {
    std::vector<Admission::Seat> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(seats.try_enter());
    }
    std::vector<int> order;
    tasks.spawn("waiting", sit(seats, 1, order, in(5s)));
    io.restart();
    io.poll();
    tasks.cancel_all();
    held.clear();
    tests::run_until(io, [&] { return tasks.live() == 0; });
    EXPECT_EQ(seats.taken(), 0U);
}

}  // namespace
}  // namespace rightsline::health
