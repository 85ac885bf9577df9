// What a hand, a bug or another program left in the queue: it stops nobody, is not acted upon, and is named.
#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using Outcome = Marked::Outcome;

class LeaseDamage : public WithQueue {
 protected:
    // Every call that writes, each on the same state; which of them were refused, and whether a refusal wrote.
    struct Refusals {
        int count = 0;
        Names wrote;
    };
    Refusals call_all(const std::string& about);

    Leased claimed;
    Leased submitting;
    Guards guards;
};

LeaseDamage::Refusals LeaseDamage::call_all(const std::string& about) {
    const auto before = everything();
    Refusals refusals;
    const auto until = in(soon);
    Claim all = terms();
    all.below_every = 2;
    all.rate = Rate{1000, 5};
    const auto check = [&](const char* call, bool worked) {
        refusals.count += worked ? 0 : 1;
        if (!worked && everything() != before) {
            refusals.wrote.push_back(call + (" on " + about));
        }
        restore(before);
    };
    check("claim", bool(tests::run(io, redis::claim(*client, queue, all, until))));
    check("mark", bool(try_mark(claimed.lease, guards)));
    check("done", bool(try_settle(submitting.lease, What::done)));
    check("again", bool(try_settle(submitting.lease, What::again)));
    check("unknown", bool(try_settle(submitting.lease, What::unknown)));
    check("release", bool(try_settle(claimed.lease, What::release)));
    check("sweep", bool(tests::run(io, sweep_settled(*client, queue, now(), now(), 10, until))));
    check("claim_unknown", bool(tests::run(io, claim_unknown(*client, queue, all, until))));
    advance(40'000);
    check("reap", bool(tests::run(io, reap(*client, queue, 10, now(), until))));
    set_clock(start_ms * 1000);
    return refusals;
}

TEST_F(LeaseDamage, AKeyOfAnotherTypeIsRefusedBeforeTheFirstWrite) {
    submitting = bring_to(Phase::submitting, "submitting");
    bring_to(Phase::unknown, "unknown");
    bring_to(Phase::done, "done");
    claimed = bring_to(Phase::claimed, "claimed");
    put("queued");
    put("to be put aside");
    ask({"HSET", queue.states, "to be put aside", "garbage"});
    guards.rate = Rate{1000, 5};
    guards.not_in = {{"{p}:so", "phone"}};
    guards.caps = {{"{p}:cap", 10, 1}, {"{p}:cap2", 10, 1}};
    guards.cap_index = "{p}:ex";
    EXPECT_EQ(call_all("what is sound").count, 0);
    const auto before = everything();
    for (const std::string& key :
         {queue.jobs, queue.states, queue.leased, queue.unknown, queue.settled, queue.rate, queue.lanes[0],
          queue.lanes[1], guards.not_in[0].key, guards.caps[0].key, guards.caps[1].key, guards.cap_index}) {
        ask({"DEL", key});
        ask({"RPUSH", key, "of another type"});
        const Refusals refusals = call_all(key);
        EXPECT_GT(refusals.count, 0) << key << " is never asked for its type";
        EXPECT_EQ(refusals.wrote, Names{});
        restore(before);
    }
    ask({"SET", "{p}:cap2", "many"});
    EXPECT_EQ(try_mark(claimed.lease, guards).error(), errc::server_error) << "no counter";
    EXPECT_EQ(number({"EXISTS", "{p}:cap"}), 0);
}

TEST_F(LeaseDamage, WhatCannotBeReadIsPutAsideAndStopsNobody) {
    const std::vector<std::string> garbage = {"",
                                              "q",
                                              "q10 0 0 0 0",
                                              "x10 0 0 0 0  ",
                                              "q90 0 0 0 0  ",
                                              "q12 0 0 0 0  ",
                                              "q10 -1 0 0 0  ",
                                              "q10 0 0 0 1e5  ",
                                              "q10 01 0 0 0  ",
                                              "q10 9999999999 0 0 0  ",
                                              "q10 0 0 0 0 o/wner ",
                                              "q10 0 0 0 99999999999999999999999  ",
                                              "q10 0 0 0 0  " + std::string(2000, 'n'),
                                              "c10 1 0 0 0 gw-1 ",
                                              "s10 1 0 0 0 gw-1 ",
                                              "q20 0 0 0 0  ",
                                              std::string("\0\xFF\0", 3)};
    for (std::size_t i = 0; i < garbage.size(); ++i) {
        const std::string id = "bad " + std::to_string(100 + i);
        put(id, 1, now() - 100);
        ask({"HSET", queue.states, id, garbage[i]});
    }
    put("without payload", 1, now() - 100);
    ask({"HDEL", queue.jobs, "without payload"});
    put("good", 1, now());
    const Claimed found = take(terms(100));
    ASSERT_EQ(found.jobs.size(), 1U);
    EXPECT_EQ(found.jobs[0].lease.id, "good");
    EXPECT_EQ(found.aside, static_cast<int>(garbage.size()) + 1);
    EXPECT_EQ(number({"ZCARD", queue.unknown}), found.aside);
    EXPECT_EQ(wrong().size(), garbage.size() + 1) << "each is named";
    advance(31LL * 86'400'000);
    EXPECT_TRUE(take_unknown(terms()).jobs.empty());
    EXPECT_FALSE(take_unknown(terms()).wait_ms) << "never";
    EXPECT_EQ(take().aside, 0) << "an alarm once";
}

TEST_F(LeaseDamage, WhatCannotBeReadAmongLeasesAndUnknownIsPutAside) {
    bring_to(Phase::submitting, "leased");
    bring_to(Phase::unknown, "unknown");
    bring_to(Phase::unknown, "good");
    ask({"HSET", queue.states, "leased", "garbage"});
    ask({"HSET", queue.states, "unknown", "garbage"});
    ask({"ZADD", queue.leased, "1", "without a state"});
    EXPECT_EQ(try_mark({"leased", "gw-1", 1})->outcome, Outcome::fenced);
    EXPECT_FALSE(settle({"leased", "gw-1", 1}, What::done));
    EXPECT_FALSE(settle({"without a state", "gw-1", 1}, What::done));
    advance(40'000);
    EXPECT_EQ(end_leases().aside, 2);
    EXPECT_EQ(end_leases().aside, 0);
    Claim claim = terms();
    const Claimed looks = take_unknown(claim);
    EXPECT_EQ(looks.aside, 1);
    ASSERT_EQ(looks.jobs.size(), 1U);
    EXPECT_EQ(looks.jobs[0].lease.id, "good");
    EXPECT_EQ(take_unknown(claim).aside, 0);
    EXPECT_EQ(number({"ZCARD", queue.unknown}), 3);
    const Result<std::optional<JobState>> unreadable =
        tests::run(io, look(*client, queue, "leased", in(soon)));
    ASSERT_FALSE(unreadable);
    EXPECT_EQ(unreadable.error(), errc::unexpected_reply);
}

TEST_F(LeaseDamage, AnIdThatStraysAfterItWasDoneOnlyLeavesThePlace) {
    bring_to(Phase::done, "a");
    ask({"ZADD", queue.lanes[1], "1", "a"});
    EXPECT_TRUE(take().jobs.empty());
    EXPECT_EQ(wrong(), Names{});
    ask({"ZADD", queue.unknown, "1", "a"});
    EXPECT_TRUE(take_unknown(terms()).jobs.empty());
    EXPECT_EQ(wrong(), Names{});
    ask({"ZADD", queue.leased, "1", "a"});
    EXPECT_TRUE(end_leases().queued.empty());
    EXPECT_EQ(wrong(), Names{});
    EXPECT_EQ(phase("a"), Phase::done);
}

TEST_F(LeaseDamage, SurveyNamesWhatIsWrong) {
    for (const Phase there :
         {Phase::queued, Phase::claimed, Phase::submitting, Phase::looking, Phase::unknown, Phase::done}) {
        bring_to(there, "in " + std::to_string(static_cast<int>(there)));
        take();
    }
    put("fine");
    ASSERT_EQ(wrong(), Names{});
    const auto is_wrong = [&](const std::vector<Command>& deeds, const std::string& expected) {
        const auto before = everything();
        for (const Command& deed : deeds) {
            ask(deed);
        }
        const Names found = wrong();
        EXPECT_EQ(found, Names{expected});
        restore(before);
    };
    is_wrong({{"HSET", queue.states, "fine", "?"}}, "fine: its state record cannot be read");
    is_wrong({{"HDEL", queue.jobs, "fine"}}, "fine: it has no payload");
    is_wrong({{"ZREM", queue.lanes[1], "fine"}}, "fine: it is nowhere");
    is_wrong({{"ZADD", queue.lanes[2], "1", "fine"}}, "fine: it is in lane 1 and in lane 2");
    is_wrong({{"ZADD", queue.unknown, "1", "fine"}}, "fine: it is in unknown and in lane 1");
    is_wrong({{"ZREM", queue.lanes[1], "fine"}, {"ZADD", queue.leased, "1", "fine"}},
             "fine: it is in leased and should be in lane 1");
    is_wrong({{"ZREM", queue.unknown, "in 3"}, {"ZADD", queue.lanes[1], "1", "in 3"}},
             "in 3: it is in lane 1 and should be in unknown");
    is_wrong({{"ZREM", queue.leased, "in 2"}, {"ZADD", queue.lanes[1], "1", "in 2"}},
             "in 2: it is in lane 1 and should be in leased");
    is_wrong({{"ZADD", queue.unknown, "9007199254740991", "in 3"}}, "in 3: it was put aside");
    is_wrong({{"ZADD", queue.settled, "1", "fine"}}, "fine: it is in settled and not done");
    is_wrong({{"ZREM", queue.settled, "in 5"}}, "in 5: it is done and not in settled");
    is_wrong({{"HSET", queue.jobs, "in 5", "x"}}, "in 5: it is done and has a payload");
    is_wrong({{"ZADD", queue.leased, "1", "in 5"}}, "in 5: it is done and in leased");
    for (const std::string& zset :
         {queue.leased, queue.unknown, queue.settled, queue.lanes[0], queue.lanes[2]}) {
        is_wrong({{"ZADD", zset, "1", "lost"}}, "lost: it has no state record");
    }
    is_wrong({{"HSET", queue.jobs, "lost", "x"}}, "lost: it has no state record");
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseDamage, SurveyGoesThroughAllPages) {
    for (int i = 0; i < 700; ++i) {
        put("job " + std::to_string(i), static_cast<std::size_t>(i % 3));
    }
    ask({"HDEL", queue.jobs, "job 3", "job 333", "job 699"});
    EXPECT_EQ(wrong().size(), 3U);
}

}  // namespace
}  // namespace rightsline::redis
