#include "gateway/app/demo.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/app/state_lock.hpp"
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

}  // namespace
}  // namespace rightsline::app
