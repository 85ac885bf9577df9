#include "gateway/vault/circle.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/json.hpp>

#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "vectors.hpp"

namespace rightsline::vault {
namespace {

constexpr std::size_t head_and_box = 10 + crypto_box_SEALBYTES;

class Circle : public testing::Test {
 protected:
    CirclePair pair_ = make_circle("fair-food", 3);
    CirclePublicKey public_ = parse_public_key(pair_.public_file).value();
    CirclePrivateKey private_ = CirclePrivateKey::parse(pair_.private_file).value();
};

TEST_F(Circle, FilesSayWhoseKeyTheyHold) {
    EXPECT_EQ(public_.name, "fair-food");
    EXPECT_EQ(public_.version, 3U);
    EXPECT_EQ(private_.public_key().key, public_.key);
    EXPECT_EQ(private_.public_key().name, "fair-food");
    EXPECT_EQ(private_.public_key().version, 3U);
    EXPECT_EQ(pair_.public_file.find(pair_.private_file.substr(pair_.private_file.find("key: "))),
              std::string::npos);
}

TEST_F(Circle, OpensWhatWasSealed) {
    for (const std::string& plain :
         {std::string(), std::string("a story"), std::string(100'000, 'x'), std::string("\0\1\0", 3)}) {
        EXPECT_EQ(private_.open("p|c|story|0", seal_to_circle(public_, "p|c|story|0", plain)).value(), plain);
    }
}

TEST_F(Circle, PadsSoThatLengthsSayLittle) {
    // 36 bytes inside bind the context and hold the length.
    for (const auto& [length, padded] : std::vector<std::pair<std::size_t, std::size_t>>{{0, 256},
                                                                                         {1, 256},
                                                                                         {220, 256},
                                                                                         {221, 1024},
                                                                                         {988, 1024},
                                                                                         {989, 4096},
                                                                                         {4060, 4096},
                                                                                         {4061, 8192},
                                                                                         {8156, 8192},
                                                                                         {8157, 12288}}) {
        const std::string sealed = seal_to_circle(public_, "p|c|story|0", std::string(length, 'x'));
        EXPECT_EQ(sealed.size(), head_and_box + padded) << length;
    }
}

TEST_F(Circle, HidesThePlainTextAndNeverRepeats) {
    const std::string one = seal_to_circle(public_, "p|c|story|0", "a secret story");
    EXPECT_EQ(one.find("secret"), std::string::npos);
    EXPECT_EQ(one.find("p|c"), std::string::npos);
    EXPECT_NE(one, seal_to_circle(public_, "p|c|story|0", "a secret story"));
}

TEST_F(Circle, ShowsEveryFlippedBitAndTruncation) {
    const std::string sealed = seal_to_circle(public_, "p|c|story|0", "story");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string bad = sealed;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        ASSERT_FALSE(private_.open("p|c|story|0", bad)) << "bit " << bit;
    }
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        ASSERT_EQ(private_.open("p|c|story|0", sealed.substr(0, length)).error(), errc::sealed_otherwise)
            << length;
    }
    EXPECT_FALSE(private_.open("p|c|story|0", sealed + "x"));
}

TEST_F(Circle, OpensOnlyInItsContext) {
    const std::string sealed = seal_to_circle(public_, "p|c|story|0", "story");
    for (const std::string_view context : {"", "p|c|story|1", "p|c|story|", "p|c|story|0 ", "q|c|story|0"}) {
        EXPECT_EQ(private_.open(context, sealed).error(), errc::sealed_otherwise) << context;
    }
}

TEST_F(Circle, ACircleThatItWasNotSealedToIsNamed) {
    const CirclePrivateKey other = CirclePrivateKey::parse(make_circle("fair-food", 3).private_file).value();
    EXPECT_EQ(other.open("p|c|story|0", seal_to_circle(public_, "p|c|story|0", "x")).error(),
              errc::unknown_key);
}

TEST_F(Circle, AMovedKeyStillOpens) {
    CirclePrivateKey moved = std::move(private_);
    EXPECT_EQ(moved.open("c", seal_to_circle(public_, "c", "x")).value(), "x");
}

TEST_F(Circle, DamagedFilesAreRefused) {
    const auto change_each = [](const std::string& good, auto&& parses) {
        const std::size_t name = good.find("name: ") + 6;
        const std::size_t name_end = good.find('\n', name);
        for (std::size_t i = 0; i + 2 < good.size(); ++i) {
            if (i >= name && i <= name_end + std::string_view("version: 3").size()) {
                continue;  // another name or version is another circle, not damage
            }
            std::string bad = good;
            bad[i] = bad[i] == 'A' ? 'B' : 'A';
            EXPECT_FALSE(parses(bad)) << i;
        }
    };
    change_each(pair_.public_file,
                [](const std::string& text) { return parse_public_key(text).has_value(); });
    // X25519 does not look at every bit of a private key: what still is the same key is no damage.
    change_each(pair_.private_file, [this](const std::string& text) {
        const auto secret = CirclePrivateKey::parse(text);
        return secret && secret->public_key().key != public_.key;
    });
    EXPECT_EQ(parse_public_key(pair_.private_file).error(), errc::bad_key_file);
    EXPECT_EQ(CirclePrivateKey::parse(pair_.public_file).error(), errc::bad_key_file);
}

std::string public_file_of(const std::string& name, const std::string& version,
                           const CirclePublicKey& circle) {
    return "rightsline-circle-public 1\nname: " + name + "\nversion: " + version +
           "\nid: " + to_hex(circle.id()) + "\nkey: " + to_base64(circle.key) + "\n";
}

TEST_F(Circle, NamesThatCouldLeaveTheFolderAreRefused) {
    EXPECT_TRUE(parse_public_key(public_file_of("a-1", "1", public_)));
    for (const std::string name : {"..", "a/b", "A", "a b", ""}) {
        EXPECT_FALSE(parse_public_key(public_file_of(name, "1", public_))) << name;
    }
    for (const std::string version : {"0", "-1", "x", "1x", "", "99999999999"}) {
        EXPECT_FALSE(parse_public_key(public_file_of("a", version, public_))) << version;
    }
}

TEST_F(Circle, KeysThatEverybodyCouldOpenAreRefused) {
    CirclePublicKey weak;  // all zero: of small order
    EXPECT_EQ(parse_public_key(public_file_of("a", "1", weak)).error(), errc::bad_key_file);
    weak.key[0] = 1;
    EXPECT_EQ(parse_public_key(public_file_of("a", "1", weak)).error(), errc::bad_key_file);
    EXPECT_THROW(seal_to_circle(CirclePublicKey{}, "c", "x"), std::logic_error);
}

TEST(CircleVectors, StillOpen) {
    const boost::json::value vectors = read_vectors("circle-vectors.json");
    const CirclePrivateKey key =
        CirclePrivateKey::parse(std::string_view(vectors.at("private_file").as_string())).value();
    EXPECT_EQ(parse_public_key(std::string_view(vectors.at("public_file").as_string()))->key,
              key.public_key().key);
    ASSERT_EQ(vectors.at("parts").as_array().size(), 5U);
    for (const boost::json::value& part : vectors.at("parts").as_array()) {
        const std::string_view context = part.at("context").as_string();
        const std::string_view plain = part.at("plain").as_string();
        EXPECT_EQ(key.open(context, from_hex(part.at("sealed"))).value(), plain);
    }
    ASSERT_EQ(vectors.at("streams").as_array().size(), 2U);
    for (const boost::json::value& stream : vectors.at("streams").as_array()) {
        std::string plain;
        for (const boost::json::value& chunk : stream.at("chunks").as_array()) {
            plain += std::string_view(chunk.as_string());
        }
        const std::string_view context = stream.at("context").as_string();
        EXPECT_EQ(open_stream(key, context, from_hex(stream.at("sealed"))).value(), plain);
    }
}

}  // namespace
}  // namespace rightsline::vault
