#include "gateway/spool/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gateway/spool/error.hpp"
#include "gateway/spool/format.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::spool {
namespace {

class SpoolFile : public ::testing::Test {
 protected:
    tests::TemporaryDirectory folder;
    std::string path = folder.path() + "/records";
};

TEST_F(SpoolFile, IsMadeWholeAndForNobodyElse) {
    const Result<std::unique_ptr<File>> file = open_file(path, 2U << 20U);
    ASSERT_TRUE(file);
    EXPECT_EQ((*file)->size(), 2U << 20U);
    struct stat facts{};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    EXPECT_GE(facts.st_blocks * 512, 2 << 20) << "its blocks must be there before they are needed";
}

TEST_F(SpoolFile, KeepsWhatIsInItAndItsSize) {
    {
        const Result<std::unique_ptr<File>> file = open_file(path, 2U << 20U);
        ASSERT_TRUE(file);
        ASSERT_TRUE((*file)->write(5000, "words"));
        ASSERT_TRUE((*file)->sync());
    }
    const Result<std::unique_ptr<File>> again = open_file(path, 4U << 20U);
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->size(), 2U << 20U);
    EXPECT_EQ((*again)->read(5000, 5).value(), "words");
}

TEST_F(SpoolFile, KnowsWhetherItHoldsAnything) {
    const Result<std::unique_ptr<File>> file = open_file(path, 2U << 20U);
    ASSERT_TRUE(file);
    EXPECT_TRUE(holds_nothing(path));
    ASSERT_TRUE((*file)->write(0, "a head"));
    EXPECT_TRUE(holds_nothing(path));
    for (const std::uint64_t at : {records_begin, std::uint64_t{1} << 20U, (std::uint64_t{2} << 20U) - 1}) {
        ASSERT_TRUE((*file)->write(at, "w"));
        EXPECT_FALSE(holds_nothing(path)) << at;
        ASSERT_TRUE((*file)->write(at, std::string(1, '\0')));
    }
    EXPECT_TRUE(holds_nothing(path));
    EXPECT_FALSE(holds_nothing(path + ".none")) << "of what is not there nobody knows";
}

TEST_F(SpoolFile, NeverGrows) {
    const Result<std::unique_ptr<File>> file = open_file(path, 1U << 20U);
    ASSERT_TRUE(file);
    EXPECT_EQ((*file)->write((1U << 20U) - 2, "words").error(), errc::disk);
    EXPECT_EQ(std::filesystem::file_size(path), 1U << 20U);
}

TEST_F(SpoolFile, IsRefusedWhereItCannotBe) {
    EXPECT_EQ(open_file(folder.path() + "/no/such/folder", 1U << 20U).error(), errc::disk);
    std::ofstream(path) << "a note";
    EXPECT_EQ(open_file(path, 1U << 20U).error(), errc::not_ours);
    const std::string link = folder.path() + "/link";
    ASSERT_EQ(::symlink(path.c_str(), link.c_str()), 0);
    EXPECT_EQ(open_file(link, 1U << 20U).error(), errc::disk);
}

}  // namespace
}  // namespace rightsline::spool
