// Holds C++ to tests/data/member-vectors.json, which every other program that opens our keys is held to as well.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/shares.hpp"
#include "vectors.hpp"

namespace rightsline::vault {
namespace {

namespace json = boost::json;

std::string hex(std::string_view bytes) {
    return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string_view text(const json::value& object, const char* name) { return object.at(name).as_string(); }

class MemberVectors : public testing::Test {
 protected:
    MemberKey member() const {
        const json::value& maria = vectors_.at("member");
        return MemberFile::parse(text(maria, "file"))->open(TypedSecret(text(maria, "passphrase"))).value();
    }
    json::value vectors_ = read_vectors("member-vectors.json");
};

TEST_F(MemberVectors, LocksAreMadeAndOpenedByteForByte) {
    ASSERT_EQ(vectors_.at("locks").as_array().size(), 3U);
    for (const json::value& lock : vectors_.at("locks").as_array()) {
        LockPlace place;
        std::ranges::copy(from_hex(lock.at("id")), place.id.begin());
        place.name = text(lock, "name");
        place.by = static_cast<LockedBy>(lock.at("lock").to_number<int>());
        LockDraw draw;
        draw.cost = {lock.at("passes").to_number<std::uint32_t>(),
                     lock.at("memory_kib").to_number<std::uint32_t>()};
        std::ranges::copy(from_hex(lock.at("salt")), draw.salt.begin());
        std::ranges::copy(from_hex(lock.at("nonce")), draw.nonce.begin());
        SecretBytes scalar(32);
        std::ranges::copy(from_hex(lock.at("scalar")), scalar.data());
        EXPECT_EQ(hex(lock_scalar(place, text(lock, "secret"), scalar, draw).value()), text(lock, "locked"));
        const SecretBytes opened =
            unlock_scalar(place, text(lock, "secret"), from_hex(lock.at("locked"))).value();
        EXPECT_EQ(to_hex(opened.bytes()), text(lock, "scalar"));
    }
}

TEST_F(MemberVectors, CodesAreTakenAndRefused) {
    for (const json::value& good : vectors_.at("codes").at("good").as_array()) {
        EXPECT_TRUE(RecoveryCode::parse(std::string_view(good.as_string()))) << good.as_string();
    }
    for (const json::value& bad : vectors_.at("codes").at("bad").as_array()) {
        EXPECT_EQ(RecoveryCode::parse(text(bad, "typed")).error(), errc::not_a_recovery_code)
            << text(bad, "why");
    }
}

TEST_F(MemberVectors, AMembersFileOpensBothWays) {
    const json::value& maria = vectors_.at("member");
    EXPECT_EQ(to_hex(member().key().secret().scalar.bytes()), text(maria, "scalar"));
    EXPECT_EQ(member().member().fingerprint(), text(maria, "fingerprint"));
    EXPECT_EQ(member_text(member().member()), text(maria, "public_file"));
    const MemberFile file = MemberFile::parse(text(maria, "file")).value();
    EXPECT_EQ(file.open(RecoveryCode::parse(text(maria, "code")).value())->member(), member().member());
}

TEST_F(MemberVectors, SharesOpenTheCirclesReports) {
    const json::value& circle = vectors_.at("circle");
    const Shares shares = Shares::parse(text(circle, "shares_file")).value();
    EXPECT_EQ(share_context(shares.circle()), text(circle, "share_context"));
    EXPECT_EQ(public_key_text(shares.circle()), text(circle, "public_file"));
    const CirclePrivateKey key = shares.open(member()).value();
    EXPECT_EQ(key.open(text(circle, "report_context"), from_hex(circle.at("sealed"))).value(),
              text(circle, "report"));
}

}  // namespace
}  // namespace rightsline::vault
