// What a verifier says of an audit that is whole, and of each kind of tampering.
#include "gateway/audit/verifier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/audit/paper.hpp"

namespace rightsline::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AuditVerifier : public testing::Test {
 protected:
    AuditVerifier() {
        for (const std::size_t count : {3U, 100U, 1U, 2U, 50U}) {
            paper.grow(key, count);
        }
    }
    Verdict verify(const std::vector<Head>& heads = {}) const {
        return paper.verify({key.public_key()}, heads);
    }
    std::vector<std::string> found(const std::vector<Head>& heads = {}) const {
        return names_in(verify(heads));
    }
    void wait(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            paper.entries.push_back(entry_at({paper.entries.back().id.ms + 1000, 0}));
        }
    }
    std::string sealed_anew(std::size_t index, const vault::AuditKey& with) const {
        return seal(paper.at(index), with);
    }

    vault::AuditKey key = fresh_key();
    vault::AuditKey other = fresh_key();
    Paper paper;
};

TEST_F(AuditVerifier, FindsNothingInWhatIsWhole) {
    for (const std::size_t page : {1U, 2U, 3U, 5U, 100U}) {
        const Verdict verdict = paper.verify({key.public_key()}, {paper.head_at(1), paper.head_at(4)}, page);
        EXPECT_THAT(names_in(verdict), IsEmpty()) << page;
        EXPECT_TRUE(verdict.whole());
        EXPECT_EQ(verdict.blocks, 5U);
        EXPECT_EQ(verdict.entries, 156U);
        EXPECT_EQ(verdict.waiting, 0U);
        EXPECT_EQ(verdict.head, paper.head_at(4));
        EXPECT_EQ(verdict.keys.size(), 1U);
    }
    EXPECT_TRUE(Paper{}.verify({}).whole());
}

TEST_F(AuditVerifier, EntriesThatWaitAreNoFindingUnlessNobodySealsThem) {
    wait(4);
    EXPECT_EQ(verify().waiting, 4U);
    EXPECT_TRUE(verify().whole());
    const std::uint64_t late = paper.entries.back().id.ms + 3'600'000;
    const Verdict verdict = paper.verify({key.public_key()}, {}, 4, late);
    ASSERT_THAT(names_in(verdict), ElementsAre("waits_too_long"));
    EXPECT_EQ(verdict.findings[0].from, paper.entries[156].id);
}

TEST_F(AuditVerifier, OlderKeysProveOlderBlocks) {
    paper.grow(other, 10);
    EXPECT_TRUE(paper.verify({key.public_key(), other.public_key()}).whole());
    EXPECT_THAT(names_in(paper.verify({key.public_key()})), ElementsAre("block_not_ours"));
    EXPECT_EQ(paper.verify({key.public_key(), other.public_key()}).keys.size(), 2U);
}

TEST_F(AuditVerifier, SaysInWhichBlockAnEntryWasChanged) {
    paper.entries[70].fields[2].second = "maria";
    const Verdict verdict = verify();
    ASSERT_THAT(names_in(verdict), ElementsAre("entries_altered"));
    EXPECT_EQ(verdict.findings[0].block, 2U);
    EXPECT_EQ(verdict.findings[0].from, paper.entries[3].id);
    EXPECT_EQ(verdict.findings[0].to, paper.entries[102].id);
    EXPECT_EQ(verdict.findings[0].str(), "block 2, entries " + paper.entries[3].id.str() + " to " +
                                             paper.entries[102].id.str() +
                                             ": an entry was changed after it was sealed");
}

TEST_F(AuditVerifier, TellsFewerFromMoreAndFromOutside) {
    Paper before = paper;
    paper.entries.erase(paper.entries.begin() + 70);
    EXPECT_THAT(found(), ElementsAre("entries_missing"));
    paper = before;
    paper.entries.insert(paper.entries.begin() + 71, entry_at(paper.entries[70].id.next()));
    EXPECT_THAT(found(), ElementsAre("entries_added"));
    paper = before;
    paper.entries.insert(paper.entries.begin() + 103, entry_at(paper.entries[102].id.next()));
    EXPECT_THAT(found(), ElementsAre("entry_outside"));
    paper = before;
    paper.entries.insert(paper.entries.begin(), entry_at({1, 1}));
    EXPECT_THAT(found(), ElementsAre("entry_outside"));
}

TEST_F(AuditVerifier, ABlockThatIsGoneIsAGapAndItsEntriesAreNotBlamedTwice) {
    paper.blocks.erase(paper.blocks.begin() + 1);
    const Verdict verdict = verify();
    ASSERT_THAT(names_in(verdict), ElementsAre("block_missing"));
    EXPECT_EQ(verdict.findings[0].block, 2U);
    EXPECT_EQ(paper.entries_in(verdict.findings[0]), 100U);
}

TEST_F(AuditVerifier, ABlockInAnothersPlaceIsMisplaced) {
    std::swap(paper.blocks[1], paper.blocks[2]);
    EXPECT_THAT(found(), ElementsAre("block_missing", "block_misplaced"));
    std::swap(paper.blocks[1], paper.blocks[2]);
    paper.blocks.insert(paper.blocks.begin() + 3, paper.blocks[1]);
    EXPECT_THAT(found(), ElementsAre("block_misplaced"));
}

TEST_F(AuditVerifier, WhoeverSignsWithAnotherKeyIsFoundBlockByBlock) {
    paper.blocks[1] = sealed_anew(1, other);
    Verdict verdict = verify();
    ASSERT_THAT(names_in(verdict), ElementsAre("block_not_ours"));
    EXPECT_EQ(paper.entries_in(verdict.findings[0]), 100U);
    paper.blocks[2] = sealed_anew(2, other);
    verdict = verify();
    ASSERT_THAT(names_in(verdict), ElementsAre("block_not_ours", "block_not_ours"));
    EXPECT_EQ(paper.entries_in(verdict.findings[0]), 100U);
    EXPECT_EQ(paper.entries_in(verdict.findings[1]), 1U);
}

TEST_F(AuditVerifier, ABlockThatLiesAboutItsEntriesLeavesNoneOut) {
    Block liar = paper.at(1);
    liar.last = liar.first;
    paper.blocks[1] = seal(liar, other);
    const Verdict verdict = verify();
    ASSERT_THAT(names_in(verdict), ElementsAre("block_not_ours"));
    EXPECT_EQ(paper.entries_in(verdict.findings[0]), 100U);
}

TEST_F(AuditVerifier, JunkAndAnotherProgramsBlocksAreFound) {
    Paper before = paper;
    paper.blocks[1] = "junk";
    EXPECT_THAT(found(), ElementsAre("block_unreadable"));
    paper = before;
    paper.blocks.insert(paper.blocks.begin() + 1, "junk");
    EXPECT_THAT(found(), ElementsAre("block_unreadable"));
    paper = before;
    Block foreign = paper.at(1);
    foreign.program = "lesotho-gbvh";
    paper.blocks[1] = seal(foreign, key);
    EXPECT_THAT(found(), ElementsAre("block_of_another"));
}

TEST_F(AuditVerifier, ASignedBlockThatDoesNotFollowBreaksTheChain) {
    Block stranger = paper.at(1);
    stranger.previous[0] ^= 1U;
    paper.blocks[1] = seal(stranger, key);
    EXPECT_THAT(found(), ElementsAre("chain_broken", "chain_broken"));
}

TEST_F(AuditVerifier, AnEndThatWasCutOffDiffersFromTheStoresHead) {
    paper.blocks.pop_back();
    EXPECT_THAT(found(), ElementsAre("head_differs"));
    paper.head.back() = static_cast<char>(paper.head.back() ^ 1);
    paper.counted = 4;
    EXPECT_THAT(found(), ElementsAre("head_differs"));
    paper.counted = 0;
    EXPECT_THAT(found(), ElementsAre("head_differs"));
}

TEST_F(AuditVerifier, AHeadThatIsRememberedFindsWhatTheStoreForgot) {
    const std::vector<Head> remembered{paper.head_at(1), paper.head_at(4)};
    paper.blocks.pop_back();
    paper.settle();
    paper.entries.resize(106);
    EXPECT_THAT(found(), IsEmpty()) << "it looks whole to whoever remembers nothing";
    const Verdict verdict = verify(remembered);
    ASSERT_THAT(names_in(verdict), ElementsAre("cut_short"));
    EXPECT_EQ(verdict.findings[0].block, 4U);
    EXPECT_EQ(paper.entries_in(verdict.findings[0]), 0U);
    EXPECT_THAT(names_in(Paper{}.verify({key.public_key()}, remembered)),
                ElementsAre("cut_short", "cut_short"));
}

TEST_F(AuditVerifier, WhatSomebodyWithTheKeyWroteAnewIsFoundBehindTheLastHeadThatFits) {
    const std::vector<Head> remembered{paper.head_at(1), paper.head_at(4)};
    Paper anew;
    for (const std::size_t count : {3U, 100U}) {
        anew.grow(key, count);
    }
    anew.entries[101].fields[0].second = "alert_told";
    const Verdict same_until_then = anew.verify({key.public_key()}, {remembered[0]});
    EXPECT_THAT(names_in(same_until_then), ElementsAre("entries_altered"));
    paper.blocks.resize(2);
    paper.entries.resize(103);
    for (const std::size_t count : {7U, 8U, 9U}) {
        paper.grow(key, count);
    }
    EXPECT_THAT(found(), IsEmpty());
    const Verdict verdict = verify(remembered);
    ASSERT_THAT(names_in(verdict), ElementsAre("head_rewritten"));
    EXPECT_EQ(verdict.findings[0].from, paper.entries[102].id.next());
    EXPECT_EQ(paper.entries_in(verdict.findings[0]), 24U);
}

TEST_F(AuditVerifier, AThousandFindingsAreEnough) {
    Paper junk;
    junk.blocks.assign(3000, "junk");
    junk.settle();
    const Verdict verdict = junk.verify({key.public_key()});
    EXPECT_EQ(verdict.findings.size(), 1000U);
    EXPECT_TRUE(verdict.more);
}

TEST(AuditFaults, EachHasANameAndWords) {
    for (int i = 0; i <= static_cast<int>(Fault::waits_too_long); ++i) {
        EXPECT_GT(name_of(static_cast<Fault>(i)).size(), 4U);
        EXPECT_GT(what_of(static_cast<Fault>(i)).size(), 10U);
    }
}

}  // namespace
}  // namespace rightsline::audit
