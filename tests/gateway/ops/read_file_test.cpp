#include "gateway/ops/read_file.hpp"

#include <gtest/gtest.h>
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

}  // namespace
}  // namespace rightsline::ops
