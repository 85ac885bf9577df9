#include "gateway/prompts/take.hpp"

#include <gtest/gtest.h>

#include "gateway/prompts/error.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompts {
namespace {

Take waiting() {
    Take take;
    take.by = "Mpho Mokoena";
    take.at = "2026-11-23T15:40:00Z";
    take.text_hash = locales::hash_text("Lumela.");
    take.hash = std::string(64, 'a');
    take.length = std::chrono::milliseconds(1250);
    return take;
}

Take in_state(Take::State state) {
    Take take = waiting();
    take.state = state;
    take.judged_by = "Lerato";
    return take;
}

TEST(Take, ItsNoteSaysAllOfIt) {
    Take take = waiting();
    EXPECT_EQ(parse_take(to_note(take)), take);
    take.state = Take::State::rejected;
    take.warnings = "too loud (-9 LUFS): step back from the microphone; clipped";
    take.judged_by = "Lerato \"L\"";
    take.judged_at = "2026-11-23T16:00:00Z";
    take.why = "a door slams\nat the end";
    EXPECT_EQ(parse_take(to_note(take)), take);
}

TEST(Take, WhatWeDidNotWriteIsUnreadable) {
    const std::string good = to_note(waiting());
    const auto without = [&](const std::string& name) {
        std::string text = good;
        return text.replace(text.find(name), name.size(), "other");
    };
    for (const std::string& note :
         {std::string(), std::string("[]"), good.substr(0, good.size() / 2), without("\"state\""),
          without("waiting"), without("text_hash"), without("length_ms"), without("\"by\"")}) {
        EXPECT_EQ(parse_take(note).state, Take::State::unreadable) << note;
    }
}

TEST(Take, SomebodyElseApprovesTheVeryWordsThatWereRead) {
    EXPECT_TRUE(may_approve(waiting(), "Lumela.", "Lerato"));
    EXPECT_TRUE(may_approve(waiting(), "  Lumela.\n", "Lerato"));
    EXPECT_EQ(may_approve(waiting(), "Lumela!", "Lerato"), Result<void>(errc::other_words));
}

TEST(Take, WhoRecordedItDoesNotApproveItHoweverTheyWriteTheirName) {
    for (const char* by :
         {"Mpho Mokoena", "mpho mokoena", " MPHO  MOKOENA ", "MphoMokoena", "Mphó Mokoena"}) {
        EXPECT_EQ(may_approve(waiting(), "Lumela.", by), Result<void>(errc::own_take)) << by;
    }
    EXPECT_FALSE(is_same_person("Mpho Mokoena", "Mpho Molefe"));
}

TEST(Take, WhatIsJudgedIsNotJudgedAgain) {
    for (const auto state : {Take::State::approved, Take::State::rejected, Take::State::unreadable}) {
        EXPECT_FALSE(may_approve(in_state(state), "Lumela.", "Tau")) << word(state);
        EXPECT_FALSE(may_reject(in_state(state))) << word(state);
    }
    EXPECT_TRUE(may_reject(waiting()));
}

TEST(Take, WhoeverRejectsItSaysWhyOnOneShortLine) {
    const Take take = judged(waiting(), {Take::State::rejected, "Lerato", "2026-11-23T16:00:00Z",
                                         "a door\nslams " + std::string(600, 'x')});
    EXPECT_EQ(take.state, Take::State::rejected);
    EXPECT_EQ(take.judged_by, "Lerato");
    EXPECT_EQ(take.why.find('\n'), std::string::npos);
    EXPECT_TRUE(take.why.starts_with("a door slams"));
    EXPECT_LE(take.why.size(), 500U);
    EXPECT_EQ(parse_take(to_note(take)), take);
}

TEST(Take, ANameHasLettersAndNoControlCharacters) {
    EXPECT_EQ(read_name("  Mpho   Mokoena "), "Mpho Mokoena");
    EXPECT_EQ(read_name("N'Dèye"), "N'Dèye");
    for (const std::string& bad :
         {std::string(), std::string("   "), std::string("..."), std::string("a\nb"), std::string("a\tb"),
          std::string(65, 'a'), std::string("+266 5800 0171")}) {
        EXPECT_EQ(read_name(bad), std::nullopt) << bad;
    }
}

TEST(Take, ItsTimeIsInUtcAndToTheSecond) {
    EXPECT_EQ(
        take_time(std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(1795448400999))),
        "2026-11-23T15:40:00Z");
}

}  // namespace
}  // namespace rightsline::prompts
