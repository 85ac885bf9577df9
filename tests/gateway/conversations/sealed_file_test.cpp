#include "gateway/conversations/sealed_file.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace rightsline::conversations {
namespace {

namespace fs = std::filesystem;

class SealedFileTest : public testing::Test {
 protected:
    void SetUp() override {
        char name[] = "/tmp/rightsline-sealed-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        folder = name;
    }
    void TearDown() override { fs::remove_all(folder); }
    Result<SealedFile> create(std::string at) const {
        auto sealer = std::make_unique<vault::StreamSealer>(circle, "context");
        const std::string opening = sealer->header();
        return SealedFile::create(std::move(at), std::move(sealer), opening);
    }
    std::string path() const { return folder + "/one.sealed"; }
    static std::string slurp(const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    std::string folder;
    vault::CirclePair pair = vault::make_circle("fair-food", 1);
    vault::CirclePublicKey circle = *vault::parse_public_key(pair.public_file);
};

TEST_F(SealedFileTest, WhatWasNeverFinishedIsSweptAndNothingElse) {
    for (const char* name : {"/one.sealed", "/one.sealed.part", "/two.sealed.part"}) {
        std::ofstream(folder + name) << "sealed";
    }
    EXPECT_EQ(sweep_unfinished(folder), 2U);
    EXPECT_EQ(slurp(path()), "sealed");
    EXPECT_EQ(sweep_unfinished(folder), 0U);
    EXPECT_EQ(sweep_unfinished(folder + "/absent"), 0U);
}

TEST_F(SealedFileTest, OpensToWhatWasWrittenAndHoldsNothingInClear) {
    std::string sound;
    for (int i = 0; i < 20000; ++i) {
        sound += "canary" + std::to_string(i);
    }
    Result<SealedFile> file = create(path());
    ASSERT_TRUE(file);
    for (std::size_t at = 0; at < sound.size(); at += 1000) {
        ASSERT_TRUE(file->write(std::string_view(sound).substr(at, 1000)));
    }
    ASSERT_TRUE(file->finish());
    const std::string sealed = slurp(path());
    EXPECT_EQ(sealed.find("canary1"), std::string::npos);
    const Result<vault::CirclePrivateKey> key = vault::CirclePrivateKey::parse(pair.private_file);
    ASSERT_TRUE(key);
    const Result<std::string> opened = vault::open_stream(*key, "context", sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, sound);
}

TEST_F(SealedFileTest, IsNotThereUnderItsNameBeforeItIsWhole) {
    Result<SealedFile> file = create(path());
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("half"));
    EXPECT_FALSE(fs::exists(path()));
    ASSERT_TRUE(file->finish());
    EXPECT_TRUE(fs::exists(path()));
}

TEST_F(SealedFileTest, OneThatIsGivenUpLeavesNothingBehind) {
    {
        Result<SealedFile> file = create(path());
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->write("half"));
    }
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(SealedFileTest, AFolderThatIsMissingIsAnError) { EXPECT_FALSE(create(folder + "/none/one.sealed")); }

}  // namespace
}  // namespace rightsline::conversations
