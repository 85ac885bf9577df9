// The starter program as it is shipped: what must hold for its words whatever a translator changes.
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/lint.hpp"
#include "locales/segments.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows {
namespace {

using testing::Phone;

void add_folder(Bundle& bundle, const std::filesystem::path& root, const std::string& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
        const std::string name = entry.path().filename().string();
        const bool wanted = name == "common.yaml" || name == "fair-food.yaml" || name == "program.yaml" ||
                            name.ends_with(".flow.yaml");
        if (wanted) {
            bundle.files[folder + "/" + name] = tests::read_file(entry.path());
        }
    }
}

Bundle fair_food() {
    const std::filesystem::path root(RIGHTSLINE_SOURCE_DIR);
    Bundle bundle;
    bundle.program = "fair-food";
    add_folder(bundle, root, "flows/fair-food");
    for (const char* tag : {"en", "es", "ht"}) {
        add_folder(bundle, root, std::string("locales/") + tag);
    }
    return bundle;
}

PackPtr fair_food_pack() {
    const Compiled compiled = compile(fair_food());
    EXPECT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    return compiled.pack;
}

TEST(FairFood, LintFindsNoErrorInIt) {
    const Bundle bundle = fair_food();
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    locales::Complaints findings = lint(bundle, *pack);
    std::erase_if(findings, [](const auto& c) {
        return c.level != locales::Complaint::Level::error &&
               (c.rule == "not-approved" || c.rule == "missing-audio");
    });
    EXPECT_TRUE(findings.empty()) << tests::lines(findings);
}

TEST(FairFood, TheNeutralOpenerIsOneSegmentWhateverTheLineSpeaks) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    for (LanguageIndex language = 0; language < pack->languages.size(); ++language) {
        Phone phone(pack);
        phone.context.line_language = language;
        phone.text("hi").wait(std::chrono::minutes(31)).text("hello");
        ASSERT_TRUE(phone.heard("common.opener"));
        const locales::SegmentPlan plan = locales::plan_segments(phone.body());
        EXPECT_EQ(plan.encoding, locales::Encoding::gsm7) << phone.body();
        EXPECT_LE(plan.units, 160U) << phone.body();
        EXPECT_NE(phone.body().find('9'), std::string::npos);
        for (LanguageIndex other = 0; other < pack->languages.size(); ++other) {
            const std::string word = pack->text(other, pack->find_text("common.opener_word")).text({});
            EXPECT_EQ(phone.body().find(word) != std::string::npos, other != language) << phone.body();
        }
    }
}

TEST(FairFood, WhatIsAnsweredToAnOpeningStoryIsOneSegment) {
    const PackPtr pack = fair_food_pack();
    ASSERT_NE(pack, nullptr);
    for (LanguageIndex language = 0; language < pack->languages.size(); ++language) {
        Phone phone(pack);
        phone.context.line_language = language;
        phone.text("My crew leader took my pay");
        ASSERT_TRUE(phone.heard("common.first_text"));
        const locales::SegmentPlan plan = locales::plan_segments(phone.body());
        EXPECT_EQ(plan.encoding, locales::Encoding::gsm7) << phone.body();
        EXPECT_LE(plan.units, 160U) << phone.body();
    }
}

}  // namespace
}  // namespace rightsline::flows
