#include "gateway/cli/casework/cut_line.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rightsline::cli {
namespace {

TEST(CutLine, IsOneOfAsManyBytesAsATerminalPassesOn) {
    EXPECT_TRUE(has_cut_line(std::string(4095, 'x')));
    EXPECT_TRUE(has_cut_line("first\n" + std::string(4095, 'x') + "\nlast"));
    EXPECT_FALSE(has_cut_line(std::string(4094, 'x')));
    EXPECT_FALSE(has_cut_line(std::string(4094, 'x') + "\n" + std::string(4094, 'y') + "\n"));
    EXPECT_FALSE(has_cut_line(""));
    EXPECT_FALSE(has_cut_line("\n\n"));
}

}  // namespace
}  // namespace rightsline::cli
