#include "gateway/vault/mailbox.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/json.hpp>

#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "vectors.hpp"

namespace rightsline::vault {
namespace {

namespace json = boost::json;

SecretBytes secret_of(const json::value& value) {
    SecretBytes secret(32);
    std::ranges::copy(from_hex(value), secret.data());
    return secret;
}

SecretBytes opener_from(std::uint8_t first) {
    SecretBytes opener(32);
    opener.data()[0] = first;
    return opener;
}

TEST(Mailbox, OpensWithItsOwnOpenerAlone) {
    const std::string stored = lock_mailbox(opener_from(1), fresh_mailbox());
    const std::string sealed =
        seal_to_mailbox(mailbox_key(stored).value(), "here", "We will come on Monday.");
    const CirclePrivateKey key = open_mailbox(stored, opener_from(1)).value();
    EXPECT_EQ(key.open("here", sealed).value(), "We will come on Monday.");
    EXPECT_EQ(key.open("elsewhere", sealed).error(), errc::sealed_otherwise);
    EXPECT_EQ(open_mailbox(stored, opener_from(2)).error(), errc::sealed_otherwise);
}

TEST(Mailbox, OfOneCodeIsNeverTheSameTwice) {
    const std::string one = lock_mailbox(opener_from(1), fresh_mailbox());
    const std::string other = lock_mailbox(opener_from(1), fresh_mailbox());
    EXPECT_NE(mailbox_key(one).value(), mailbox_key(other).value());
    const std::string sealed = seal_to_mailbox(mailbox_key(one).value(), "here", "words");
    EXPECT_EQ(open_mailbox(other, opener_from(1))->open("here", sealed).error(), errc::unknown_key);
}

TEST(Mailbox, ThatWasChangedIsRefusedWhereverItWas) {
    const std::string stored = lock_mailbox(opener_from(1), fresh_mailbox());
    for (std::size_t at = 0; at < stored.size(); ++at) {
        std::string changed = stored;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        ASSERT_FALSE(open_mailbox(changed, opener_from(1))) << at;
    }
    ASSERT_FALSE(open_mailbox(stored.substr(1), opener_from(1)));
    ASSERT_FALSE(open_mailbox(stored + "x", opener_from(1)));
    ASSERT_FALSE(mailbox_key(""));
}

TEST(Mailbox, HidesTheLengthOfAReply) {
    const std::string stored = lock_mailbox(opener_from(1), fresh_mailbox());
    const MailboxPublicKey key = mailbox_key(stored).value();
    EXPECT_EQ(seal_to_mailbox(key, "here", "no").size(),
              seal_to_mailbox(key, "here", std::string(200, 'a')).size());
}

TEST(MailboxVectors, AreMadeAndOpenedByteForByte) {
    const json::value vectors = read_vectors("mailbox-vectors.json");
    const SecretBytes opener = secret_of(vectors.at("opener"));
    MailboxDraw draw;
    draw.scalar = secret_of(vectors.at("scalar"));
    std::ranges::copy(from_hex(vectors.at("salt")), draw.salt.begin());
    std::ranges::copy(from_hex(vectors.at("nonce")), draw.nonce.begin());
    const std::string stored = from_hex(vectors.at("mailbox"));
    EXPECT_EQ(lock_mailbox(opener, draw), stored);
    const MailboxPublicKey key = mailbox_key(stored).value();
    EXPECT_EQ(to_hex(key), vectors.at("public_key").as_string());
    EXPECT_EQ(to_hex(mailbox_id(key)), vectors.at("key_id").as_string());
    const CirclePrivateKey opened = open_mailbox(stored, opener).value();
    ASSERT_EQ(vectors.at("replies").as_array().size(), 4U);
    for (const json::value& reply : vectors.at("replies").as_array()) {
        EXPECT_EQ(opened.open(reply.at("context").as_string(), from_hex(reply.at("sealed"))).value(),
                  reply.at("plain").as_string());
    }
}

}  // namespace
}  // namespace rightsline::vault
