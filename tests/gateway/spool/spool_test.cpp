#include "gateway/spool/spool.hpp"

#include "tests/gateway/spool/with_spool.hpp"

namespace rightsline::spool {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

class Spools : public WithSpool {
 protected:
    void SetUp() override { ASSERT_TRUE(open()); }
};

TEST_F(Spools, KeepInOrderOverAStart) {
    ASSERT_TRUE(keep("one"));
    ASSERT_TRUE(keep("two"));
    ASSERT_TRUE(open());
    ASSERT_TRUE(keep("three"));
    EXPECT_EQ(spool->waiting(), 3U);
    EXPECT_EQ(drain(), (Words{"one", "two", "three"}));
    EXPECT_EQ(spool->waiting(), 0U);
}

TEST_F(Spools, SayKeptOnlyAfterTheSync) {
    ASSERT_TRUE(keep("one"));
    end();
    file->cut_power();
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), Words{"one"});
}

TEST_F(Spools, RememberWhenItCame) {
    ASSERT_TRUE(keep("one"));
    const ops::UtcMs then = calendar.now_;
    calendar.now_ += 1h;
    ASSERT_TRUE(open());
    EXPECT_EQ((*tests::run(io, spool->oldest()))->kept_at, then);
    spool->measure();
    EXPECT_EQ(metrics.gauge("rightsline_spool_oldest_seconds", "").value(), 3600);
}

TEST_F(Spools, ShareOneSyncAmongAllThatWait) {
    const int before = file->syncs;
    int kept = 0;
    for (int i = 0; i < 100; ++i) {
        boost::asio::co_spawn(
            io, spool->append("text " + std::to_string(i), far()),
            [&kept](const std::exception_ptr&, Result<void> done) { kept += done ? 1 : 0; });
    }
    tests::run_until(io, [&kept] { return kept == 100; });
    EXPECT_LE(file->syncs - before, 3);
    const Words all = drain();
    ASSERT_EQ(all.size(), 100U);
    EXPECT_EQ(all.front(), "text 0");
    EXPECT_EQ(all.back(), "text 99");
}

TEST_F(Spools, DoNotGiveBackWhatIsDrainedAndMarked) {
    ASSERT_TRUE(keep("one"));
    ASSERT_TRUE(keep("two"));
    const int before = file->syncs;
    ASSERT_EQ(oldest(), "one");
    spool->drained(1);
    settle(before + 1);  // the mark comes within a second
    end();
    file->cut_power();
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), Words{"two"});
}

TEST_F(Spools, GiveBackAgainWhatWasDrainedButNotMarked) {
    ASSERT_TRUE(keep("one"));
    ASSERT_TRUE(keep("two"));
    spool->drained(1);
    end();  // killed at once
    file->cut_power();
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), (Words{"one", "two"}));
}

TEST_F(Spools, UseTheirSpaceAgainWhenAllIsDrained) {
    const std::string long_text(100'000, 'x');
    for (int round = 0; round < 4; ++round) {  // 3.2 MB through a file of one
        for (int i = 0; i < 8; ++i) {
            ASSERT_TRUE(keep(long_text)) << round << " " << i;
        }
        ASSERT_EQ(drain().size(), 8U);
        begin_again();
    }
    ASSERT_TRUE(keep("last"));
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), Words{"last"});
}

TEST_F(Spools, LeaveNothingOfWhatIsDrained) {
    ASSERT_TRUE(keep("one"));
    drain();
    begin_again();
    EXPECT_EQ(file->bytes().find_first_not_of('\0', static_cast<std::size_t>(records_begin)),
              std::string::npos);
}

TEST_F(Spools, SayThatTheyAreFull) {
    const std::string long_text(200'000, 'x');
    int kept = 0;
    Result<void> last;
    while ((last = keep(long_text))) {
        ++kept;
    }
    EXPECT_EQ(last.error(), errc::full);
    EXPECT_GE(kept, 4);
    EXPECT_EQ(keep(std::string(300'000, 'x')).error(), errc::too_long);
    EXPECT_EQ(drain().size(), static_cast<std::size_t>(kept)) << "what is full still gives back";
}

TEST_F(Spools, SealWhatTheyKeep) {
    ASSERT_TRUE(keep("my boss hit me"));
    EXPECT_EQ(file->bytes().find("boss"), std::string::npos);
}

TEST_F(Spools, OfAnotherKeyAreRefusedWhileSomethingWaits) {
    ASSERT_TRUE(keep("one"));
    end();
    const vault::KeyFolder other;
    vault = vault::make_vault(other.keys());
    EXPECT_EQ(open().error(), errc::other_key);
    vault = vault::make_vault(folder.keys());
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), Words{"one"}) << "the refusal changed nothing";
}

TEST_F(Spools, OfAnotherKeyAreTakenOverWhenTheyAreEmpty) {
    ASSERT_TRUE(keep("one"));
    drain();
    begin_again();
    end();
    const vault::KeyFolder other;
    vault = vault::make_vault(other.keys());
    ASSERT_TRUE(open());
    ASSERT_TRUE(keep("two"));
    EXPECT_EQ(drain(), Words{"two"});
}

TEST_F(Spools, OpenUnderANewStateKey) {
    ASSERT_TRUE(keep("one"));
    end();
    ASSERT_TRUE(vault::add_state_key(folder.path()));
    vault = vault::make_vault(folder.keys());
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), Words{"one"});
}

}  // namespace
}  // namespace rightsline::spool
