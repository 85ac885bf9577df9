#include "gateway/spool/format.hpp"

#include <gtest/gtest.h>

#include "gateway/spool/error.hpp"

namespace rightsline::spool {
namespace {

/// A file in memory, records one behind the other.
struct Bytes {
    std::string all = std::string(static_cast<std::size_t>(records_begin), '\0');

    void add(std::uint64_t sequence, std::uint64_t synced, std::uint64_t epoch = 3, std::size_t size = 100) {
        all += encode_record({epoch, sequence, synced}, std::string(size, 'x'));
    }
    Scan scanned(std::uint64_t drained = 0, std::uint64_t epoch = 3) {
        all.resize(all.size() + 4096);
        const ReadAt read = [this](std::uint64_t offset, std::size_t size) {
            return std::string_view(all).substr(static_cast<std::size_t>(offset), size);
        };
        return scan(read, all.size(), epoch, drained);
    }
    void spoil(std::size_t at) { all[at] = static_cast<char>(all[at] ^ 1); }
};

std::vector<std::uint64_t> sequences(const Scan& scan) {
    std::vector<std::uint64_t> out;
    for (const Place& place : scan.waiting) {
        out.push_back(place.sequence);
    }
    return out;
}

TEST(SpoolFormat, AHeadIsReadAsItWasWritten) {
    const Head head{7, 5, 42, "sealed"};
    const std::string bytes = encode_head(head);
    EXPECT_EQ(bytes.size(), head_bytes);
    const Result<Head> read = decode_head(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->number, 7U);
    EXPECT_EQ(read->epoch, 5U);
    EXPECT_EQ(read->drained, 42U);
    EXPECT_EQ(read->check, "sealed");
}

TEST(SpoolFormat, TheNewerWholeHeadCounts) {
    std::string both = encode_head({4, 1, 10, ""}) + encode_head({5, 1, 20, ""});
    EXPECT_EQ(newest_head(both)->drained, 20U);
    both[head_bytes + 20] ^= 1;  // torn while it was written
    EXPECT_EQ(newest_head(both)->drained, 10U);
    both[20] ^= 1;
    EXPECT_EQ(newest_head(both).error(), errc::not_ours);
}

TEST(SpoolFormat, WhatANewerBuildWroteIsNotGuessedAt) {
    std::string both = encode_head({4, 1, 10, ""}) + std::string(head_bytes, '\0');
    both[8] = 2;
    EXPECT_EQ(newest_head(both).error(), errc::newer);
}

TEST(SpoolFormat, RecordsAreFoundInOrderAndTheDrainedAreNot) {
    Bytes file;
    file.add(1, 0);
    file.add(2, 1, 3, 3000);  // several sectors
    file.add(3, 2);
    const std::size_t end = file.all.size();
    const Scan found = file.scanned(1);
    EXPECT_EQ(sequences(found), (std::vector<std::uint64_t>{2, 3}));
    EXPECT_EQ(found.end, end);
    EXPECT_EQ(found.last, 3U);
    EXPECT_EQ(found.damaged + found.torn + found.litter_end, 0U);
}

TEST(SpoolFormat, ATornLastRecordIsDroppedAndSeen) {
    Bytes file;
    file.add(1, 0);
    const std::size_t end = file.all.size();
    file.add(2, 1, 3, 3000);
    file.all.resize(file.all.size() - 1024);  // its last sectors never came
    const Scan found = file.scanned();
    EXPECT_EQ(sequences(found), (std::vector<std::uint64_t>{1}));
    EXPECT_EQ(found.end, end);
    EXPECT_GT(found.litter_end, end);
    EXPECT_EQ(found.damaged, 0U);
}

TEST(SpoolFormat, DamageInTheMiddleIsCountedAndSteppedOver) {
    for (const std::size_t where :
         {std::size_t{3}, std::size_t{45}, std::size_t{100}}) {  // magic, sum, words
        Bytes file;
        file.add(1, 0);
        const std::size_t second = file.all.size();
        file.add(2, 1);
        file.add(3, 2);
        file.spoil(second + where);
        const Scan found = file.scanned();
        EXPECT_EQ(sequences(found), (std::vector<std::uint64_t>{1, 3})) << where;
        EXPECT_EQ(found.damaged, 1U) << where;
        EXPECT_EQ(found.torn, 0U) << where;
    }
}

TEST(SpoolFormat, WhatWasNeverAcknowledgedIsNoDamage) {
    Bytes file;
    file.add(1, 0);
    const std::size_t second = file.all.size();
    file.add(2, 1);
    file.add(3, 1);  // of the same batch: only 1 was known to be on the disk
    file.spoil(second + 100);
    const Scan found = file.scanned();
    EXPECT_EQ(sequences(found), (std::vector<std::uint64_t>{1, 3}));
    EXPECT_EQ(found.damaged, 0U);
    EXPECT_EQ(found.torn, 1U);
}

TEST(SpoolFormat, WhatIsLeftOfAnEarlierEpochCountsNoMoreAndIsNoLitter) {
    Bytes file;
    file.add(8, 7, 4);
    const std::size_t end = file.all.size();
    file.add(6, 5, 3, 2000);
    const Scan found = file.scanned(7, 4);
    EXPECT_EQ(sequences(found), (std::vector<std::uint64_t>{8}));
    EXPECT_EQ(found.end, end);
    EXPECT_EQ(found.litter_end, 0U);
}

TEST(SpoolFormat, ALengthThatPointsBeyondTheFileIsNoRecord) {
    Bytes file;
    file.add(1, 0);
    const std::size_t second = file.all.size();
    file.add(2, 1);
    file.all[second + 34] = 7;  // 458,852 bytes
    const Scan found = file.scanned();
    EXPECT_EQ(sequences(found), (std::vector<std::uint64_t>{1}));
}

TEST(SpoolFormat, ADiskThatGivesNothingBackGivesNoRecords) {
    const ReadAt read = [](std::uint64_t, std::size_t) { return std::string_view(); };
    EXPECT_TRUE(scan(read, 1U << 20U, 1, 0).waiting.empty());
}

}  // namespace
}  // namespace rightsline::spool
