#include "gateway/vault/blob.hpp"

#include <gtest/gtest.h>

#include "gateway/vault/error.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

class Blob : public testing::Test {
 protected:
    KeyFolder folder_;
    Keys keys_ = folder_.keys();

    std::string seal(std::string_view plain) const {
        return seal_blob(keys_.states().back(), Purpose::conversation, "key of the conversation", plain);
    }
    Result<std::string> open(std::string_view sealed, Purpose purpose = Purpose::conversation,
                             std::string_view context = "key of the conversation") const {
        return open_blob(keys_.states(), purpose, context, sealed);
    }
};

TEST_F(Blob, OpensToWhatWasSealed) {
    for (const std::string& plain :
         {std::string(), std::string("a"), std::string(100'000, 'x'), std::string(3, '\0')}) {
        EXPECT_EQ(open(seal(plain)).value(), plain);
    }
}

TEST_F(Blob, CostsFortySixBytes) {
    EXPECT_EQ(blob_overhead, 46U);
    EXPECT_EQ(seal("four").size(), 50U);
}

TEST_F(Blob, HidesThePlainTextAndNeverRepeats) {
    EXPECT_EQ(seal("a secret story").find("secret"), std::string::npos);
    EXPECT_NE(seal("a secret story"), seal("a secret story"));
}

TEST_F(Blob, ShowsEveryFlippedBit) {
    const std::string sealed = seal("story");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string bad = sealed;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        EXPECT_FALSE(open(bad)) << "bit " << bit;
    }
}

TEST_F(Blob, ShowsEveryTruncation) {
    const std::string sealed = seal("story");
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        EXPECT_EQ(open(sealed.substr(0, length)).error(), errc::sealed_otherwise) << length;
    }
}

TEST_F(Blob, OpensOnlyForItsPurposeAndContext) {
    const std::string sealed = seal("story");
    EXPECT_EQ(open(sealed, Purpose::answer).error(), errc::sealed_otherwise);
    EXPECT_EQ(open(sealed, Purpose::conversation, "another key").error(), errc::sealed_otherwise);
    EXPECT_EQ(open(sealed, Purpose::conversation, "").error(), errc::sealed_otherwise);
}

TEST_F(Blob, NamesAKeyThatIsNotHere) {
    const KeyFolder other;
    const Keys strangers = other.keys();
    const std::string sealed =
        seal_blob(strangers.states().back(), Purpose::conversation, "key of the conversation", "story");
    EXPECT_EQ(open(sealed).error(), errc::unknown_key);
}

TEST_F(Blob, OfOneByteFormIsStable) { EXPECT_EQ(seal("").substr(0, 2), std::string("\x01\x01")); }

}  // namespace
}  // namespace rightsline::vault
