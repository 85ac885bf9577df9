#include "gateway/cli/casework/task_command.hpp"

#include <gtest/gtest.h>

#include "gateway/cli/casework/case_screen.hpp"

namespace rightsline::cli {
namespace {

TEST(TaskCommand, ReadsHowFarAheadATaskIsDue) {
    EXPECT_EQ(seconds_ahead("12h"), 12 * 3600);
    EXPECT_EQ(seconds_ahead("3d"), 3 * 24 * 3600);
    for (const char* wrong :
         {"", "3", "d", "h", "0d", "-1d", "3m", "3dd", "3d ", "1000d", "99999999999999999999d", "tomorrow"}) {
        EXPECT_FALSE(seconds_ahead(wrong)) << wrong;
    }
}

TEST(TaskCommand, ARowSaysWhatIsToBeDoneAndHowMuchOfItIsLate) {
    EXPECT_EQ(standing_words({{"assignee", "maria"}, {"tasks_open", 2}, {"tasks_late", 1}}, 0),
              "maria; 2 tasks, 1 late");
    EXPECT_EQ(standing_words({{"assignee", ""}, {"tasks_open", 1}, {"tasks_late", 0}}, 0), "1 task");
    EXPECT_EQ(standing_words({{"assignee", ""}, {"tasks_open", 0}, {"tasks_late", 0}}, 0), "");
}

}  // namespace
}  // namespace rightsline::cli
