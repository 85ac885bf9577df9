#include "gateway/ops/read_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace rightsline::ops {
namespace {

TEST(ReadFile, GivesEveryByteOrNothing) {
    const std::string path = testing::TempDir() + "read_file_" + std::to_string(::getpid());
    const std::string bytes("a\0\r\n\xFF", 5);
    std::ofstream(path, std::ios::binary) << bytes;
    EXPECT_EQ(read_file(path), bytes);
    std::remove(path.c_str());
    EXPECT_EQ(read_file(path), std::nullopt);
}

TEST(ReadFile, TakesNothingThatMayNeverEnd) {
    EXPECT_EQ(read_file("/dev/zero"), std::nullopt);
    EXPECT_EQ(read_file(testing::TempDir()), std::nullopt);
    const std::string pipe = testing::TempDir() + "read_file_pipe_" + std::to_string(::getpid());
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read_file(pipe), std::nullopt) << "nobody writes into it";
    std::remove(pipe.c_str());
}

TEST(ReadFile, TakesNothingLongerThanItsReaderExpects) {
    const std::string path = testing::TempDir() + "read_file_long_" + std::to_string(::getpid());
    std::ofstream(path, std::ios::binary) << std::string(20'001, 'x');
    EXPECT_EQ(read_file(path, 20'000), std::nullopt);
    EXPECT_EQ(read_file(path, 20'001), std::string(20'001, 'x'));
    std::remove(path.c_str());
}

}  // namespace
}  // namespace rightsline::ops
