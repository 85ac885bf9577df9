#include "gateway/vault/receipt_code.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <set>
#include <string>

#include "gateway/vault/error.hpp"
#include "key_folder.hpp"
#include "locales/spelling.hpp"

namespace rightsline::vault {
namespace {

TEST(ReceiptCode, TenThousandDoNotRepeatAndAllCheck) {
    std::set<std::string> seen;
    std::array<double, 10> counts{};
    for (int i = 0; i < 10'000; ++i) {
        const ReceiptCode code = ReceiptCode::random();
        ASSERT_EQ(code.reveal().size(), 12U);
        ASSERT_TRUE(locales::damm_ok(code.reveal()));
        ASSERT_TRUE(seen.insert(code.reveal()).second);
        for (const char digit : code.reveal().substr(0, 11)) {
            counts[static_cast<std::size_t>(digit - '0')] += 1;
        }
    }
    double chi_square = 0;
    for (const double count : counts) {
        chi_square += (count - 11'000) * (count - 11'000) / 11'000;
    }
    EXPECT_LT(chi_square, 40.0);  // nine degrees of freedom: fair digits pass but once in 100,000 runs
}

TEST(ReceiptCode, NeighboursAreNotSequential) {
    const std::string first = ReceiptCode::random().reveal();
    const std::string second = ReceiptCode::random().reveal();
    EXPECT_NE(first.substr(0, 6), second.substr(0, 6));
}

TEST(ReceiptCode, IsReadAsItIsWrittenDown) {
    const std::string digits = ReceiptCode::random().reveal();
    const std::string grouped = digits.substr(0, 4) + " " + digits.substr(4, 4) + "-" + digits.substr(8);
    EXPECT_EQ(ReceiptCode::parse(digits)->reveal(), digits);
    EXPECT_EQ(ReceiptCode::parse(grouped)->reveal(), digits);
    EXPECT_EQ(ReceiptCode::parse(" " + grouped + ". ")->reveal(), digits);
}

TEST(ReceiptCode, OneMistypedDigitOrSwapIsRefused) {
    for (int run = 0; run < 200; ++run) {
        const std::string digits = ReceiptCode::random().reveal();
        for (std::size_t i = 0; i < digits.size(); ++i) {
            for (char other = '0'; other <= '9'; ++other) {
                std::string typed = digits;
                typed[i] = other;
                ASSERT_EQ(ReceiptCode::parse(typed).has_value(), typed == digits);
            }
        }
        for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
            std::string typed = digits;
            std::swap(typed[i], typed[i + 1]);
            ASSERT_EQ(ReceiptCode::parse(typed).has_value(), typed == digits);
        }
    }
}

TEST(ReceiptCode, OtherTextIsRefused) {
    const std::string digits = ReceiptCode::random().reveal();
    for (const std::string& typed :
         {std::string(), digits.substr(1), digits + "0", digits + "x", "o" + digits.substr(1),
          std::string(12, 'a'), std::string(100'000, '5')}) {
        EXPECT_EQ(ReceiptCode::parse(typed).error(), errc::not_a_code);
    }
}

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

TEST(ReceiptCode, CannotBeLogged) {
    static_assert(!Streamable<ReceiptCode>);
    static_assert(!std::is_convertible_v<ReceiptCode, std::string>);
    static_assert(!std::equality_comparable<ReceiptCode>);
}

// These hold in every build: the price of a guess is the promise (P5).
TEST(ReceiptDeriver, IsArgon2idWithThreePassesOver64MiB) {
    EXPECT_EQ(argon2_passes, 3U);
    EXPECT_EQ(argon2_memory, 67'108'864U);
    const KeyFolder folder;
    const Keys keys = folder.keys();
    const ReceiptCode code = ReceiptCode::random();
    const SecretBytes salt = keys.derive("rightsline receipt salt");
    std::array<std::uint8_t, 64> expected{};
    ASSERT_EQ(crypto_pwhash(expected.data(), expected.size(), code.reveal().data(), 12, salt.data(), 3,
                            67'108'864, crypto_pwhash_ALG_ARGON2ID13),
              0);
    const std::string first_half(expected.begin(), expected.begin() + 32);
    const Receipt receipt = ReceiptDeriver(keys).derive(code).value();
    EXPECT_EQ(receipt.index, KeyedNames(keys).name(IdKind::receipt, first_half));
    EXPECT_EQ(sodium_memcmp(receipt.opener.data(), expected.data() + 32, 32), 0);
}

TEST(ReceiptDeriver, DependsOnCodeAndPepper) {
    const KeyFolder folder;
    const KeyFolder other;
    const ReceiptCode code = ReceiptCode::random();
    const ReceiptDeriver deriver(folder.keys());
    const KeyedId index = deriver.derive(code)->index;
    EXPECT_EQ(deriver.derive(ReceiptCode::parse(code.reveal()).value())->index, index);
    EXPECT_NE(deriver.derive(ReceiptCode::random())->index, index);
    EXPECT_NE(ReceiptDeriver(other.keys()).derive(code)->index, index);
}

}  // namespace
}  // namespace rightsline::vault
