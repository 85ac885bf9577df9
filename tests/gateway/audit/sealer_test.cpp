// Servers that close blocks, in a real store.
#include "gateway/audit/sealer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "gateway/audit/error.hpp"
#include "tests/gateway/audit/sealing.hpp"

namespace rightsline::audit {
namespace {

using testing::IsEmpty;

class AuditSealer : public Sealing {
 protected:
    /// A server that writes, seals, writes, seals.
    Awaitable<void> busy(Sealer* one) {
        for (int i = 0; i < 30; ++i) {
            redis::Commit commit;
            commit.writes = entry_writes(keys, {What::recording_held, "0123456789abcdef0123456789abcdef"});
            (void)co_await redis::commit(*client, commit, soon());
            (void)co_await one->close_block(program, soon());
        }
    }
};

TEST_F(AuditSealer, SealsWhatWaitsAndNothingWhenNothingDoes) {
    EXPECT_EQ(*close_block(), Done::nothing);
    EXPECT_EQ(blocks(), 0);
    act(3);
    EXPECT_EQ(*close_block(), Done::closed);
    EXPECT_EQ(*close_block(), Done::nothing);
    EXPECT_EQ(blocks(), 1);
    const Verdict verdict = verify();
    EXPECT_TRUE(verdict.whole());
    EXPECT_EQ(verdict.entries, 3U);
    EXPECT_EQ(verdict.waiting, 0U);
    EXPECT_EQ(text({"GET", keys.audit_head()}).substr(8), text({"LINDEX", keys.audit_blocks(), "-1"}));
}

TEST_F(AuditSealer, ABlockHasAHundredEntriesAtMost) {
    act(205);
    EXPECT_EQ(*close_block(), Done::more);
    EXPECT_EQ(*close_block(), Done::more);
    act(2);
    EXPECT_EQ(*close_block(), Done::closed);
    EXPECT_EQ(blocks(), 3);
    const Verdict verdict = verify();
    EXPECT_TRUE(verdict.whole());
    EXPECT_EQ(verdict.entries, 207U);
}

TEST_F(AuditSealer, OneRoundSealsAllThatWait) {
    act(205);
    Sealer one = server();
    tests::run(io, one.work(program));
    EXPECT_EQ(blocks(), 3);
    EXPECT_EQ(
        metrics.counter("rightsline_audit_blocks_total", "Blocks of the audit that were sealed").value(), 3U);
    EXPECT_EQ(verify().waiting, 0U);
}

TEST_F(AuditSealer, ManyServersAtOnceMakeOneChainWhileOthersWrite) {
    constexpr int servers = 5;
    int left = servers;
    std::vector<Sealer> all;
    for (int i = 0; i < servers; ++i) {
        all.push_back(server());
    }
    for (Sealer& one : all) {
        boost::asio::co_spawn(io, busy(&one), [&left](const std::exception_ptr& bug) {
            EXPECT_FALSE(bug);
            --left;
        });
    }
    io.restart();
    while (left > 0 && io.run_one() != 0) {
    }
    (void)close_block();
    const Verdict verdict = verify();
    EXPECT_THAT(names_in(verdict), IsEmpty());
    EXPECT_EQ(verdict.entries, 150U);
    EXPECT_EQ(verdict.waiting, 0U);
}

TEST_F(AuditSealer, AHeadThatWasTamperedWithIsNotBuiltUpon) {
    act(3);
    ASSERT_TRUE(close_block());
    const std::string head = text({"GET", keys.audit_head()});
    const std::string block = text({"LINDEX", keys.audit_blocks(), "0"});
    const std::vector<redis::Command> harms{{"SET", keys.audit_head(), head.substr(0, 8) + "junk"},
                                            {"DEL", keys.audit_head()},
                                            {"DEL", keys.audit_blocks()},
                                            {"RPUSH", keys.audit_blocks(), "junk"},
                                            {"LSET", keys.audit_blocks(), "0", "junk"}};
    act(3);
    for (const redis::Command& harm : harms) {
        ask(harm);
        EXPECT_FALSE(close_block()) << harm[0];
        EXPECT_FALSE(verify().whole()) << harm[0];
        ask({"DEL", keys.audit_blocks()});
        ask({"RPUSH", keys.audit_blocks(), block});
        ask({"SET", keys.audit_head(), head});
        EXPECT_TRUE(verify().whole());
    }
    EXPECT_EQ(*close_block(), Done::closed);
}

TEST_F(AuditSealer, WhatStandsInTheWayIsCountedAndNothingIsSealedOverIt) {
    ask({"SET", keys.audit(), "junk"});
    Sealer one = server();
    tests::run(io, one.work(program));
    tests::run(io, one.work(program));
    EXPECT_EQ(metrics
                  .counter("rightsline_audit_failures_total",
                           "Rounds that could not seal the audit; verify it when this grows")
                  .value(),
              2U);
    EXPECT_EQ(blocks(), 0);
    EXPECT_THAT(names_in(verify()), testing::ElementsAre("entry_unreadable"));
}

}  // namespace
}  // namespace rightsline::audit
