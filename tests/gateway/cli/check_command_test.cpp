#include "gateway/cli/check_command.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "gateway/cli/check_config.hpp"

namespace rightsline::cli {
namespace {

const std::string fair_food = std::string(RIGHTSLINE_SOURCE_DIR) + "/flows/fair-food";

std::pair<int, std::string> checked(const std::string& path) {
    CheckOptions options;
    options.paths = {path};
    testing::internal::CaptureStderr();
    const int code = check(options);
    return {code, testing::internal::GetCapturedStderr()};
}

TEST(Check, SaysThatThereIsNoSuchFile) {
    const auto [code, said] = checked("nope.yaml");
    EXPECT_EQ(code, 2);
    EXPECT_EQ(said, "nope.yaml: there is no such file\n");
    EXPECT_EQ(checked("nope").second,
              "nope: there is no such file or folder. Name a program's: rightsline check FOLDER\n");
}

TEST(Check, AsksForTheFolderOfAProgramWhereAFileOfItIsGiven) {
    for (const char* file : {"/hotline.flow.yaml", "/answers.test.yaml", "/program.yaml"}) {
        const auto [code, said] = checked(fair_food + file);
        EXPECT_EQ(code, 2);
        EXPECT_NE(said.find("give the program's folder: " + fair_food + "\n"), std::string::npos) << said;
        TestOptions options;
        options.paths = {fair_food + file};
        EXPECT_EQ(test(options), 2);
    }
}

TEST(Check, TellsHowLongACallerListensForTheKeyOfTheirLanguage) {
    const std::string said = checked(fair_food).second;
    for (const char* language :
         {"English", "Español"}) {  // no voice speaks Kreyòl: no call offers it before it is recorded
        EXPECT_NE(said.find(std::string("fair-food: ") + language + " is named after "), std::string::npos)
            << said;
    }
    EXPECT_NE(said.find(" after its key\n"), std::string::npos) << said;
}

/// A configuration in a folder of its own, and what is said of its vault.
class CheckedVault : public testing::Test {
 protected:
    CheckedVault()
        : folder(std::filesystem::path(testing::TempDir()) /
                 ("checked-vault-" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder / "keys");
    }
    ~CheckedVault() override { std::filesystem::remove_all(folder); }
    std::string said(const std::string& vault, bool production) {
        std::ofstream(folder / "rightsline.yaml") << "public_url: https://h.example\nkeys_dir: keys\n"
                                                  << vault;
        std::map<std::string, bool> free;
        std::string all;
        for (const auto& one :
             check_config((folder / "rightsline.yaml").string(), production, free).complaints) {
            all += one.rule.find("vault") == std::string::npos
                       ? ""
                       : one.rule + ":" + (is_error(one) ? "error " : "warning ");
        }
        return all;
    }
    static bool is_error(const locales::Complaint& one) {
        return one.level == locales::Complaint::Level::error;
    }

    std::filesystem::path folder;
};

TEST_F(CheckedVault, InTheServersProcessIsAWarningForRealWorkersOnly) {
    EXPECT_EQ(said("", false), "");
    EXPECT_EQ(said("", true), "vault-in-process:warning ");
}

TEST_F(CheckedVault, ThatNobodyListensForIsToldAndIsNoMistakeOfTheFile) {
    EXPECT_EQ(said("vault: {socket: vault.sock}\n", true), "no-vault:warning ");
}

TEST_F(CheckedVault, WhoseKeysStillLieWithTheServerIsAnError) {
    std::ofstream(folder / "keys" / "pepper.key") << "x";
    EXPECT_EQ(said("vault: {socket: vault.sock}\n", true), "key-beside-vault:error no-vault:warning ");
    EXPECT_EQ(said("", false), "");
}

}  // namespace
}  // namespace rightsline::cli
