#include "gateway/vault/one_way.hpp"

#include <gtest/gtest.h>

#include <set>

#include "gateway/vault/error.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

class OneWay : public testing::Test {
 protected:
    KeyFolder folder;
    Keys keys = folder.keys();
    OneWayOpener opener{keys};
    OneWaySealer sealer{opener.key()};
};

TEST_F(OneWay, OpensWhatWasSealedOverTheEndOfAChain) {
    std::set<std::string> chains;
    for (unsigned i = 0; i < 3 * one_way_steps; ++i) {
        const std::string plain = "+1500555" + std::to_string(1000 + i);
        const std::string sealed = sealer.seal(Purpose::number, "case", plain);
        EXPECT_EQ(sealed.size(), plain.size() + one_way_overhead);
        EXPECT_TRUE(is_one_way(sealed));
        EXPECT_EQ(opener.open(Purpose::number, "case", sealed).value(), plain) << i;
        chains.insert(sealed.substr(6, 32));
    }
    EXPECT_EQ(chains.size(), 3U) << "another pair after every 128";
}

TEST_F(OneWay, OpensNowhereElse) {
    const std::string sealed = sealer.seal(Purpose::number, "case", "+15005550006");
    EXPECT_EQ(opener.open(Purpose::reply, "case", sealed).error(), errc::sealed_otherwise);
    EXPECT_EQ(opener.open(Purpose::number, "other", sealed).error(), errc::sealed_otherwise);
    const KeyFolder strangers;
    EXPECT_EQ(OneWayOpener(strangers.keys()).open(Purpose::number, "case", sealed).error(),
              errc::unknown_key);
}

TEST_F(OneWay, FindsEveryChangedBitAndEveryCut) {
    sealer.seal(Purpose::number, "case", "before");
    const std::string sealed = sealer.seal(Purpose::number, "case", "+15005550006");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string changed = sealed;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        // The top bit of an X25519 key is ignored by design; it is associated data here all the same.
        EXPECT_FALSE(opener.open(Purpose::number, "case", changed)) << bit;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(opener.open(Purpose::number, "case", sealed.substr(0, size))) << size;
    }
}

TEST_F(OneWay, TheSameWordsNeverLookTheSame) {
    EXPECT_NE(sealer.seal(Purpose::number, "c", "x"), sealer.seal(Purpose::number, "c", "x"));
    OneWaySealer other(opener.key());
    EXPECT_NE(sealer.seal(Purpose::number, "c", "x").substr(6, 32),
              other.seal(Purpose::number, "c", "x").substr(6, 32));
}

TEST_F(OneWay, RefusesAKeyThatNobodyHolds) { EXPECT_THROW(OneWaySealer(OneWayKey{}), std::logic_error); }

}  // namespace
}  // namespace rightsline::vault
