// Prints mailbox-vectors.json: a locked mailbox and replies sealed to it, for every program that must make or open ours.
#include <sodium.h>

#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "gateway/vault/key_file.hpp"
#include "gateway/vault/mailbox.hpp"

namespace {

using namespace rightsline::vault;

std::string hex(std::string_view bytes) {
    return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

/// Fills `bytes` with from, from + 1 …
template <class Bytes>
void count(Bytes& bytes, std::uint8_t from) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes.data()[i] = static_cast<std::uint8_t>(from + i);
    }
}

boost::json::object reply(const MailboxPublicKey& key, const std::string& context, const std::string& plain) {
    return {{"context", context}, {"plain", plain}, {"sealed", hex(seal_to_mailbox(key, context, plain))}};
}

}  // namespace

int main() {
    ensure_sodium();
    SecretBytes opener(32);
    count(opener, 0x20);
    MailboxDraw draw;
    count(draw.scalar, 1);
    count(draw.salt, 0x60);
    count(draw.nonce, 0x90);
    const std::string stored = lock_mailbox(opener, draw);
    const MailboxPublicKey key = mailbox_key(stored).value();
    const boost::json::object vectors{
        {"about",
         "Every key below is for tests only. Bytes are lower-case hex; texts are UTF-8. The opener is the "
         "second half of "
         "a receipt code's Argon2id."},
        {"opener", to_hex(opener.bytes())},
        {"scalar", to_hex(draw.scalar.bytes())},
        {"salt", to_hex(draw.salt)},
        {"nonce", to_hex(draw.nonce)},
        {"public_key", to_hex(key)},
        {"key_id", to_hex(mailbox_id(key))},
        {"mailbox", hex(stored)},
        {"replies",
         {reply(key, "fair-food|0001|reply|00", "We looked into it. Can you tell us which day?"),
          reply(key, "fair-food|0001|reply|01", "Nou resevwa mesaj ou a. ñ é 😀"),
          reply(key, "fair-food|0001|reply|02", std::string(220, 'a')),
          reply(key, "fair-food|0001|reply|03", std::string(221, 'b'))}}};
    std::cout << boost::json::serialize(vectors) << "\n";
}
