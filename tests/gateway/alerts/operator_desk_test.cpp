#include "gateway/alerts/operator_desk.hpp"

#include <gtest/gtest.h>

#include "gateway/vault/local_vault.hpp"
#include "redis/lease_queue.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"
#include "tests/support/manual_clock.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr const char* line = "+15005550006";

class Operators : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, redis::in(5s))));
        vault = vault::make_vault(folder.keys());
        out.program = "fair-food";
        out.line = line;
        out.queue = outbox::queue_of(keys, line);
        outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                  std::map<std::string, outbox::LineOut>{{line, out}});
        open();
    }
    /// As after a restart, or as on another server.
    void open(std::vector<std::string> numbers = {"+15005550109", "+15005550108"}) {
        std::vector<vault::PhoneNumber> phones;
        for (const std::string& one : numbers) {
            phones.push_back(*vault::PhoneNumber::parse(one));
        }
        desk = std::make_unique<OperatorDesk>(
            OperatorServices{*client, *vault, clock, *outbox, [this] { ++woken; }}, line, std::move(phones));
    }
    void tell(Matter matter, int step) { tests::run(io, desk->tell(matter, step)); }
    std::int64_t posted() { return number({"ZCARD", out.queue.lanes[0]}); }

    stores::Keyspace keys{"fair-food"};
    vault::KeyFolder folder;
    support::ManualClock clock;
    std::unique_ptr<vault::Vault> vault;
    outbox::LineOut out;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<OperatorDesk> desk;
    int woken = 0;
};

TEST_F(Operators, AreToldOnceADayForEachStepWhoeverNotices) {
    tell(Matter::disk, 1);
    EXPECT_EQ(posted(), 2) << "each of the two, by the alerts' lane";
    EXPECT_EQ(woken, 2);
    tell(Matter::disk, 1);
    open();
    tell(Matter::disk, 1);
    EXPECT_EQ(posted(), 2);
    tell(Matter::disk, 2);
    EXPECT_EQ(posted(), 4) << "it got worse";
    tell(Matter::memory, 1);
    EXPECT_EQ(posted(), 6) << "another matter";
    clock.advance(24h);
    tell(Matter::disk, 2);
    EXPECT_EQ(posted(), 8) << "another day";
}

TEST_F(Operators, AreToldLaterWhenTheStoreTakesNothingNow) {
    client->close();
    tell(Matter::disk, 1);
    EXPECT_EQ(woken, 0);
    client = redis::make_client(io.get_executor(), address_of(redis::shared_server()));
    outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                              std::map<std::string, outbox::LineOut>{{line, out}});
    open();
    tell(Matter::disk, 1);
    EXPECT_EQ(posted(), 2);
}

TEST_F(Operators, NobodyIsToldWhereNobodyIsNamed) {
    open({});
    tell(Matter::disk, 2);
    EXPECT_EQ(posted(), 0);
}

TEST_F(Operators, TheWordsAreOneTextAndNameNobody) {
    for (const Matter matter : {Matter::disk, Matter::memory, Matter::clock, Matter::vault}) {
        for (const int step : {1, 2}) {
            const std::string words = operator_words(matter, step);
            EXPECT_LE(words.size(), 160U) << words;
            EXPECT_GT(words.size(), 20U);
        }
    }
}

}  // namespace
}  // namespace rightsline::alerts
