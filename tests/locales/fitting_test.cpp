#include "locales/fitting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rightsline::locales {
namespace {

using ::testing::ElementsAre;

std::string concat(const std::vector<std::string>& parts) {
    std::string whole;
    for (const auto& part : parts) {
        whole += part;
    }
    return whole;
}

TEST(SplitParts, LosesNothingAndEachPartIsOneSegment) {
    const auto text = std::string(152, 'a') + "{" + std::string(200, 'b') + "€" + std::string(90, 'c');
    const auto parts = split_parts(text);
    EXPECT_EQ(concat(parts), text);
    EXPECT_EQ(parts.size(), 3U);
    for (const auto& part : parts) {
        EXPECT_EQ(plan_segments(part, Mending::none).segments(), 1U);
    }
    EXPECT_THAT(split_parts("short"), ElementsAre("short"));
    EXPECT_THAT(split_parts(""), ElementsAre(""));
}

TEST(JoinTexts, MakesAsFewMessagesAsPossible) {
    const std::vector<std::string> texts{std::string(100, 'a'), std::string(59, 'b'), "",
                                         std::string(20, 'c')};
    EXPECT_THAT(join_texts(texts, 1),
                ElementsAre(std::string(100, 'a') + "\n" + std::string(59, 'b'), std::string(20, 'c')));
    EXPECT_EQ(join_texts(texts, 2).size(), 1U);
    EXPECT_TRUE(join_texts({}, 1).empty());
}

TEST(JoinTexts, ALongTextKeepsAMessageOfItsOwn) {
    const std::vector<std::string> texts{"hi", std::string(400, 'x'), "bye"};
    EXPECT_THAT(join_texts(texts, 1), ElementsAre("hi", std::string(400, 'x'), "bye"));
}

TEST(JoinTexts, OneUcs2TextDoesNotMakeItsNeighbourTriple) {
    const std::vector<std::string> texts{std::string(100, 'a'), "жж"};
    EXPECT_EQ(join_texts(texts, 1).size(), 2U);
}

TEST(Paginate, CutsAtLineEndsThenSpacesThenAnywhere) {
    EXPECT_THAT(paginate("1 Wages\n2 Safety\n3 Other", {17, 17}),
                ElementsAre("1 Wages\n2 Safety", "3 Other"));
    EXPECT_THAT(paginate("one two three", {8, 8}), ElementsAre("one two", "three"));
    EXPECT_THAT(paginate("abcdefghij", {4, 4}), ElementsAre("abcd", "efgh", "ij"));
    EXPECT_THAT(paginate("", {4, 4}), ElementsAre(""));
    EXPECT_THAT(paginate("   \n ", {2, 2}), ElementsAre(""));
}

TEST(Paginate, EachPageFitsInItsOwnEncoding) {
    std::string text;
    for (int word = 0; word < 60; ++word) {
        text += word % 20 == 0 ? "পাতা " : "word ";
    }
    const Room screen{182, 80};
    for (const auto& page : paginate(text, screen)) {
        EXPECT_TRUE(fits(page, screen)) << page;
        EXPECT_FALSE(page.empty());
    }
}

TEST(Paginate, IsLinearInLongTexts) {
    std::string text;
    for (int letter = 0; letter < 10000; ++letter) {
        text += "ж";
    }
    EXPECT_EQ(paginate(text, {182, 80}).size(), 125U);
}

TEST(ShortenText, EndsAfterAWordWithDots) {
    EXPECT_EQ(shorten_text("We have your message", {20, 20}), "We have your message");
    EXPECT_EQ(shorten_text("We have your messages", {20, 20}), "We have your...");
    EXPECT_EQ(shorten_text("abcdefghij", {6, 6}), "abc...");
    EXPECT_EQ(shorten_text("abcdefghij", {3, 3}), "");
    EXPECT_TRUE(fits(shorten_text("жжжжж жжжжж жжжжж", {20, 10}), {20, 10}));
}

TEST(RoomOf, SegmentsHoldLessWhenThereAreSeveral) {
    EXPECT_EQ(room_of(1).gsm7, 160U);
    EXPECT_EQ(room_of(2).gsm7, 306U);
    EXPECT_EQ(room_of(3).ucs2, 201U);
}

}  // namespace
}  // namespace rightsline::locales
