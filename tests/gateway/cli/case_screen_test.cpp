#include "gateway/cli/casework/case_screen.hpp"

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

/// Whoever swaps what two cases keep makes bytes that look so too; nobody is to read of that as of a deletion.
TEST(CaseScreen, WhatIsStillLockedIsNotSaidToHaveBeenDestroyedForSure) {
    const std::string locked = '\2' + std::string(99, 'x');
    testing::internal::CaptureStderr();
    say_shut("a part", {}, locked);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find("or it does not belong to this case"), std::string::npos) << said;
    EXPECT_NE(said.find("rightsline fsck"), std::string::npos) << said;
}

boost::json::object clock(const char* name, std::int64_t due, const char* state) {
    return {{"name", name}, {"due", due}, {"state", state}};
}

TEST(CaseScreen, AClockSaysHowLongItHasOrHowLateItIs) {
    EXPECT_EQ(clock_words(clock("answer", 7200, "running"), 0), "answer due in 2 h");
    EXPECT_EQ(clock_words(clock("answer", 7200, "warned"), 3600), "answer soon due: in 1 h");
    EXPECT_EQ(clock_words(clock("update", 0, "overdue"), 3 * 86'400), "update overdue by 3 days");
    EXPECT_EQ(clock_words(clock("update", 10, "paused"), 0), "update stands still");
}

TEST(CaseScreen, ARowEndsWithWhoHasItAndTheClockThatPressesMost) {
    boost::json::object one{{"assignee", "maria"},
                            {"clocks", {clock("answer", 7200, "running"), clock("later", 9000, "running")}}};
    EXPECT_EQ(standing_words(one, 0), "maria; answer due in 2 h");
    one["assignee"] = "";
    EXPECT_EQ(standing_words(one, 0), "answer due in 2 h");
    one["clocks"] = boost::json::array();
    EXPECT_EQ(standing_words(one, 0), "");
    one["readable"] = false;
    EXPECT_NE(standing_words(one, 0).find("rightsline fsck"), std::string::npos);
}

boost::json::object row() {
    return {{"alias", "7K4-921"}, {"urgency", "P1"}, {"status", "received"}, {"family", "respect"},
            {"language", "es"},   {"mode", "sms"},   {"filed_hour", 0}};
}

TEST(CaseScreen, ARowSaysOfRepliesWhetherItsWorkerHasANumberToReadThemWith) {
    boost::json::object one = row();
    one["replies"] = 1;
    one["replies_read"] = 0;
    const auto shown = [&one] {
        testing::internal::CaptureStdout();
        print_row(one);
        return testing::internal::GetCapturedStdout();
    };
    EXPECT_EQ(shown().find("number"), std::string::npos);
    one["number_told"] = false;
    EXPECT_NE(shown().find("1 reply, 1 not read, its number was not told so far"), std::string::npos);
    one["number_told"] = true;
    EXPECT_EQ(shown().find("number"), std::string::npos);
}

TEST(CaseScreen, WhatATeamSortedItIntoStandsInTheRowAndByItsNameBelow) {
    boost::json::object one = row();
    testing::internal::CaptureStdout();
    print_row(one);
    one["category"] = "child_labour";
    one["category_name"] = "Child labour";
    print_row(one);
    print_standing(one);
    one["category_name"] = "";  // the program has it no more
    print_standing(one);
    EXPECT_EQ(testing::internal::GetCapturedStdout(),
              "7K4-921   P1  received        respect           es     sms    1970-01-01 00:00\n"
              "7K4-921   P1  received        child_labour      es     sms    1970-01-01 00:00\n"
              "  about Child labour (respect)\n"
              "  about child_labour (respect)\n");
}

TEST(CaseScreen, OfARecordingThatIsNotHereTheReasonIsSaid) {
    const auto line = [](const boost::json::object& whole) {
        testing::internal::CaptureStdout();
        print_part({"story", "", "ab", 5, 0}, whole);
        return testing::internal::GetCapturedStdout();
    };
    const auto in_state = [&line](const char* state, const char* why) {
        return line({{"recordings", {{{"id", "ab"}, {"state", state}, {"why", why}}}}});
    };
    const std::string plain = "1970-01-01 00:00  story: recording of 5 s (ab)";
    EXPECT_EQ(in_state("here", ""), plain + "\n");
    EXPECT_EQ(line({}), plain + "\n") << "an older server does not tell";
    EXPECT_EQ(in_state("on_its_way", ""), plain + ", still on its way\n");
    EXPECT_EQ(in_state("put_aside", "too_long"),
              plain + ", not here: it is too long: more than 8 MiB; fetch it by hand at the provider\n");
    EXPECT_EQ(in_state("put_aside", "a_newer\x1b[2J"), plain + ", not here: a_newer[2J\n");
    EXPECT_NE(in_state("lost", "").find("rightsline fsck"), std::string::npos);
    EXPECT_NE(line({{"recordings", boost::json::array()}}).find("deleted"), std::string::npos);
}

TEST(CaseScreen, ANoteShowsAsOneAndSpoilsNoScreen) {
    testing::internal::CaptureStdout();
    print_notes_head();
    print_note({"maria\x1b[2J", "one\n2026-11-22 10:00  story: two\x07", 0});
    const std::string shown = testing::internal::GetCapturedStdout();
    EXPECT_EQ(shown,
              "---- the team's own notes: no worker hears them ----\n"
              "1970-01-01 00:00  note of maria[2J: one\n"
              "                  2026-11-22 10:00  story: two\n");
}

}  // namespace
}  // namespace rightsline::cli
