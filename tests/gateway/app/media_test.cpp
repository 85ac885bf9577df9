#include "gateway/app/media.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

namespace rightsline::app {
namespace {

const std::string hash(64, 'a');

class MediaTest : public testing::Test {
 protected:
    void SetUp() override {
        path = (std::filesystem::temp_directory_path() / ("rightsline-media-" + std::to_string(getpid())))
                   .string();
        std::ofstream(path) << "RIFF sound";
    }
    void TearDown() override { std::filesystem::remove(path); }
    std::map<std::string, std::string> listed() const { return {{hash, path}}; }
    std::string path;
};

TEST_F(MediaTest, ServesAListedFileForEver) {
    const http::Response response = Media(listed()).serve(hash + ".wav");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "audio/wav");
    EXPECT_EQ(response.body, "RIFF sound");
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers.front().second, "public, max-age=31536000, immutable");
}

TEST_F(MediaTest, ServesNothingThatNoIndexListed) {
    const Media media(listed());
    for (const std::string& name : {std::string(64, 'b') + ".wav", hash, hash + ".mp3", hash + ".wav.wav",
                                    std::string("../../etc/passwd"), std::string()}) {
        EXPECT_EQ(media.serve(name).status, 404) << name;
    }
}

TEST_F(MediaTest, WhatWasPreloadedIsThereWithoutTheDisk) {
    Media media(listed());
    media.preload({hash, "unknown"});
    std::filesystem::remove(path);
    EXPECT_EQ(media.serve(hash + ".wav").body, "RIFF sound");
}

}  // namespace
}  // namespace rightsline::app
