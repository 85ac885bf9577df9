// What is typed after `rightsline prompts`, in the order in which people type it.
#include "gateway/cli/sound/prompt_commands.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace rightsline::cli {
namespace {

constexpr int usage = 2;
constexpr int bad_data = 65;

class PromptCommands : public testing::Test {
 protected:
    void SetUp() override {
        char name[] = "/tmp/rightsline-prompts-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        folder = name;
        options = " --program " RIGHTSLINE_SOURCE_DIR
                  "/flows/lesotho-gbvh --language st --by Lerato --takes " +
                  folder + "/takes --out " + folder + "/audio ";
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    int run(const std::string& typed) {
        CLI::App root;
        int code = 0;
        add_prompt_commands(root, folder, code);
        testing::internal::CaptureStdout();
        try {
            root.parse(typed);
        } catch (const CLI::ParseError&) {
            code = usage;
        }
        said = testing::internal::GetCapturedStdout();
        return code;
    }

    /// What Mpho reads is a take that waits; returns the hash as `takes` shows it.
    std::string record(std::size_t samples) {
        std::filesystem::create_directories(folder + "/in");
        SF_INFO info{};
        info.samplerate = 8000;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
        std::vector<float> sound(samples);
        for (std::size_t i = 0; i < samples; ++i) {
            sound[i] = 0.2F * std::sin(0.3F * static_cast<float>(i));
        }
        SNDFILE* file = sf_open((folder + "/in/hotline.left.say.0.wav").c_str(), SFM_WRITE, &info);
        sf_writef_float(file, sound.data(), static_cast<sf_count_t>(samples));
        sf_close(file);
        std::string as_mpho = options;
        as_mpho.replace(as_mpho.find("Lerato"), 6, "Mpho");
        EXPECT_EQ(run("prompts import " + folder + "/in" + as_mpho), 0) << said;
        std::string without = options;
        without.replace(without.find("--by Lerato "), 12, "");
        EXPECT_EQ(run("prompts takes" + without), 0);
        return said.substr(said.rfind('\t') + 1, 16);
    }

    std::string folder;
    std::string options;
    std::string said;
};

TEST_F(PromptCommands, NamesMayStandBeforeTheOptionsAndBehindThem) {
    for (const std::string& typed :
         {"prompts approve hotline.left.say.0" + options, "prompts approve" + options + "hotline.left.say.0",
          "prompts reject hotline.left.say.0" + options + "--why noise"}) {
        EXPECT_EQ(run(typed), bad_data) << typed;
        EXPECT_NE(said.find("no take of it waits"), std::string::npos) << typed << "\n" << said;
    }
}

TEST_F(PromptCommands, ApprovesNamesOrAllAndNeverNothingOrBoth) {
    EXPECT_EQ(run("prompts approve" + options), usage);
    EXPECT_EQ(run("prompts approve hotline.left.say.0 --all" + options), usage);
    EXPECT_EQ(run("prompts approve --all" + options), 0);
}

TEST_F(PromptCommands, AHashIsOfOneName) {
    const std::string heard = "--heard 0123456789abcdef ";
    EXPECT_EQ(run("prompts approve hotline.left.say.0 " + heard + options), bad_data) << said;
    EXPECT_EQ(run("prompts approve --all " + heard + options), usage);
    EXPECT_EQ(run("prompts approve hotline.left.say.0 hotline.main.menu.0 " + heard + options), usage);
    EXPECT_EQ(run("prompts approve hotline.left.say.0 --heard menu" + options), usage);
    EXPECT_EQ(run("prompts reject hotline.left.say.0 hotline.main.menu.0 --why noise " + heard + options),
              usage);
}

TEST_F(PromptCommands, ATakeThatIsNamedByItsHashIsJudgedAndNoNewerOne) {
    const std::string heard = record(8000);
    const std::string newer = record(9000);
    ASSERT_NE(heard, newer);
    const std::string line = " hotline.left.say.0 --heard ";
    EXPECT_EQ(run("prompts approve" + line + heard + options), bad_data);
    EXPECT_NE(said.find("recorded again meanwhile"), std::string::npos) << said;
    EXPECT_EQ(run("prompts reject" + line + heard + options + "--why noise"), bad_data);
    EXPECT_EQ(run("prompts approve" + line + newer.substr(0, 8) + options), 0) << said;
    EXPECT_NE(said.find("approved take " + newer + " of Mpho"), std::string::npos) << said;
}

}  // namespace
}  // namespace rightsline::cli
