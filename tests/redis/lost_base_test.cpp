#include "redis/lost_base.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/support/redis_server.hpp"

namespace rightsline::redis {
namespace {

using Names = std::set<std::string, std::less<>>;

std::optional<std::string> mended(std::string_view manifest, const Names& standing) {
    return with_former_base(manifest, [&](std::string_view name) { return standing.contains(name); });
}

// As Redis 7.0.15 left it when the directory could not be synced in the midst of a rewrite.
constexpr std::string_view lost =
    "file appendonly.aof.14.base.rdb seq 14 type b\n"
    "file appendonly.aof.15.incr.aof seq 15 type h\n"
    "file appendonly.aof.13.base.rdb seq 13 type h\n"
    "file appendonly.aof.16.incr.aof seq 16 type i\n";
const Names what_stands{"appendonly.aof.13.base.rdb", "appendonly.aof.15.incr.aof",
                        "appendonly.aof.16.incr.aof"};

TEST(LostBase, IsReplacedByTheFormerOneAndAllThatWasWrittenSince) {
    EXPECT_EQ(mended(lost, what_stands),
              "file appendonly.aof.13.base.rdb seq 13 type b\n"
              "file appendonly.aof.15.incr.aof seq 15 type i\n"
              "file appendonly.aof.16.incr.aof seq 16 type i\n");
}

TEST(LostBase, ThatStandsIsLeftAlone) {
    Names all = what_stands;
    all.insert("appendonly.aof.14.base.rdb");
    EXPECT_EQ(mended(lost, all), std::nullopt);
}

TEST(LostBase, IsNotGuessedWhereAnythingElseIsMissing) {
    for (const std::string& gone : what_stands) {
        Names fewer = what_stands;
        fewer.erase(gone);
        EXPECT_EQ(mended(lost, fewer), std::nullopt) << gone;
    }
}

TEST(LostBase, IsNotGuessedFromTwoFormerOnes) {
    Names both = what_stands;
    both.insert("appendonly.aof.12.base.rdb");
    EXPECT_EQ(mended(std::string(lost) + "file appendonly.aof.12.base.rdb seq 12 type h\n", both),
              std::nullopt);
}

TEST(LostBase, IsNotGuessedOverAGap) {
    constexpr std::string_view gap =
        "file a.3.base.rdb seq 3 type b\nfile a.2.base.rdb seq 2 type h\n"
        "file a.4.incr.aof seq 4 type h\nfile a.6.incr.aof seq 6 type i\n";
    EXPECT_EQ(mended(gap, {"a.2.base.rdb", "a.4.incr.aof", "a.6.incr.aof"}), std::nullopt);
}

TEST(LostBase, IsNotGuessedFromWhatAnotherRedisMayWrite) {
    for (const std::string_view odd :
         {"", "file a.1.base.rdb seq 1 type b startoffset 7\n", "file \"a 1.base.rdb\" seq 1 type b\n",
          "file ../a.1.base.rdb seq 1 type b\n", "file a.1.base.rdb seq -1 type b\n",
          "file a.1.base.rdb seq 1 type z\n", "file a.1.base.rdb seq 1 type b\n\n", "\xff\xfe"}) {
        EXPECT_EQ(mended(odd, {}), std::nullopt) << odd;
    }
}

class LostBaseOnDisk : public testing::Test {
 protected:
    void put(const std::string& name, std::string_view text) const {
        std::ofstream(folder.path() + "/" + name, std::ios::binary) << text;
    }
    std::string read(const std::string& name) const {
        std::ifstream file(folder.path() + "/" + name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    tests::TemporaryDirectory folder;
};

TEST_F(LostBaseOnDisk, IsMendedOnceAndTheManifestAsItWasIsKept) {
    put("appendonly.aof.manifest", lost);
    for (const std::string& name : what_stands) {
        put(name, "x");
    }
    EXPECT_TRUE(name_former_base(folder.path()) == Base::named_again);
    EXPECT_TRUE(
        read("appendonly.aof.manifest").starts_with("file appendonly.aof.13.base.rdb seq 13 type b\n"));
    EXPECT_EQ(read("appendonly.aof.manifest.lost-base"), lost);
    EXPECT_TRUE(name_former_base(folder.path()) == Base::stands);
}

TEST_F(LostBaseOnDisk, ThatCannotBeMendedIsToldAndUntouched) {
    put("appendonly.aof.manifest", lost);
    EXPECT_TRUE(name_former_base(folder.path()) == Base::lost);
    EXPECT_EQ(read("appendonly.aof.manifest"), lost);
}

TEST_F(LostBaseOnDisk, AFolderWithoutAManifestNeedsNothing) {
    EXPECT_TRUE(name_former_base(folder.path()) == Base::stands);
    EXPECT_TRUE(name_former_base(folder.path() + "/nowhere") == Base::stands);
}

}  // namespace
}  // namespace rightsline::redis
