#include "gateway/vault/member.hpp"

#include <gtest/gtest.h>

#include <random>

#include "gateway/vault/checked_text.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::vault {
namespace {

// The least that libsodium takes: these tests ask what is refused, not how long a guess takes.
constexpr ArgonCost cheap{1, 8};
constexpr std::string_view words = "four goats under a blue tarpaulin";

class MemberKeys : public testing::Test {
 protected:
    MemberFile file() const { return MemberFile::parse(made_.file).value(); }

    TypedSecret passphrase_{words};
    NewMember made_ = make_member("maria", passphrase_, cheap).value();
};

TEST_F(MemberKeys, OpenWithThePassphraseAndWithTheRecoveryCode) {
    EXPECT_EQ(file().member(), made_.member);
    EXPECT_EQ(file().open(passphrase_)->member(), made_.member);
    EXPECT_EQ(file().open(made_.code)->member(), made_.member);
}

TEST_F(MemberKeys, StandUnderTheHousesCostUnlessATestSaysOtherwise) {
    EXPECT_EQ(ArgonCost{}.passes, 3U);
    EXPECT_EQ(ArgonCost{}.memory_kib, 64U * 1024U);
    const NewMember made = make_member("jean", passphrase_).value();
    EXPECT_TRUE(MemberFile::parse(made.file)->open(passphrase_));
}

TEST_F(MemberKeys, AreNeverPlainInTheFile) {
    const MemberKey key = file().open(passphrase_).value();
    EXPECT_EQ(made_.file.find(to_base64(key.key().secret().scalar.bytes())), std::string::npos);
    EXPECT_EQ(made_.file.find(to_hex(key.key().secret().scalar.bytes())), std::string::npos);
    EXPECT_EQ(made_.file.find(words), std::string::npos);
    EXPECT_EQ(made_.file.find(made_.code.digits()), std::string::npos);
}

TEST_F(MemberKeys, RefuseEveryOtherPassphraseAndCode) {
    for (const char* wrong : {"", "four goats under a blue tarpaulin ", "Four goats under a blue tarpaulin",
                              "four goats under a blue tarpauli"}) {
        EXPECT_EQ(file().open(TypedSecret(wrong)).error(), errc::wrong_secret) << wrong;
    }
    EXPECT_EQ(file().open(RecoveryCode::random()).error(), errc::wrong_secret);
    EXPECT_EQ(file().open(TypedSecret(made_.code.digits())).error(), errc::wrong_secret)
        << "the other lock's secret";
}

TEST_F(MemberKeys, ShowEveryChangedBitOfTheFile) {
    std::mt19937 draw(7);
    for (int i = 0; i < 10'000; ++i) {
        std::string bad = made_.file;
        const std::size_t bit = draw() % (bad.size() * 8);
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        ASSERT_FALSE(MemberFile::parse(bad)) << "bit " << bit;
    }
    for (std::size_t length = 0; length < made_.file.size(); ++length) {
        ASSERT_FALSE(MemberFile::parse(made_.file.substr(0, length))) << length;
    }
    EXPECT_FALSE(MemberFile::parse(made_.file + "x"));
    EXPECT_FALSE(MemberFile::parse(made_.file + made_.file));
}

// Somebody who changes a byte on purpose makes the sum anew; the key that is inside still shows it.
TEST_F(MemberKeys, ShowAChangeEvenWithARightSum) {
    const std::string summed(check_sum(made_.file).value());
    std::mt19937 draw(8);
    int parsed = 0;
    for (int i = 0; i < 1'000; ++i) {
        std::string bad = summed;
        const std::size_t bit = draw() % (bad.size() * 8);
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        const Result<MemberFile> file = MemberFile::parse(with_sum(bad));
        parsed += file ? 1 : 0;
        ASSERT_FALSE(file && file->open(passphrase_)) << "bit " << bit;
    }
    EXPECT_GT(parsed, 100) << "else the key inside was never asked";
}

TEST_F(MemberKeys, GetANewPassphraseWhileTheRecoveryCodeStays) {
    const TypedSecret fresh("seven lamps in the old harbour");
    const std::string text = file().under(file().open(made_.code).value(), fresh, cheap).value();
    const MemberFile changed = MemberFile::parse(text).value();
    EXPECT_EQ(changed.open(fresh)->member(), made_.member);
    EXPECT_EQ(changed.open(made_.code)->member(), made_.member);
    EXPECT_EQ(changed.open(passphrase_).error(), errc::wrong_secret);
}

TEST_F(MemberKeys, HaveAPublicHalfThatReadsBack) {
    const std::string text = member_text(made_.member);
    EXPECT_EQ(parse_member(text).value(), made_.member);
    EXPECT_EQ(parse_member(made_.file).error(), errc::bad_key_file);
    EXPECT_EQ(MemberFile::parse(text).error(), errc::bad_key_file);
    EXPECT_EQ(made_.member.fingerprint().size(), 39U);
    const std::string id = to_hex(made_.member.id());
    EXPECT_EQ(made_.member.fingerprint().substr(0, 9), id.substr(0, 4) + " " + id.substr(4, 4));
}

TEST(LockedScalar, RefusesACostThatNobodyWrites) {
    const TypedSecret secret(words);
    const LockPlace place{{1, 2, 3}, "maria", LockedBy::passphrase};
    const std::string good = lock_scalar(place, secret.view(), SecretBytes(32), fresh_lock(cheap)).value();
    ASSERT_EQ(good.size(), locked_scalar_bytes);
    ASSERT_TRUE(unlock_scalar(place, secret.view(), good));
    for (const std::size_t at : {std::size_t{11}, std::size_t{15}}) {
        std::string costly = good;
        costly[at] = '\x7f';
        EXPECT_EQ(unlock_scalar(place, secret.view(), costly).error(), errc::bad_key_file) << at;
    }
}

TEST(LockedScalar, OpensOnlyForItsMemberAndItsLock) {
    const TypedSecret secret(words);
    const LockPlace place{{1, 2, 3}, "maria", LockedBy::passphrase};
    const std::string locked = lock_scalar(place, secret.view(), SecretBytes(32), fresh_lock(cheap)).value();
    EXPECT_FALSE(unlock_scalar({place.id, "jean", place.by}, secret.view(), locked));
    EXPECT_FALSE(unlock_scalar({{9}, "maria", place.by}, secret.view(), locked));
    EXPECT_FALSE(unlock_scalar({place.id, "maria", LockedBy::recovery_code}, secret.view(), locked));
    for (std::size_t bit = 0; bit < locked.size() * 8; ++bit) {
        if (bit / 8 >= 11 && bit / 8 < 19) {
            continue;  // the cost: a sane other one is another key, which the test above and below would only wait for
        }
        std::string bad = locked;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        ASSERT_FALSE(unlock_scalar(place, secret.view(), bad)) << "bit " << bit;
    }
    std::string other_cost = locked;
    other_cost[14] = 2;
    EXPECT_EQ(unlock_scalar(place, secret.view(), other_cost).error(), errc::wrong_secret);
}

}  // namespace
}  // namespace rightsline::vault
