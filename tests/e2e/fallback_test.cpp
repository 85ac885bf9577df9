// The folder for the phone company, as an operator makes it: whole, the same each time, and known to be stale when it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/command.hpp"
#include "tests/support/hotline.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* base = "https://static.example.org/hotline";

class FallbackFolder : public testing::Test {
 protected:
    Ran run(const std::string& how, const std::string& where) const {
        return run_command({hotline.program(), "fallback", "export", "--base-url", base, how, where,
                            "--config", hotline.path("rightsline.yaml")});
    }
    static std::string read(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    Hotline hotline{{.audio = true}};
    std::string folder = hotline.path("fallback");
};

TEST_F(FallbackFolder, IsWholeAndPlaysOnlyWhatIsInIt) {
    const Ran made = run("--out", folder);
    ASSERT_EQ(made.code, 0) << made.err;
    int documents = 0;
    std::size_t played = 0;
    for (const fs::directory_entry& file : fs::directory_iterator(folder)) {
        if (file.path().extension() != ".xml") {
            continue;
        }
        ++documents;
        const Element document = parse_twiml(read(file.path()));
        for (const Element* play : document.all("Play")) {
            ASSERT_TRUE(play->text.starts_with(base)) << play->text;
            EXPECT_TRUE(fs::exists(folder + play->text.substr(std::string(base).size()))) << play->text;
            ++played;
        }
    }
    EXPECT_EQ(documents, 3) << "voice, what follows it, text";
    EXPECT_GT(played, 6U);
    const std::string readme = read(folder + "/README.md");
    EXPECT_THAT(readme, HasSubstr("| +15005550006 | A call comes in: Primary handler fails | GET | " +
                                  std::string(base) + "/voice-"));
    EXPECT_THAT(readme, testing::Not(HasSubstr(Hotline::token)));
    EXPECT_THAT(readme, testing::Not(HasSubstr("+15005550007"))) << "the simulator needs none";
}

TEST_F(FallbackFolder, IsCheckedWithoutBeingWritten) {
    ASSERT_EQ(run("--out", folder).code, 0);
    EXPECT_EQ(run("--check", folder).code, 0);
    for (const fs::directory_entry& file : fs::directory_iterator(folder)) {
        if (file.path().filename().string().starts_with("text-")) {
            std::ofstream(file.path()) << "old";
        }
    }
    const Ran stale = run("--check", folder);
    EXPECT_EQ(stale.code, 1);
    EXPECT_THAT(stale.out, HasSubstr("is stale"));
    EXPECT_EQ(run("--check", hotline.path("nowhere")).code, 1);
    EXPECT_FALSE(fs::exists(hotline.path("nowhere")));
}

TEST_F(FallbackFolder, IsNotMadeForAnAddressWithoutTls) {
    const Ran ran = run_command({hotline.program(), "fallback", "export", "--base-url", "http://s.example",
                                 "--out", folder, "--config", hotline.path("rightsline.yaml")});
    EXPECT_EQ(ran.code, 2);
    EXPECT_FALSE(fs::exists(folder));
}

}  // namespace
}  // namespace rightsline::tests
