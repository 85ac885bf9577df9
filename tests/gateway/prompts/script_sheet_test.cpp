#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "gateway/prompts/script_sheet.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::prompts {
namespace {

flows::PackPtr excerpt() { return flows::compile(flows::tests::excerpt()).pack; }

TEST(ScriptSheet, NamesEveryPieceThatIsSpokenOnceAndNothingThatIsOnlySent) {
    const flows::PackPtr pack = excerpt();
    ASSERT_NE(pack, nullptr);
    std::vector<std::string> names;
    for (const ScriptLine& line : script_sheet(*pack, "en")) {
        EXPECT_EQ(line.language, "en");
        EXPECT_FALSE(line.text.empty()) << line.name();
        EXPECT_FALSE(line.key.ends_with(".sms") || line.key.ends_with(".ussd")) << line.key;
        EXPECT_EQ(line.state, ScriptLine::State::missing);
        names.push_back(line.name());
    }
    EXPECT_NE(std::find(names.begin(), names.end(), "hotline.main.menu.0"), names.end());
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    EXPECT_GT(script_sheet(*pack, "").size(), names.size());
    EXPECT_TRUE(script_sheet(*pack, "xx").empty());
}

TEST(ScriptSheet, WhatNobodyTranslatedIsNoLineToRecord) {
    flows::Bundle bundle = flows::tests::excerpt();
    std::string& words = bundle.files.at("locales/es/fair-food.yaml");
    const auto gone = words.find("  hotline.story.prompt:");
    ASSERT_NE(gone, std::string::npos);
    words.erase(gone, words.find('\n', gone) + 1 - gone);
    const flows::Compiled compiled = flows::compile(bundle);
    ASSERT_NE(compiled.pack, nullptr);
    std::set<std::string> fallen_back;
    for (const locales::Complaint& complaint : compiled.complaints) {
        if (complaint.rule == "falls-back" && complaint.file.starts_with("locales/es/")) {
            fallen_back.insert(complaint.what.substr(1, complaint.what.find('\'', 1) - 1));
        }
    }
    std::size_t untranslated = 0;
    bool has_names = false;
    for (const ScriptLine& line : script_sheet(*compiled.pack, "es")) {
        const bool own = line.state != ScriptLine::State::untranslated;
        EXPECT_EQ(own, !fallen_back.contains(line.key)) << line.key;
        untranslated += own ? 0 : 1;
        has_names |= own && line.text == "Kreyòl";  // the same in every language, and to be said in each
    }
    EXPECT_GT(untranslated, 0U);
    EXPECT_TRUE(has_names);
}

}  // namespace
}  // namespace rightsline::prompts
