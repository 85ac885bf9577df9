#include "gateway/audit/block.hpp"

#include <gtest/gtest.h>

#include "gateway/vault/key_file.hpp"
#include "tests/gateway/audit/paper.hpp"

namespace rightsline::audit {
namespace {

class AuditBlock : public testing::Test {
 protected:
    AuditBlock() { paper.grow(key, 3); }
    vault::AuditKey key = fresh_key();
    Paper paper;
};

TEST_F(AuditBlock, IsReadAsItWasSealed) {
    const Block block = paper.at(0);
    EXPECT_EQ(block.sequence, 1U);
    EXPECT_EQ(block.program, program);
    EXPECT_EQ(block.first, paper.entries.front().id);
    EXPECT_EQ(block.last, paper.entries.back().id);
    EXPECT_EQ(block.entries, 3U);
    EXPECT_EQ(block.previous, Digest{});
    EXPECT_EQ(block.key, key.public_key().id());
    EXPECT_TRUE(is_signed_by(paper.blocks[0], block, key.public_key()));
    EXPECT_FALSE(is_signed_by(paper.blocks[0], block, fresh_key().public_key()));
    EXPECT_LE(paper.blocks[0].size(), 256U);
}

TEST_F(AuditBlock, NoBitOfItCanBeFlipped) {
    for (std::size_t bit = 0; bit < paper.blocks[0].size() * 8; ++bit) {
        std::string other = paper.blocks[0];
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
        const std::optional<Block> block = parse_block(other);
        EXPECT_FALSE(block && is_signed_by(other, *block, key.public_key())) << bit;
        EXPECT_NE(digest_of(other), digest_of(paper.blocks[0]));
    }
}

TEST_F(AuditBlock, PiecesAndMoreThanABlockAreNone) {
    for (std::size_t length = 0; length < paper.blocks[0].size(); ++length) {
        EXPECT_FALSE(parse_block(paper.blocks[0].substr(0, length))) << length;
    }
    EXPECT_FALSE(parse_block(paper.blocks[0] + "x"));
}

TEST_F(AuditBlock, AHeadIsReadAsItIsWrittenDown) {
    const Head head = paper.head_at(0);
    EXPECT_EQ(head.str(), "1:" + vault::to_hex(head.digest));
    EXPECT_EQ(parse_head(head.str()), head);
    const std::string hex = vault::to_hex(head.digest);
    for (const std::string& odd :
         {std::string(), "0:" + hex, "1:" + hex.substr(1), "1:" + hex + "0", hex, "1-" + hex,
          "1:" + std::string(64, 'g'), "x:" + hex, "1: " + hex.substr(1)}) {
        EXPECT_FALSE(parse_head(odd)) << odd;
    }
}

TEST_F(AuditBlock, TheSameEntriesInAnotherOrderAreOthers) {
    EntriesDigest one;
    EntriesDigest other;
    for (std::size_t i = 0; i < 3; ++i) {
        one.add(paper.entries[i]);
        other.add(paper.entries[2 - i]);
    }
    EXPECT_EQ(one.count(), other.count());
    EXPECT_NE(one.finish(), other.finish());
}

}  // namespace
}  // namespace rightsline::audit
