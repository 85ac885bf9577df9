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

}  // namespace
}  // namespace rightsline::app
