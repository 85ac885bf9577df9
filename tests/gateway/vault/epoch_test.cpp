#include "gateway/vault/epoch.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/error.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

using namespace std::chrono_literals;

constexpr Month march = 2026y / 3;
constexpr Month april = 2026y / 4;
constexpr Month may = 2026y / 5;

class EpochRingTest : public testing::Test {
 protected:
    void SetUp() override {
        static_cast<void>(folder.keys());
        std::filesystem::remove_all(folder.path() + "/epochs");
        ASSERT_EQ(add_epoch_keys(folder.path(), march, 3).value(), 3);
        ring = EpochRing::load(folder.path()).value();
    }
    std::string part(std::string_view words) const { return seal_to_circle(circle, "c", words); }
    std::string file() const {
        std::ifstream in(folder.path() + "/epochs/epochs.key");
        return {std::istreambuf_iterator<char>(in), {}};
    }

    KeyFolder folder;
    EpochRing ring;
    CirclePair pair = make_circle("fair-food", 1);
    CirclePublicKey circle = *parse_public_key(pair.public_file);
    CirclePrivateKey key = *CirclePrivateKey::parse(pair.private_file);
};

TEST_F(EpochRingTest, GivesBackWhatItLocked) {
    const std::string sealed = part("they did not pay us");
    const std::string locked = ring.lock(april, "p|c", sealed).value();
    EXPECT_EQ(locked.size(), sealed.size() + lock_overhead);
    EXPECT_EQ(lock_of(locked)->month, april);
    EXPECT_EQ(ring.unlock("p|c", locked).value(), sealed);
    EXPECT_EQ(key.open("c", ring.unlock("p|c", locked).value()).value(), "they did not pay us");
}

TEST_F(EpochRingTest, TheCircleAloneOpensNothing) {
    const std::string locked = ring.lock(april, "p|c", part("x")).value();
    EXPECT_FALSE(key.open("c", locked));
    std::string guessed = locked;
    guessed[0] = 1;
    EXPECT_FALSE(key.open("c", guessed));
}

TEST_F(EpochRingTest, SaysToWhomItIsSealedWhileItIsLocked) {
    const std::string locked = ring.lock(april, "p|c", part("x")).value();
    EXPECT_EQ(sealed_to(locked, SealedForm::part).value(), circle.id());
    StreamSealer sealer(circle, "r");
    const std::string opening = ring.lock(april, "r", sealer.header()).value();
    EXPECT_EQ(opening.size(), recording_opening_bytes + lock_overhead);
    EXPECT_EQ(sealed_to(opening, SealedForm::recording).value(), circle.id());
    EXPECT_FALSE(sealed_to(opening.substr(0, opening.size() - 1), SealedForm::recording));
    EXPECT_FALSE(sealed_to(locked.substr(0, locked.size() - 1), SealedForm::part));
}

TEST_F(EpochRingTest, EveryChangedByteAndAnotherPlaceAreFound) {
    const std::string locked = ring.lock(april, "p|c", part("x")).value();
    EXPECT_EQ(ring.unlock("p|d", locked).error(), errc::sealed_otherwise);
    for (std::size_t i = 1; i < locked.size(); ++i) {
        std::string changed = locked;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(ring.unlock("p|c", changed)) << i;
    }
}

TEST_F(EpochRingTest, WhatWasNeverLockedStaysAsItIsAndNothingIsLockedTwice) {
    const std::string sealed = part("x");
    EXPECT_EQ(ring.unlock("p|c", sealed).value(), sealed);
    const std::string locked = ring.lock(april, "p|c", sealed).value();
    EXPECT_EQ(ring.lock(may, "p|c", locked).value(), locked);
    EXPECT_FALSE(ring.lock(april, "p|c", "short"));
}

/// Of every month, and whatever order they are destroyed in: what was locked in it opens no more, the rest does.
TEST_F(EpochRingTest, WhatIsDestroyedOpensNeverAgainAndNothingElseIsLost) {
    for (const Month lost : {march, april, may}) {
        std::filesystem::remove_all(folder.path() + "/epochs");
        ASSERT_TRUE(add_epoch_keys(folder.path(), march, 3));
        ring = EpochRing::load(folder.path()).value();
        std::vector<std::pair<Month, std::string>> all;
        for (int i = 0; i < 30; ++i) {
            const Month month = march + std::chrono::months(i % 3);
            all.emplace_back(month, ring.lock(month, "p|c", part(std::to_string(i))).value());
        }
        ASSERT_TRUE(ring.destroy(lost));
        const EpochRing later = EpochRing::load(folder.path()).value();
        for (const auto& [month, locked] : all) {
            for (const EpochRing* one : std::initializer_list<const EpochRing*>{&ring, &later}) {
                EXPECT_EQ(one->unlock("p|c", locked).has_value(), month != lost);
                EXPECT_EQ(one->knows(*lock_of(locked)), month != lost);
            }
        }
    }
}

TEST_F(EpochRingTest, AnotherProcessNoticesThatAMonthWasDestroyed) {
    EpochRing other = EpochRing::load(folder.path()).value();
    const std::string locked = other.lock(april, "p|c", part("x")).value();
    ASSERT_TRUE(ring.destroy(april));
    ASSERT_TRUE(other.unlock("p|c", locked)) << "it has not looked yet, or this test shows nothing";
    other.notice();
    EXPECT_EQ(other.unlock("p|c", locked).error(), errc::unknown_key);
    EXPECT_EQ(lock_of(other.lock(april, "p|c", part("x")).value())->month, march);
    ASSERT_EQ(add_epoch_keys(folder.path(), march, 5).value(), 2);
    other.notice();
    EXPECT_EQ(other.epochs().size(), 5U) << "what was added counts without a new start";
}

TEST_F(EpochRingTest, AFileThatCannotBeReadAnyMoreDestroysNothing) {
    const std::string locked = ring.lock(april, "p|c", part("x")).value();
    const std::string whole = file();
    for (const std::string& damaged : {std::string("rightsline-epochs 1\n"), std::string("no keys at all"),
                                       whole.substr(0, whole.size() / 2)}) {
        std::ofstream(folder.path() + "/epochs/epochs.key") << damaged;
        ring.notice();
        EXPECT_TRUE(ring.unlock("p|c", locked));
    }
    std::filesystem::remove_all(folder.path() + "/epochs");
    ring.notice();
    EXPECT_TRUE(ring.unlock("p|c", locked));
}

TEST_F(EpochRingTest, TwoProcessesThatDestroyDoNotBringEachOthersMonthBack) {
    EpochRing other = EpochRing::load(folder.path()).value();
    ASSERT_TRUE(ring.destroy(march));
    ASSERT_TRUE(other.destroy(april)) << "it has not noticed the other one's";
    const std::vector<Epoch> left = EpochRing::load(folder.path())->epochs();
    EXPECT_TRUE(left[0].destroyed);
    EXPECT_TRUE(left[1].destroyed);
    EXPECT_FALSE(left[2].destroyed);
}

TEST_F(EpochRingTest, TheBytesOfTheFileBeforeAreOverwritten) {
    std::ifstream before(folder.path() + "/epochs/epochs.key");  // the old file, under no name any more
    ASSERT_TRUE(ring.destroy(april));
    const std::string left{std::istreambuf_iterator<char>(before), {}};
    EXPECT_FALSE(left.empty());
    EXPECT_EQ(left.find_first_not_of('\0'), std::string::npos);
}

TEST_F(EpochRingTest, ADestroyedKeyIsGoneFromItsFileAndIsNeverMadeAnew) {
    const std::string before = file();
    const std::size_t at = before.find("2026-04: ");
    const std::string secret = before.substr(at + 9, 44);
    ASSERT_TRUE(ring.destroy(april));
    EXPECT_EQ(file().find(secret), std::string::npos);
    EXPECT_NE(file().find("2026-04: destroyed\n"), std::string::npos);
    EXPECT_TRUE(ring.destroy(april)) << "once more is fine";
    EXPECT_EQ(add_epoch_keys(folder.path(), march, 4).value(), 1);
    const std::vector<Epoch> epochs = EpochRing::load(folder.path())->epochs();
    ASSERT_EQ(epochs.size(), 4U);
    EXPECT_TRUE(epochs[1].destroyed);
    EXPECT_FALSE(epochs[3].destroyed);
    EXPECT_EQ(ring.destroy(2020y / 1).error(), errc::unknown_key);
}

TEST_F(EpochRingTest, WhereItCannotBeWrittenNothingIsDestroyed) {
    const std::string locked = ring.lock(april, "p|c", part("x")).value();
    std::filesystem::remove_all(folder.path() + "/epochs");
    EXPECT_FALSE(ring.destroy(april));
    EXPECT_TRUE(ring.unlock("p|c", locked));
}

TEST_F(EpochRingTest, LocksUnderTheNewestMonthThatHasBegun) {
    const auto month = [&](Month now) { return lock_of(ring.lock(now, "c", part("x")).value())->month; };
    EXPECT_EQ(month(april), april);
    EXPECT_EQ(month(2027y / 1), may) << "nobody made more: the last one goes on";
    EXPECT_EQ(month(2026y / 1), march) << "a clock behind";
    ASSERT_TRUE(ring.destroy(april));
    EXPECT_EQ(month(april), march);
}

TEST_F(EpochRingTest, AFolderFromBeforeThereWereAnyLocksNothing) {
    std::filesystem::remove_all(folder.path() + "/epochs");
    const EpochRing none = EpochRing::load(folder.path()).value();
    EXPECT_TRUE(none.empty());
    const std::string sealed = part("x");
    EXPECT_EQ(none.lock(april, "c", sealed).value(), sealed);
    EXPECT_EQ(none.unlock("c", ring.lock(april, "c", sealed).value()).error(), errc::unknown_key);
}

TEST_F(EpochRingTest, AFileThatOthersMayReadOrThatIsNotOursIsRefused) {
    ASSERT_EQ(::chmod((folder.path() + "/epochs/epochs.key").c_str(), 0644), 0);
    EXPECT_EQ(EpochRing::load(folder.path()).error(), errc::key_exposed);
    ASSERT_EQ(::chmod((folder.path() + "/epochs/epochs.key").c_str(), 0600), 0);
    std::ofstream(folder.path() + "/epochs/epochs.key") << "rightsline-epochs 1\n2026-04: short\n";
    EXPECT_EQ(EpochRing::load(folder.path()).error(), errc::bad_key_file);
    std::ofstream(folder.path() + "/epochs/epochs.key") << "rightsline-epochs 1\nApril: destroyed\n";
    EXPECT_EQ(EpochRing::load(folder.path()).error(), errc::bad_key_file);
}

TEST(Months, AreReadAndWritten) {
    EXPECT_EQ(to_text(march), "2026-03");
    EXPECT_EQ(parse_month("2026-03"), march);
    for (const char* bad :
         {"", "2026-3", "2026-00", "2026-13", "26-03", "2026/03", "2026-0x", "20260-3", "1999-01"}) {
        EXPECT_FALSE(parse_month(bad)) << bad;
    }
    EXPECT_EQ(month_at(std::chrono::sys_days(2026y / 3 / 31) + 23h), march);
}

}  // namespace
}  // namespace rightsline::vault
