// Any bytes as what the store gives back of a case's mailbox and of the replies in it. No crash; a mailbox or a reply of which
// one bit was changed opens for nobody, and what is read is written again as the same bytes.
//
// The input is read as a mailbox and as a reply, and then as bits to flip in those of our own.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/cases/reply.hpp"
#include "gateway/vault/mailbox.hpp"

namespace {

using namespace rightsline;

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

/// A case whose mailbox and one reply are ours.
struct House {
    vault::CirclePrivateKey circle =
        vault::CirclePrivateKey::parse(vault::make_circle("fair-food", 1).private_file).value();
    vault::SecretBytes opener{32};
    std::string mailbox = vault::lock_mailbox(opener, vault::fresh_mailbox());
    cases::Reply reply = cases::seal_reply(circle.public_key(), vault::mailbox_key(mailbox).value(),
                                           "fair-food", "c1", {"We come on Monday.", "maria", 77});
};

std::string flipped(std::string ours, std::string_view bits) {
    for (std::size_t i = 0; i < bits.size() && i < ours.size(); ++i) {
        ours[i] = static_cast<char>(ours[i] ^ bits[i]);
    }
    return ours;
}

void open_parts(const House& house, const cases::Reply& reply, bool ours) {
    const auto box = vault::open_mailbox(house.mailbox, house.opener);
    const std::string context = cases::reply_context("fair-food", "c1", reply.id);
    const auto read = box->open(context, reply.for_mailbox);
    const auto told = cases::open_reply(house.circle, "fair-food", "c1", reply.id, reply.for_circle);
    must(ours || !read || reply.for_mailbox == house.reply.for_mailbox);
    must(ours || !told || reply.for_circle == house.reply.for_circle);
    must(!ours || (read && told && *read == told->text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const House house;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    must(!vault::open_mailbox(input, house.opener));
    const std::string box = flipped(house.mailbox, input);
    must(vault::open_mailbox(box, house.opener).has_value() == (box == house.mailbox));
    if (const auto reply = cases::parse_reply(input)) {
        must(cases::to_bytes(*reply) == input && reply->id.size() == 32);
        open_parts(house, *reply, false);
    }
    const std::string stored = cases::to_bytes(house.reply);
    const std::string changed = flipped(stored, input);
    if (const auto reply = cases::parse_reply(changed)) {
        open_parts(house, *reply, changed == stored);
    }
    return 0;
}
