#include "gateway/app/demo.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gateway/app/state_lock.hpp"
#include "gateway/config/config.hpp"
#include "gateway/people/rosters.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::app {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Demo, ASecondOneLeavesTheConfigurationOfTheOneThatRuns) {
    const tests::TemporaryDirectory folder;
    DemoOptions options;
    options.source = RIGHTSLINE_SOURCE_DIR;
    options.folder = folder.path();
    const auto first = prepare_demo(options);
    ASSERT_TRUE(first);
    const std::string written = text_of(*first);
    std::filesystem::create_directory(folder.path() + "/state");
    const StateLock running = StateLock::take(folder.path() + "/state");
    options.hooks = "127.0.0.1:18999";
    EXPECT_EQ(prepare_demo(options), first);
    EXPECT_EQ(text_of(*first), written);
}

TEST(Demo, OfSeveralProgramsNamesTheirNumbersTheConsoleAndAProgramForTheTeamsCommands) {
    const auto told = [](const DemoOptions& options) {
        testing::internal::CaptureStderr();
        explain_demo(options);
        return testing::internal::GetCapturedStderr();
    };
    DemoOptions one;
    EXPECT_EQ(told(one).find("--program"), std::string::npos);
    EXPECT_EQ(told(one).find("onsole"), std::string::npos);
    DemoOptions two;
    two.programs = {"fair-food", "lesotho-gbvh"};
    two.console = "127.0.0.1:8081";
    const std::string said = told(two);
    for (const char* words : {"case list --program fair-food", "fair-food: phone --line +15005550006",
                              "lesotho-gbvh: phone --line +15005550007", "http://127.0.0.1:8081"}) {
        EXPECT_NE(said.find(words), std::string::npos) << words << "\n" << said;
    }
}

TEST(Demo, SaysWhichOptionIsWrong) {
    struct Case {
        const char* listen;
        const char* ops;
        const char* audio;
        const char* said;
    };
    const tests::TemporaryDirectory folder;
    for (const Case& one :
         {Case{"foo", "127.0.0.1:9", "", "--listen foo is no address"},
          Case{"127.0.0.1:99999", "127.0.0.1:9", "", "--listen 127.0.0.1:99999"},
          Case{"0.0.0.0:8080", "127.0.0.1:9", "", "--listen 0.0.0.0:8080"},
          Case{"127.0.0.1:9", "bar", "", "--ops bar"},
          Case{"127.0.0.1:9", "127.0.0.1:9", "", "the same port"},
          Case{"127.0.0.1:8", "127.0.0.1:9", "/nonexistent/audio", "no folder /nonexistent/audio"}}) {
        DemoOptions options;
        options.source = RIGHTSLINE_SOURCE_DIR;
        options.folder = folder.path() + "/demo";
        options.hooks = one.listen;
        options.ops = one.ops;
        options.audio = one.audio;
        testing::internal::CaptureStderr();
        EXPECT_FALSE(prepare_demo(options)) << one.said;
        const std::string said = testing::internal::GetCapturedStderr();
        EXPECT_NE(said.find(one.said), std::string::npos) << said;
        EXPECT_FALSE(std::filesystem::exists(options.folder));
    }
}

TEST(Demo, LetsPeopleLogInWhereItIsTold) {
    const tests::TemporaryDirectory folder;
    DemoOptions options;
    options.source = RIGHTSLINE_SOURCE_DIR;
    options.folder = folder.path();
    const auto path = prepare_demo(options);
    ASSERT_TRUE(path);
    EXPECT_NE(text_of(*path).find("console: \"off\""), std::string::npos);
    options.console = "127.0.0.1:18997";
    ASSERT_TRUE(prepare_demo(options));
    EXPECT_NE(text_of(*path).find("console: \"127.0.0.1:18997\""), std::string::npos);
    options.console = "0.0.0.0:8081";
    testing::internal::CaptureStderr();
    EXPECT_FALSE(prepare_demo(options));
    EXPECT_NE(testing::internal::GetCapturedStderr().find("--console 0.0.0.0:8081"), std::string::npos);
}

// An alert of the demo reaches phones that the demo itself shows, and a roster that was changed stays.
TEST(Demo, HasARosterThatNobodyElseMayReadAndPhonesOfItsOwn) {
    const tests::TemporaryDirectory folder;
    DemoOptions options;
    options.source = RIGHTSLINE_SOURCE_DIR;
    options.folder = folder.path();
    options.ops = "127.0.0.1:18998";
    const auto path = prepare_demo(options);
    ASSERT_TRUE(path);
    locales::Complaints complaints;
    const config::Config config =
        config::read_config(config::sources_of_process(*path, {}, complaints), complaints);
    const auto rosters = people::read_rosters(config, {"fair-food"}, complaints);
    EXPECT_TRUE(complaints.empty()) << to_line(complaints.front());
    EXPECT_EQ(rosters.at("fair-food").order.size(), 2U);
    EXPECT_EQ(config.accounts.at("demo").api_base, "http://127.0.0.1:18998/simulated");
    EXPECT_EQ(std::filesystem::status(folder.path() + "/roster.yaml").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::ofstream(folder.path() + "/roster.yaml", std::ios::app) << "# mine\n";
    ASSERT_TRUE(prepare_demo(options));
    EXPECT_NE(text_of(folder.path() + "/roster.yaml").find("# mine"), std::string::npos);
}

TEST(Demo, ServesTheProgramsThatAreAskedForAndMakesTheKeysThatAFolderLacks) {
    const tests::TemporaryDirectory folder;
    DemoOptions options;
    options.source = RIGHTSLINE_SOURCE_DIR;
    options.folder = folder.path();
    ASSERT_TRUE(prepare_demo(options));
    const std::string key = text_of(folder.path() + "/fair-food.circle.key");
    options.programs = {"lesotho-gbvh", "milk-with-dignity"};
    const auto path = prepare_demo(options);
    ASSERT_TRUE(path);
    EXPECT_NE(text_of(*path).find("\"+15005550007\": {account: demo, program: milk-with-dignity"),
              std::string::npos);
    EXPECT_EQ(text_of(*path).find("fair-food"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/lesotho-gbvh.circle.key"));
    EXPECT_EQ(text_of(folder.path() + "/fair-food.circle.key"), key) << "what it opened it opens";
    options.programs = {"lesotho"};
    testing::internal::CaptureStderr();
    EXPECT_FALSE(prepare_demo(options));
    EXPECT_NE(
        testing::internal::GetCapturedStderr().find("There are: fair-food, lesotho-gbvh, milk-with-dignity"),
        std::string::npos);
}

}  // namespace
}  // namespace rightsline::app
