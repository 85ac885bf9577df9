#include "gateway/cli/check_command.hpp"

#include <gtest/gtest.h>

#include <utility>

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
    EXPECT_EQ(checked("nope").second, "nope: there is no such file or folder\n");
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

}  // namespace
}  // namespace rightsline::cli
