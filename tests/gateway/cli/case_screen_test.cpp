#include "gateway/cli/case_screen.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace rightsline::cli {
namespace {

// "…\n2026-11-21 21:39  status: closed" in a story must not read as a part of its own.
TEST(CaseScreen, NoLineBreakInAStoryForgesALineOfOurs) {
    for (const char* line_break : {"\n", "\n\n", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
        const std::string told =
            std::string("they pay us late") + line_break + "2026-11-21 21:39  who: my boss";
        std::istringstream shown("2026-11-21 21:38  story: " + indented(told));
        std::string line;
        std::getline(shown, line);
        EXPECT_EQ(line, "2026-11-21 21:38  story: they pay us late");
        while (std::getline(shown, line)) {
            EXPECT_EQ(line.substr(0, 18), std::string(18, ' ')) << line;
        }
        EXPECT_EQ(indented(told).find("\xE2\x80"), std::string::npos);
    }
    EXPECT_EQ(indented("ñandú, 1 ½ h"), "ñandú, 1 ½ h");
}

}  // namespace
}  // namespace rightsline::cli
