// A program on the disk, and what becomes of it when a recording is approved while somebody edits its words.
#include "gateway/app/programs.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/prompts/audio_shelf.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::app {
namespace {

namespace fs = std::filesystem;

class RenewedAudio : public testing::Test {
 protected:
    void SetUp() override {
        for (const auto& [name, bytes] : flows::tests::excerpt().files) {
            write(name, bytes);
        }
        config.programs = {house.path() + "/flows/fair-food"};
        config.locales_dir = house.path() + "/locales";
        config.state_dir = house.path() + "/state";
        program = load_programs(config).at(0);
        ASSERT_TRUE(program.pack);
        line = prompts::script_sheet(*program.pack, "en").at(0);
        ASSERT_EQ(line.hash, "");
    }
    void write(const std::string& name, const std::string& bytes) const {
        const fs::path path = house.path() + "/" + name;
        fs::create_directories(path.parent_path());
        std::ofstream(path) << bytes;
    }
    void approve() const {
        prompts::AudioShelf shelf(config::recordings_folder(config, "fair-food"));
        ASSERT_TRUE(shelf.put_as_heard(line, "a sound", std::chrono::seconds(1)));
        ASSERT_TRUE(shelf.save());
    }
    std::string heard() const { return prompts::script_sheet(*program.pack, "en").at(0).hash; }

    tests::TemporaryDirectory house;
    config::Config config;
    LoadedProgram program;
    prompts::ScriptLine line;
};

TEST_F(RenewedAudio, WhatWasApprovedIsHeardAndServed) {
    approve();
    const flows::PackHash before = program.pack->hash;
    renew_audio(program);
    ASSERT_TRUE(program.pack);
    EXPECT_EQ(heard(), prompts::content_hash("a sound"));
    EXPECT_NE(program.pack->hash, before);
    EXPECT_EQ(flows::hash_of(program.bundle), program.pack->hash)
        << "what the store is given is what is spoken";
    EXPECT_TRUE(load_audio(config).contains(heard()));
}

TEST_F(RenewedAudio, WordsThatSomebodyIsEditingAreNotSpoken) {
    approve();
    write("flows/fair-food/program.yaml", "broken: [");
    const std::string words = "locales/es/fair-food.yaml";
    write(words, program.bundle.files.at(words) + "\nfresh.text: Nobody has read this yet.\n");
    const std::string spoken = program.bundle.files.at(words);
    renew_audio(program);
    ASSERT_TRUE(program.pack);
    EXPECT_EQ(heard(), prompts::content_hash("a sound"));
    EXPECT_EQ(program.bundle.files.at(words), spoken);
}

TEST_F(RenewedAudio, WithoutAnythingNewItIsTheVerySameScript) {
    const flows::PackHash before = program.pack->hash;
    renew_audio(program);
    ASSERT_TRUE(program.pack);
    EXPECT_EQ(program.pack->hash, before);
}

}  // namespace
}  // namespace rightsline::app
