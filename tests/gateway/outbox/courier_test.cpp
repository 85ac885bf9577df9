// E-mails and webhooks on their way: once, again, in doubt, and too late.
#include "gateway/outbox/courier.hpp"

#include <gtest/gtest.h>

#include "gateway/ops/supervise.hpp"
#include "gateway/outbox/fate.hpp"
#include "gateway/vault/local_vault.hpp"
#include "redis/transaction.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

class Couriers : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, redis::in(5s))));
        vault = vault::make_vault(folder.keys());
        tasks = std::make_unique<ops::Supervisor>(io.get_executor());
        courier = std::make_unique<Courier>(
            CourierServices{*client, *vault, clock, metrics,
                            [this](Awaitable<void> task) { tasks->spawn("notice", std::move(task)); }, "gw-1",
                            [this](std::string program, std::string id, Notice notice, Deadline) {
                                return carry(std::move(program), std::move(id), std::move(notice));
                            }});
    }
    void TearDown() override {
        tasks->cancel_all();
        (void)tests::run(io, tasks->drain(redis::in(5s)));
        WithServer::TearDown();
    }
    Awaitable<providers::SendResult> carry(std::string program, std::string id, Notice notice) {
        carried.push_back(program + " " + id + " " + notice.to.reveal() + " " + notice.body);
        co_return answer(carried.size());
    }
    void post(const std::string& id, std::chrono::milliseconds worth = 1h) {
        Notice notice;
        notice.to = locales::PrivateText("maria@example.net");
        notice.subject = "New report 7K4-921.";
        notice.body = "words";
        notice.not_after = clock.now() + worth;
        redis::Commit commit;
        commit.writes = *tests::run(io, courier->post("fair-food", id, std::move(notice)));
        ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, redis::in(5s))));
    }
    Fate fate(const std::string& id) {
        return tests::run(io, fates(*client, keys, "+15005550006", {id}, redis::in(5s)))->front();
    }
    /// Works until the notice's fate is known, or `time` is over.
    std::string settle(const std::string& id, std::chrono::milliseconds time = 10s) {
        const auto until = std::chrono::steady_clock::now() + time;
        do {
            tests::run(io, courier->work("fair-food"));
            io.restart();
            io.run_for(20ms);
        } while (
            (fate(id).state == "waiting" || fate(id).state == "in_doubt" || fate(id).state == "under_way") &&
            std::chrono::steady_clock::now() < until);
        return fate(id).state;
    }
    static providers::SendResult unknown() { return providers::Unknown{}; }

    stores::Keyspace keys{"fair-food"};
    vault::KeyFolder folder;
    ops::SystemClock clock;
    ops::Metrics metrics;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<ops::Supervisor> tasks;
    std::unique_ptr<Courier> courier;
    std::vector<std::string> carried;
    std::function<providers::SendResult(std::size_t)> answer = [](std::size_t) {
        return providers::SendResult(providers::Accepted{"", "mail"});
    };
};

TEST_F(Couriers, CarryEachNoticeOnce) {
    post("ec1-1");
    EXPECT_EQ(settle("ec1-1"), "accepted");
    tests::run(io, courier->work("fair-food"));
    EXPECT_EQ(carried, std::vector<std::string>{"fair-food ec1-1 maria@example.net words"});
}

TEST_F(Couriers, TheStoreHoldsNoAddressInClear) {
    post("ec1-1");
    const std::string stored = redis::shared_server().append_only_bytes();
    EXPECT_NE(stored.find("ec1-1"), std::string::npos);
    EXPECT_EQ(stored.find("maria@example.net"), std::string::npos);
}

TEST_F(Couriers, WhatWasNotTakenIsTriedAgain) {
    answer = [](std::size_t times) -> providers::SendResult {
        return times == 1 ? providers::SendResult(providers::Retry{{}, 0s, true})
                          : providers::Accepted{"", "mail"};
    };
    post("ec1-1");
    EXPECT_EQ(settle("ec1-1"), "accepted");
    EXPECT_EQ(carried.size(), 2U);
}

TEST_F(Couriers, WhatIsInDoubtGoesAgainAsOftenAsAnAlertMay) {
    answer = [](std::size_t) { return unknown(); };
    post("hc1-1");
    EXPECT_EQ(settle("hc1-1"), "unknown");
    EXPECT_EQ(carried.size(), 4U);  // once, and three copies
}

TEST_F(Couriers, ARefusalIsTheEnd) {
    answer = [](std::size_t) -> providers::SendResult { return providers::Rejected{}; };
    post("ec1-1");
    EXPECT_EQ(settle("ec1-1"), "rejected");
    EXPECT_EQ(carried.size(), 1U);
}

TEST_F(Couriers, WhatIsTooLateIsNotSent) {
    post("ec1-1", -1s);
    EXPECT_EQ(settle("ec1-1"), "too_late");
    EXPECT_TRUE(carried.empty());
}

TEST_F(Couriers, WhatACrashedServerWasSendingGoesAgain) {
    post("ec1-1");
    redis::Claim claim;
    claim.owner = "gone";
    claim.lease_ms = 50;
    claim.most = 1;
    claim.now_ms = clock.now().time_since_epoch().count();
    const redis::LeaseQueue queue = queue_of_notices(keys);
    const auto claimed = tests::run(io, redis::claim(*client, queue, claim, redis::in(5s)));
    ASSERT_EQ(claimed->jobs.size(), 1U);
    ASSERT_TRUE(tests::run(
        io, redis::mark_submitting(*client, queue, claimed->jobs[0].lease, 50, {}, redis::in(5s))));
    io.restart();
    io.run_for(100ms);
    EXPECT_EQ(settle("ec1-1"), "accepted");
    EXPECT_EQ(carried.size(), 1U);
}

TEST_F(Couriers, AClosedOneBeginsNothing) {
    post("ec1-1");
    courier->close();
    EXPECT_EQ(settle("ec1-1", 100ms), "waiting");
    EXPECT_TRUE(carried.empty());
}

}  // namespace
}  // namespace rightsline::outbox
