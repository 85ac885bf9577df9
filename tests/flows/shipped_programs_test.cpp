// Every program that is shipped: nothing to mend but what needs a person (its approval, voices that are recorded).
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "flows/lint.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

std::vector<std::string> programs() {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(RIGHTSLINE_SOURCE_DIR) + "/flows")) {
        if (std::filesystem::exists(entry.path() / "program.yaml")) {
            names.push_back(entry.path().filename().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

bool needs_a_person(const locales::Complaint& found) {
    return found.level != locales::Complaint::Level::error &&
           (found.rule == "not-approved" || found.rule == "missing-audio" || found.rule == "mute-language");
}

class ShippedProgram : public testing::TestWithParam<std::string> {};

TEST_P(ShippedProgram, HasNothingToMend) {
    const Bundle bundle = tests::shipped(GetParam());
    const Compiled compiled = compile(bundle);
    ASSERT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    locales::Complaints findings = lint(bundle, *compiled.pack);
    std::erase_if(findings, needs_a_person);
    EXPECT_TRUE(findings.empty()) << tests::lines(findings);
}

/// Characters that a slow voice says in eighteen seconds; two more are for the look-up.
constexpr std::size_t in_time = 18 * 10;

TEST_P(ShippedProgram, TellsWhoGaveTheNumberHowItStandsWithinTwentySeconds) {
    const Compiled compiled = compile(tests::shipped(GetParam()));
    ASSERT_NE(compiled.pack, nullptr);
    const Pack& pack = *compiled.pack;
    const TextIndex wait = pack.find_text("common.one_moment");
    ASSERT_NE(wait, no_text);
    ASSERT_FALSE(pack.statuses.empty());
    for (LanguageIndex language = 0; language < pack.languages.size(); ++language) {
        for (const CaseStatus& status : pack.statuses) {
            const std::string heard =
                pack.text(language, wait).text({}) + " " + pack.text(language, status.say).text({});
            EXPECT_GT(heard.size(), 20U) << status.key;
            EXPECT_LE(heard.size(), in_time) << status.key << ": " << heard;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedProgram, testing::ValuesIn(programs()), [](const auto& program) {
    std::string name = program.param;
    std::erase_if(name, [](unsigned char letter) { return std::isalnum(letter) == 0; });
    return name;
});

}  // namespace
}  // namespace rightsline::flows
