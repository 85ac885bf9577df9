#include "locales/segments.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

namespace rightsline::locales {
namespace {

boost::json::array vectors() {
    std::ifstream file(RIGHTSLINE_SOURCE_DIR "/tests/data/segments.json");
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    return boost::json::parse(bytes).at("vectors").as_array();
}

std::size_t number(const boost::json::value& vector, const char* name) {
    return vector.at(name).to_number<std::size_t>();
}

TEST(Segments, EqualTheCalculatorInEveryCase) {
    const auto cases = vectors();
    ASSERT_GE(cases.size(), 40U);
    for (const auto& one : cases) {
        SCOPED_TRACE(one.at("id").as_string());
        const auto mending = one.at("smart_encoding").as_bool() ? Mending::carrier : Mending::none;
        const auto plan = plan_segments(one.at("text").as_string(), mending);
        EXPECT_EQ(to_string(plan.encoding), one.at("encoding").as_string());
        EXPECT_EQ(plan.segments(), number(one, "segments"));
        EXPECT_EQ(plan.characters, number(one, "chars"));
        EXPECT_EQ(plan.code_points, number(one, "unicode_scalars"));
        EXPECT_EQ(plan.message_bits(), number(one, "message_bits"));
        EXPECT_EQ(plan.total_bits(), number(one, "total_bits"));
    }
}

TEST(Segments, OurOwnMendingNeverCostsMore) {
    for (const auto& one : vectors()) {
        SCOPED_TRACE(one.at("id").as_string());
        const std::string_view text = one.at("text").as_string();
        EXPECT_LE(plan_segments(text).segments(), plan_segments(text, Mending::none).segments());
    }
}

TEST(Segments, AnEscapePairIsNeverParted) {
    const auto text = std::string(152, 'a') + "{" + std::string(60, 'b');
    const auto plan = plan_segments(text);
    ASSERT_EQ(plan.segments(), 2U);
    EXPECT_EQ(plan.starts[1], 152U);
}

TEST(Segments, SurrogatesAndGraphemesAreNeverParted) {
    std::string text;
    for (int letter = 0; letter < 66; ++letter) {
        text += "ж";
    }
    text += "😀жжжжжж";
    EXPECT_EQ(plan_segments(text).starts[1], 132U);
    const auto family = std::string(62, 'a') + "👩‍👩‍👧‍👦" + std::string(20, 'b');
    EXPECT_EQ(plan_segments(family).starts[1], 62U);
}

TEST(Segments, TypographyIsMendedBeforeCounting) {
    std::string text(155, 'a');
    text += "’x…";
    EXPECT_EQ(plan_segments(text).segments(), 1U);
    EXPECT_EQ(plan_segments(text, Mending::none).segments(), 3U);
    EXPECT_EQ(plan_segments(text).text, std::string(155, 'a') + "'x...");
}

TEST(EncodingCost, NamesTheCharacterAndWhatItCosts) {
    const auto text = std::string(150, 'a') + " patrón, patrón";
    const auto cost = encoding_cost(text.substr(0, 140) + " ó “x” ó á");
    ASSERT_EQ(cost.characters.size(), 2U);
    EXPECT_EQ(cost.characters[0].character, "ó");
    EXPECT_EQ(cost.characters[0].code, "U+00F3");
    EXPECT_EQ(cost.characters[0].count, 2U);
    EXPECT_EQ(cost.characters[1].code, "U+00E1");
    EXPECT_TRUE(cost.avoidable);
    EXPECT_EQ(cost.segments, 3U);
    EXPECT_EQ(cost.segments_without, 1U);
}

TEST(EncodingCost, IsSilentForGsm7AndHonestForOtherScripts) {
    EXPECT_TRUE(encoding_cost("¿Qué pasó? No: qué pena, mañana").characters.size() == 1U);
    EXPECT_TRUE(encoding_cost("“Mañana” – sí o no").characters.size() == 1U);
    EXPECT_TRUE(encoding_cost("“Manana” – ok…").characters.empty());
    const auto bangla = encoding_cost("আপনার অধিকার");
    EXPECT_FALSE(bangla.avoidable);
    EXPECT_EQ(bangla.segments, bangla.segments_without);
}

}  // namespace
}  // namespace rightsline::locales
