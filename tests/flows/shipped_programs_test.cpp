// Every program that is shipped: nothing to mend but what needs a person (its approval, voices that are recorded).
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/lint.hpp"
#include "flows/scripted/shell.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/flows/phone.hpp"

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

class ShippedProgram : public ::testing::TestWithParam<std::string> {};

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

/// The presses of the program's own scripted return, from the call to the number.
std::vector<std::string> presses_to_the_code(const std::string& program) {
    const std::string file = tests::read_file(std::filesystem::path(RIGHTSLINE_SOURCE_DIR) / "flows" /
                                              program / "return-voice.test.yaml");
    std::vector<std::string> keys;
    const std::string_view press = "\n  - press: \"";
    for (auto at = file.find(press); at != std::string::npos; at = file.find(press, at + 1)) {
        const auto begin = at + press.size();
        keys.push_back(file.substr(begin, file.find('"', begin) - begin));
        if (keys.back() == "{code}") {
            break;
        }
    }
    return keys;
}

/// As it will be once there are voices for every language: a call offers none that nobody could hear.
PackPtr with_all_languages(const Pack& pack) {
    Pack offered = pack;
    auto* menu = std::get_if<MenuBlock>(&offered.blocks.at(offered.flows.front().start).kind);
    if (menu != nullptr) {
        for (Choice& choice : menu->choices) {
            choice.mute = false;
        }
    }
    return std::make_shared<const Pack>(std::move(offered));
}

/// The key of a language in the program's first menu.
std::string key_of(const Pack& pack, LanguageIndex language) {
    const auto* menu = std::get_if<MenuBlock>(&pack.blocks.at(pack.flows.front().start).kind);
    for (const Choice& choice : menu == nullptr ? std::vector<Choice>{} : menu->choices) {
        if (choice.name == pack.languages.at(language).str()) {
            return choice.key;
        }
    }
    ADD_FAILURE() << pack.languages.at(language).str() << " has no key";
    return "";
}

/// All that a caller hears from the last digit of the number to the end of how it stands.
std::string heard_until_the_status(const PackPtr& pack, LanguageIndex language, const CaseStatus& status,
                                   const std::vector<std::string>& keys) {
    testing::Phone caller(pack, Mode::voice);
    caller.open_result.values["status"] = status.key;
    caller.call();
    for (const std::string& key : keys) {
        caller.press(key == "{language}" ? key_of(*pack, language)
                     : key == "{code}"   ? std::string(scripted_code)
                                         : key);
    }
    std::string heard;
    for (int turn = 0; turn < 4; ++turn) {
        for (const Utterance& said : caller.utterances()) {
            heard += (heard.empty() ? "" : " ") + said.text;
            if (said.key == "return_with_code.status.say") {
                return heard;
            }
        }
        caller.come_back();
    }
    ADD_FAILURE() << status.key << " is never said after: " << heard;
    return heard;
}

TEST_P(ShippedProgram, TellsWhoGaveTheNumberHowItStandsWithinTwentySeconds) {
    const Compiled compiled = compile(tests::shipped(GetParam()));
    ASSERT_NE(compiled.pack, nullptr);
    const Pack& pack = *compiled.pack;
    const PackPtr offered = with_all_languages(pack);
    ASSERT_FALSE(pack.statuses.empty());
    const std::vector<std::string> keys = presses_to_the_code(GetParam());
    ASSERT_FALSE(keys.empty());
    ASSERT_EQ(keys.back(), "{code}");
    for (LanguageIndex language = 0; language < pack.languages.size(); ++language) {
        for (const CaseStatus& status : pack.statuses) {
            const std::string heard = heard_until_the_status(offered, language, status, keys);
            const std::string& words = pack.text(language, status.say).text({});
            EXPECT_TRUE(heard.ends_with(words)) << status.key << ": " << heard;
            EXPECT_GT(heard.size(), words.size()) << "no moment is asked for: " << heard;
            EXPECT_LE(heard.size(), in_time) << status.key << ": " << heard;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedProgram, ::testing::ValuesIn(programs()), [](const auto& program) {
    std::string name = program.param;
    std::erase_if(name, [](unsigned char letter) { return std::isalnum(letter) == 0; });
    return name;
});

}  // namespace
}  // namespace rightsline::flows
