#include "locales/audio.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rightsline::locales {
namespace {

AudioEntry entry(std::string key, unsigned piece, std::string_view words) {
    AudioEntry made;
    made.key = std::move(key);
    made.piece = piece;
    made.text_hash = hash_text(words);
    return made;
}

TEST(AudioHash, IsFnv1aForEver) {
    EXPECT_EQ(to_hex(hash_text("")), "cbf29ce484222325");
    EXPECT_EQ(to_hex(hash_text("a")), "af63dc4c8601ec8c");
    EXPECT_EQ(to_hex(hash_text("foobar")), "85944171f73967e8");
}

TEST(AudioHash, IgnoresWrappingAndSeesEveryWord) {
    EXPECT_EQ(hash_text("  To skip,\n press pound. "), hash_text("To skip, press pound."));
    EXPECT_NE(hash_text("To skip, press pound."), hash_text("To skip, press star."));
    EXPECT_NE(hash_text("a b"), hash_text("ab"));
}

TEST(AudioHash, HexGoesThereAndBack) {
    EXPECT_EQ(parse_hex("00000000000000ff"), 255U);
    EXPECT_EQ(parse_hex(to_hex(hash_text("ñandú"))), hash_text("ñandú"));
    for (const auto* bad : {"", "ff", "00000000000000fg", "0x000000000000ff", "00000000000000fff"}) {
        EXPECT_FALSE(parse_hex(bad)) << bad;
    }
}

TEST(AudioIndex, FindsByKeyAndPiece) {
    AudioIndex index;
    index.put(entry("hotline.main.menu", 0, "What do you need?"));
    index.put(entry("hotline.main.menu", 2, "Press one."));
    ASSERT_NE(index.find("hotline.main.menu", 2), nullptr);
    EXPECT_EQ(index.find("hotline.main.menu", 2)->piece, 2U);
    EXPECT_EQ(index.find("hotline.main.menu", 1), nullptr);
    EXPECT_EQ(index.find("hotline.main", 0), nullptr);
    EXPECT_EQ(index.size(), 2U);
}

TEST(AudioIndex, LastEntryWinsAndOrderIsStable) {
    AudioIndex index;
    EXPECT_TRUE(index.empty());
    index.put(entry("b", 0, "old"));
    index.put(entry("a", 1, "x"));
    index.put(entry("a", 0, "x"));
    index.put(entry("b", 0, "new"));
    ASSERT_EQ(index.size(), 3U);
    EXPECT_EQ(index.entries()[0]->piece, 0U);
    EXPECT_EQ(index.entries()[2]->text_hash, hash_text("new"));
}

TEST(AudioIndex, StaleRecordingIsNotFresh) {
    AudioIndex index;
    index.put(entry("k", 0, "You have the right to be paid."));
    EXPECT_NE(index.find_fresh("k", 0, "You have the right to be paid."), nullptr);
    EXPECT_EQ(index.find_fresh("k", 0, "You have the right to rest."), nullptr);
    EXPECT_TRUE(is_stale(*index.find("k", 0), "You have the right to rest."));
}

TEST(AudioState, ReadsItsOwnWordsOnly) {
    EXPECT_EQ(parse_audio_state("draft"), AudioState::draft);
    EXPECT_EQ(parse_audio_state(to_string(AudioState::approved)), AudioState::approved);
    EXPECT_FALSE(parse_audio_state("Approved"));
}

TEST(AudioPiece, OnlyWordsAreRecorded) {
    EXPECT_TRUE(is_recordable(TextPiece{"For "}));
    EXPECT_TRUE(is_recordable(TextPiece{"দুই"}));
    EXPECT_FALSE(is_recordable(TextPiece{". "}));
    EXPECT_FALSE(is_recordable(SpeltPiece{"code"}));
    EXPECT_FALSE(is_recordable(ChoicePiece{"choice"}));
    EXPECT_FALSE(is_recordable(FormattedPiece{"{name}"}));
}

}  // namespace
}  // namespace rightsline::locales
