// A provider's copies: asked for until they are gone.
#include "gateway/outbox/copies.hpp"

#include <gtest/gtest.h>

#include "gateway/ops/supervise.hpp"
#include "gateway/providers/provider.hpp"
#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::outbox {
namespace {

class CopiesThere : public Dispatching {
 protected:
    CopiesThere() {
        dialect = "twilio";
        account_sid = "AC00000000000000000000000000000000";
    }
    static constexpr const char* sid = "SM00000000000000000000000000000009";

    void open(CopyPolicy policy) {
        copies = std::make_unique<Copies>(
            CopyServices{*client, clock, metrics, outside,
                         [this](Awaitable<void> task) { tasks->spawn("copy", std::move(task)); }},
            std::map<std::string, CopyAccount>{{"main", {&provider->sender(), &account, policy}}});
    }
    void request() {
        redis::Commit commit;
        commit.writes.push_back(request_erasure(keys, "main", sid, clock.now()));
        ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, redis::in(5s))));
    }
    void work() {
        tests::run(io, copies->work("fair-food"));
        pass(100ms);
    }
    /// As if its time had come.
    void make_due() { ask({"ZADD", keys.copies("main"), "1", sid}); }
    CopyTally tally() { return tests::run(io, copies->tally("fair-food", "main", redis::in(5s))).value(); }

    std::unique_ptr<Copies> copies;
};

TEST_F(CopiesThere, AreRedactedAndConfirmed) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> {
        return status(200, {}, R"({"body": ""})");
    };
    open(CopyPolicy::redact);
    request();
    work();
    ASSERT_EQ(outside.asked.size(), 1U);
    EXPECT_EQ(outside.asked[0].method, "POST");
    EXPECT_TRUE(outside.asked[0].url.ends_with(std::string("/Messages/") + sid + ".json"));
    EXPECT_EQ(outside.asked[0].body, "Body=");
    EXPECT_EQ(tally().waiting, 0);
    work();
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(CopiesThere, AreDeletedWhereThatIsWanted) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> { return status(204, {}, ""); };
    open(CopyPolicy::erase);
    request();
    work();
    ASSERT_EQ(outside.asked.size(), 1U);
    EXPECT_EQ(outside.asked[0].method, "DELETE");
    EXPECT_EQ(tally().waiting, 0);
}

TEST_F(CopiesThere, AreLeftAloneWhereTheyAreKept) {
    open(CopyPolicy::keep);
    request();
    work();
    EXPECT_TRUE(outside.asked.empty());
}

TEST_F(CopiesThere, AreAskedForAgainWhenTheProviderDoesNotSayThatTheyAreGone) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> { return status(503); };
    open(CopyPolicy::redact);
    request();
    work();
    EXPECT_EQ(tally().waiting, 1);
    work();
    EXPECT_EQ(outside.asked.size(), 1U);  // not before its time
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> {
        return status(200, {}, R"({"body": ""})");
    };
    make_due();
    work();
    EXPECT_EQ(outside.asked.size(), 2U);
    EXPECT_EQ(tally().waiting, 0);
    EXPECT_EQ(number({"HLEN", keys.copies_trouble("main")}), 0);
}

TEST_F(CopiesThere, ThatAreRefusedAgainAndAgainAreForAPerson) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> {
        return status(400, {}, R"({"code": 20001})");
    };
    open(CopyPolicy::redact);
    request();
    for (int i = 0; i < most_refused_erasures; ++i) {
        make_due();
        work();
    }
    EXPECT_EQ(tally().waiting, 0);
    EXPECT_EQ(tally().given_up, 1);
    EXPECT_EQ(number({"XLEN", keys.audit()}), 1);
}

TEST_F(CopiesThere, ThatAreOlderThanADayAreLate) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> { return status(503); };
    open(CopyPolicy::redact);
    request();
    EXPECT_EQ(tally().late, 0);
    make_due();  // long ago: nobody has asked at all
    EXPECT_EQ(tally().late, 1);
    work();
    EXPECT_EQ(tally().late, 0);
    ask({"ZADD", keys.copies_failing("main"), "1", sid});
    EXPECT_EQ(tally().late, 1);
    tests::run(io, copies->measure({"fair-food"}));
    EXPECT_NE(metrics.render().find("rightsline_provider_copies_late 1"), std::string::npos);
}

TEST(NextErasure, BacksOffToAnHourAndHasAnEnd) {
    for (std::int64_t attempts = 1; attempts < most_erasures; ++attempts) {
        const auto rest = next_erasure({attempts, 1, ""}, false, 0.999);
        ASSERT_TRUE(rest);
        EXPECT_GE(*rest, 30s);
        EXPECT_LE(*rest, 1h);
    }
    EXPECT_FALSE(next_erasure({most_erasures, 1, ""}, false, 0.5));
    EXPECT_FALSE(next_erasure({most_refused_erasures, 1, ""}, true, 0.5));
    EXPECT_TRUE(next_erasure({most_refused_erasures, 1, ""}, false, 0.5));
}

TEST(CopyTrouble, IsReadAsItWasWritten) {
    const CopyTrouble read = parse_trouble(to_bytes({7, 1763794626123, "The provider does not erase it."}));
    EXPECT_EQ(read.attempts, 7);
    EXPECT_EQ(read.since_ms, 1763794626123);
    EXPECT_EQ(read.why, "The provider does not erase it.");
    EXPECT_EQ(parse_trouble("").attempts, 0);
}

}  // namespace
}  // namespace rightsline::outbox
