#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/cli/sound/script_sheet.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::cli {
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

}  // namespace
}  // namespace rightsline::cli
