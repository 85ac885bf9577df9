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

TEST_F(MediaTest, WhatSomebodyHasJustReadIsServedToBeKeptByNobody) {
    const std::string read(64, 'd');
    const std::string folder = path + "-read";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/" + read + ".wav") << "RIFF read";
    Media media(listed());
    EXPECT_EQ(media.serve(read + ".wav").status, 404);
    media.serve_for_now(folder);
    const http::Response response = media.serve(read + ".wav");
    EXPECT_EQ(response.body, "RIFF read");
    EXPECT_EQ(response.headers.front().second, "no-store");
    for (const std::string& name : {read, read + ".mp3", read + ".wav.wav", "../" + hash + ".wav",
                                    std::string(64, 'e') + ".wav", std::string(64, 'D') + ".wav"}) {
        EXPECT_EQ(media.serve(name).status, 404) << name;
    }
    EXPECT_EQ(media.serve(hash + ".wav").body, "RIFF sound");
    std::filesystem::remove_all(folder);
}

TEST_F(MediaTest, WhatWasPreloadedIsThereWithoutTheDisk) {
    Media media(listed());
    media.preload({hash, "unknown"});
    std::filesystem::remove(path);
    EXPECT_EQ(media.serve(hash + ".wav").body, "RIFF sound");
}

TEST_F(MediaTest, ACallThatBeganBeforeTheIndexesWereReadAgainGoesOnHearingWhatItHeard) {
    const std::string fresh(64, 'c');
    Media media(listed());
    media.preload({hash});
    media.renew({{fresh, path}});
    EXPECT_EQ(media.serve(hash + ".wav").status, 200);
    EXPECT_EQ(media.serve(fresh + ".wav").status, 200);
    std::filesystem::remove(path);
    EXPECT_EQ(media.serve(hash + ".wav").body, "RIFF sound") << "still in memory";
}

TEST_F(MediaTest, ASoundThatMovedIsServedFromWhereItLiesNow) {
    Media media({{hash, "/no/such/file.wav"}});
    media.renew(listed());
    EXPECT_EQ(media.serve(hash + ".wav").body, "RIFF sound");
}

}  // namespace
}  // namespace rightsline::app
