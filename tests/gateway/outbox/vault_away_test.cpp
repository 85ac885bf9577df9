// What leaves, and what waits, while the vault's home cannot open anything.
#include "gateway/vault/error.hpp"
#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::outbox {
namespace {

class AwayHome final : public vault::Home {
 public:
    explicit AwayHome(const vault::Keys& keys) : home_(vault::make_home(keys)) {}
    Awaitable<Result<std::vector<vault::KeyedId>>> name(std::vector<vault::IdRequest> requests) override {
        return home_->name(std::move(requests));
    }
    Awaitable<Result<std::vector<std::string>>> open(std::vector<vault::SealRequest> requests) override {
        ++asked;
        if (trouble) {
            co_return trouble;
        }
        co_return co_await home_->open(std::move(requests));
    }
    boost::system::error_code trouble = vault::errc::away;
    int asked = 0;

 private:
    std::unique_ptr<vault::Home> home_;
};

class VaultAway : public Dispatching {
 protected:
    void SetUp() override {
        Dispatching::SetUp();
        auto made = std::make_unique<AwayHome>(folder.keys());
        home = made.get();
        vault = vault::make_vault(vault::lend(folder.keys()), std::move(made), folder.keys().epochs());
    }
    void wait_note(const std::string& id, const std::string& wanted) {
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (note(id) != wanted && std::chrono::steady_clock::now() < until) {
            pass(20ms);
        }
        ASSERT_EQ(note(id), wanted);
    }
    AwayHome* home = nullptr;
};

TEST_F(VaultAway, AReplyWaitsWithTheReasonAndGoesWhenItIsBack) {
    start();
    post("a", text(Lane::reply));
    wait_note("a", "waits: vault away");
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(state("a")->attempts, 0) << "it was not tried";
    home->trouble = {};
    wait_done("a");
    EXPECT_EQ(outside.asked.size(), 1U);
    EXPECT_TRUE(note("a").starts_with("accepted"));
}

TEST_F(VaultAway, AnAlertNeedsItNot) {
    start();
    post("alert", text(Lane::alert));
    wait_done("alert");
    EXPECT_EQ(home->asked, 0);
}

TEST_F(VaultAway, AQuotaThatIsUsedUpIsNoReasonToAskEverySecond) {
    home->trouble = vault::errc::used_up;
    start();
    post("a", text(Lane::reply));
    wait_note("a", "waits: vault's quota of the day");
    const int asked = home->asked;
    pass(3s);
    EXPECT_EQ(home->asked, asked);
    EXPECT_FALSE(is_done("a"));
}

TEST_F(VaultAway, WhatNobodyCanOpenIsGivenUp) {
    home->trouble = vault::errc::sealed_otherwise;
    start();
    post("a", text(Lane::reply));
    wait_done("a");
    EXPECT_TRUE(note("a").starts_with("no_way")) << note("a");
}

}  // namespace
}  // namespace rightsline::outbox
