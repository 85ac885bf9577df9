#include "gateway/vault/keyed_names.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <set>

#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

constexpr std::array every_kind{IdKind::phone, IdKind::event, IdKind::call,
                                IdKind::step,  IdKind::limit, IdKind::receipt};

TEST(KeyedNames, AreAKeyedHashOfSixteenBytes) {
    const KeyFolder folder;
    const Keys keys = folder.keys();
    const std::string number = "+15005550006";
    const SecretBytes key = keys.derive("rightsline id phone");
    std::array<std::uint8_t, 16> mac{};
    crypto_generichash(mac.data(), mac.size(), reinterpret_cast<const std::uint8_t*>(number.data()),
                       number.size(), key.data(), key.size());
    const KeyedId id = KeyedNames(keys).name(IdKind::phone, number);
    EXPECT_EQ(id.bytes, mac);
    EXPECT_EQ(id.hex().size(), 32U);
}

TEST(KeyedNames, StayTheSameAndDifferByBytesKindAndPepper) {
    const KeyFolder folder;
    const KeyFolder other;
    const KeyedNames names(folder.keys());
    const KeyedNames again(folder.keys());
    const KeyedNames strangers(other.keys());
    std::set<KeyedId> all;
    for (const IdKind kind : every_kind) {
        EXPECT_EQ(names.name(kind, "same"), again.name(kind, "same"));
        all.insert(names.name(kind, "same"));
        all.insert(names.name(kind, "other"));
        all.insert(names.name(kind, ""));
        all.insert(strangers.name(kind, "same"));
    }
    EXPECT_EQ(all.size(), every_kind.size() * 4);
}

}  // namespace
}  // namespace rightsline::vault
