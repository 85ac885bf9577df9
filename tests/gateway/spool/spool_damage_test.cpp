// A disk that fails, lies, or loses its power.
#include "tests/gateway/spool/with_spool.hpp"

namespace rightsline::spool {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

class DamagedSpool : public WithSpool {
 protected:
    void SetUp() override { ASSERT_TRUE(open()); }
};

TEST_F(DamagedSpool, IsClosedForGoodAfterAFailedSync) {
    ASSERT_TRUE(keep("one"));
    file->fail_sync = true;
    EXPECT_EQ(keep("two").error(), errc::unsure);
    file->fail_sync = false;
    EXPECT_EQ(keep("three").error(), errc::closed) << "a later success of the kernel is worth nothing";
    EXPECT_FALSE(spool->takes());
    EXPECT_EQ(metrics.gauge("rightsline_spool_writable", "").value(), 0);
    EXPECT_EQ(oldest(), "one") << "what was kept can still be drained";
}

TEST_F(DamagedSpool, IsClosedAfterAFailedWrite) {
    file->fail_write = true;
    EXPECT_EQ(keep("one").error(), errc::unsure);
    EXPECT_EQ(keep("two").error(), errc::closed);
}

TEST_F(DamagedSpool, IsRefusedAtStartWhenItCannotBeWritten) {
    end();
    file->fail_sync = true;
    EXPECT_EQ(open().error(), errc::disk);
    file->fail_sync = false;
    file->fail_write = true;
    EXPECT_EQ(open().error(), errc::disk);
}

TEST_F(DamagedSpool, DropsATornTailAndGoesOnBehindTheLastWholeRecord) {
    ASSERT_TRUE(keep("one"));
    end();
    const std::size_t tail = static_cast<std::size_t>(records_begin) + sector;
    file->bytes().replace(tail, 40, encode_record({1, 2, 1}, std::string(2000, 's')).substr(0, 40));
    file->bytes()[tail + 600] = 'x';
    ASSERT_TRUE(open());
    ASSERT_TRUE(keep("two"));
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), (Words{"one", "two"}));
}

TEST_F(DamagedSpool, StepsOverWhatDoesNotOpenAndSaysSo) {
    ASSERT_TRUE(keep("one"));
    ASSERT_TRUE(keep("two"));
    ASSERT_TRUE(keep("three"));
    file->bytes()[records_begin + sector + 80] ^= 1;  // while the server runs
    EXPECT_EQ(drain(), (Words{"one", "three"}));
    EXPECT_EQ(metrics.counter("rightsline_spool_damaged_total", "").value(), 1U);
}

TEST_F(DamagedSpool, CountsWhatItCannotReadAtStart) {
    ASSERT_TRUE(keep("one"));
    ASSERT_TRUE(keep("two"));
    ASSERT_TRUE(keep("three"));
    end();
    file->bytes()[records_begin + sector + 80] ^= 1;
    ASSERT_TRUE(open());
    EXPECT_EQ(metrics.counter("rightsline_spool_damaged_total", "").value(), 1U);
    EXPECT_EQ(drain(), (Words{"one", "three"}));
}

TEST_F(DamagedSpool, TriesAgainWhereTheDiskDoesNotAnswer) {
    ASSERT_TRUE(keep("one"));
    file->fail_read = true;
    EXPECT_EQ(tests::run(io, spool->oldest()).error(), errc::disk);
    EXPECT_EQ(spool->waiting(), 1U) << "one failed read loses nothing";
    file->fail_read = false;
    EXPECT_EQ(oldest(), "one");
}

TEST_F(DamagedSpool, IsReadByItsRecordsWhenBothHeadsAreGone) {
    ASSERT_TRUE(keep("one"));
    ASSERT_TRUE(keep("two"));
    end();
    file->bytes()[30] ^= 1;
    file->bytes()[head_bytes + 30] ^= 1;
    ASSERT_TRUE(open());
    EXPECT_EQ(drain(), (Words{"one", "two"}));
}

TEST_F(DamagedSpool, IsNotMadeOutOfAnotherFile) {
    end();
    file = std::make_shared<MemoryFile>();
    file->bytes().replace(0, 12, "a diary of m");
    EXPECT_EQ(open().error(), errc::not_ours);
}

TEST_F(DamagedSpool, OfANewerBuildIsRefused) {
    end();
    file->bytes()[8] = 9;
    file->bytes()[head_bytes + 8] = 9;
    EXPECT_EQ(open().error(), errc::newer);
}

TEST_F(DamagedSpool, LosesNothingAcknowledgedWhateverSectorsThePowerCutLeft) {
    for (std::size_t mask = 0; mask < 16; ++mask) {
        end();
        file = std::make_shared<MemoryFile>();
        ASSERT_TRUE(open());
        ASSERT_TRUE(keep("kept"));
        const std::size_t first = file->bytes().find("RLRECORD") / 512 + 1;
        const std::string torn = encode_record({1, 2, 1}, std::string(1500, 's'));
        ASSERT_TRUE(file->write(first * 512, torn));  // never synced
        std::vector<std::size_t> reached;
        for (std::size_t i = 0; i < 4; ++i) {
            if ((mask >> i & 1U) != 0) {
                reached.push_back(first + i);
            }
        }
        end();
        file->cut_power(reached);
        ASSERT_TRUE(open()) << mask;
        ASSERT_TRUE(keep("after")) << mask;
        const Words all = drain();
        EXPECT_EQ(all.front(), "kept") << mask;
        EXPECT_EQ(all.back(), "after") << mask;
    }
}

}  // namespace
}  // namespace rightsline::spool
