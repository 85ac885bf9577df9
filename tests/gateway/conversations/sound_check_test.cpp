#include "gateway/conversations/sound_check.hpp"

#include <gtest/gtest.h>

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

std::string little_endian(std::uint32_t number) {
    std::string bytes;
    for (int i = 0; i < 4; ++i, number >>= 8U) {
        bytes += static_cast<char>(number & 0xFFU);
    }
    return bytes;
}

/// A WAVE file of `samples` bytes, at so many a second; `rest` as its head states it.
std::string wave(std::size_t samples, std::uint32_t rate, std::uint32_t rest) {
    std::string head = "RIFF" + little_endian(rest) + "WAVEfmt " + little_endian(16);
    head += std::string("\x01\x00\x01\x00", 4) + little_endian(8000) + little_endian(rate);
    head += std::string("\x02\x00\x10\x00", 4) + "data" + little_endian(static_cast<std::uint32_t>(samples));
    return head + std::string(samples, '.');
}

SoundCheck seen(const std::string& bytes) {
    SoundCheck check;
    for (std::size_t at = 0; at < bytes.size(); at += 1000) {
        check.see(std::string_view(bytes).substr(at, 1000));
    }
    return check;
}

TEST(SoundCheck, TakesWhatIsWholeByItsHead) {
    EXPECT_TRUE(seen(wave(16'000, 16'000, 16'036)).is_sound());
    EXPECT_FALSE(seen(wave(16'000, 16'000, 16'037)).is_sound());
    EXPECT_FALSE(seen(wave(0, 16'000, 36)).is_sound()) << "nothing to hear";
    EXPECT_FALSE(seen("RIFF").is_sound());
    EXPECT_FALSE(seen("").is_sound());
    EXPECT_FALSE(seen("<html>" + std::string(100, ' ')).is_sound());
}

// A file that is written while it is spoken cannot know its length at its head.
TEST(SoundCheck, TakesAStreamedFileForAsLongAsItsBody) {
    for (const std::uint32_t unstated : {0U, 0xFFFFFFFFU}) {
        EXPECT_TRUE(seen(wave(16'000, 16'000, unstated)).is_sound()) << unstated;
        EXPECT_FALSE(seen(wave(0, 16'000, unstated)).is_sound()) << unstated;
    }
}

TEST(SoundCheck, HoldsItAgainstTheSecondsThatWereSpoken) {
    const SoundCheck thirty = seen(wave(30 * 16'000, 16'000, 30 * 16'000 + 36));
    EXPECT_TRUE(thirty.may_last(0s)) << "no length was told";
    EXPECT_TRUE(thirty.may_last(30s));
    EXPECT_TRUE(thirty.may_last(42s)) << "silence at both ends was cut away";
    EXPECT_FALSE(thirty.may_last(43s));
    EXPECT_FALSE(thirty.may_last(180s));
    EXPECT_TRUE(seen(wave(30 * 8000, 8000, 0)).may_last(42s)) << "a byte a sample";
    EXPECT_FALSE(seen(wave(30 * 8000, 16'000, 0)).may_last(42s));
    EXPECT_FALSE(seen(wave(30 * 8000, 1, 0)).may_last(43s)) << "a rate that no telephone has";
    EXPECT_TRUE(seen(wave(30 * 8000, 0xFFFFFFFF, 0)).may_last(42s));
}

}  // namespace
}  // namespace rightsline::conversations
