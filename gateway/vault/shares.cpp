#include "gateway/vault/shares.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "gateway/vault/checked_text.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view shares_line = "rightsline-circle-shares 1";
constexpr std::size_t share_bytes = circle_head_bytes + crypto_box_SEALBYTES + 256;

CirclePublicKey box_of(const Member& member) { return {member.name, 1, member.key}; }

std::string seal_share(const CirclePublicKey& circle, const SecretBytes& scalar, const Member& member) {
    const std::string_view plain(reinterpret_cast<const char*>(scalar.data()), scalar.size());
    return seal_to_circle(box_of(member), share_context(circle), plain);
}

Result<CirclePublicKey> read_circle(const KeyFileText& file) {
    // The same lines as a public file's, so the same reader and the same refusals.
    std::string text = "rightsline-circle-public 1\n";
    for (const std::string_view name : {"name", "version", "id", "key"}) {
        text += std::string(name) + ": " + std::string(file.get(name)) + "\n";
    }
    return parse_public_key(text);
}

Result<Member> read_member(const KeyFileText& file, const std::string& prefix) {
    Member member;
    member.name = std::string(file.get(prefix + "name"));
    if (!is_circle_name(member.name) || !file.get_bytes(prefix + "key", member.key) ||
        !is_sound_key(member.key)) {
        return errc::bad_key_file;
    }
    return member;
}

Result<std::string> read_share(const KeyFileText& file, const std::string& prefix) {
    std::string share(share_bytes, '\0');
    if (!file.get_bytes(prefix + "share", {reinterpret_cast<std::uint8_t*>(share.data()), share.size()})) {
        return errc::bad_key_file;
    }
    return share;
}

std::string prefix_of(std::size_t place) { return "member." + std::to_string(place + 1) + "."; }

/// Errors: errc::sealed_otherwise (the plain bytes are not this circle's private key).
Result<CirclePrivateKey> private_key_of(const CirclePublicKey& circle, std::string plain) {
    auto secret = std::make_unique<CirclePrivateKey::Secret>();
    const bool fits = plain.size() == secret->scalar.size();
    if (fits) {
        std::copy_n(plain.begin(), plain.size(), secret->scalar.data());
    }
    locales::wipe(plain);
    secret->circle = circle;
    std::array<std::uint8_t, 32> key{};
    if (!fits || crypto_scalarmult_base(key.data(), secret->scalar.data()) != 0 || key != circle.key) {
        return errc::sealed_otherwise;
    }
    return CirclePrivateKey(std::move(secret));
}

}  // namespace

std::string share_context(const CirclePublicKey& circle) {
    return "rightsline share|" + circle.name + "|" + std::to_string(circle.version) + "|" +
           to_hex(circle.id());
}

Result<Shares> Shares::parse(std::string_view text) {
    if (!text.starts_with(shares_line)) {
        return errc::bad_key_file;
    }
    const Result<std::string_view> summed = check_sum(text);
    const Result<KeyFileText> file =
        summed ? KeyFileText::parse(text, shares_line, most_shares_bytes) : summed.error();
    const Result<CirclePublicKey> circle = file ? read_circle(*file) : file.error();
    if (!circle) {
        return circle.error();
    }
    Shares shares;
    shares.circle_ = *circle;
    shares.summed_ = std::string(*summed);
    for (std::size_t i = 0; !file->get(prefix_of(i) + "name").empty(); ++i) {
        const Result<Member> member = read_member(*file, prefix_of(i));
        const Result<std::string> share = member ? read_share(*file, prefix_of(i)) : member.error();
        if (!share || i == most_members) {
            return errc::bad_key_file;
        }
        shares.held_.push_back({*member, *share});
    }
    if (shares.held_.empty()) {
        return errc::bad_key_file;
    }
    return shares;
}

std::vector<Member> Shares::members() const {
    std::vector<Member> members;
    for (const Held& held : held_) {
        members.push_back(held.member);
    }
    return members;
}

Result<CirclePrivateKey> Shares::open(const MemberKey& member) const {
    const auto mine =
        std::ranges::find(held_, member.member().key, [](const Held& held) { return held.member.key; });
    if (mine == held_.end()) {
        return errc::not_a_member;
    }
    Result<std::string> plain = member.open(share_context(circle_), mine->share);
    if (!plain) {
        return errc::sealed_otherwise;
    }
    Result<CirclePrivateKey> circle = private_key_of(circle_, std::move(*plain));
    if (!circle) {
        return circle;
    }
    if (const Result<void> ours = check_mac(summed_, circle->secret().scalar); !ours) {
        return ours.error();
    }
    return circle;
}

std::string Shares::text_with(const CirclePrivateKey& circle) const {
    std::string text = std::string(shares_line) + "\nname: " + circle_.name +
                       "\nversion: " + std::to_string(circle_.version) + "\nid: " + to_hex(circle_.id()) +
                       "\nkey: " + to_base64(circle_.key) + "\n";
    for (std::size_t i = 0; i < held_.size(); ++i) {
        const std::string& share = held_[i].share;
        text += prefix_of(i) + "name: " + held_[i].member.name + "\n" + prefix_of(i) +
                "key: " + to_base64(held_[i].member.key) + "\n" + prefix_of(i) +
                "share: " + to_base64({reinterpret_cast<const std::uint8_t*>(share.data()), share.size()}) +
                "\n";
    }
    return with_checks(std::move(text), circle.secret().scalar);
}

Result<std::string> Shares::admit(const CirclePrivateKey& circle, const Member& fresh) const {
    if (std::ranges::any_of(held_, [&](const Held& held) {
            return held.member.key == fresh.key || held.member.name == fresh.name;
        })) {
        return errc::key_exists;
    }
    if (held_.size() == most_members) {
        return errc::bad_key_file;
    }
    Shares wider = *this;
    wider.held_.push_back({fresh, seal_share(circle_, circle.secret().scalar, fresh)});
    return wider.text_with(circle);
}

NewCircle NewCircle::make(std::string_view name, std::uint32_t version, std::span<const Member> members) {
    if (members.empty() || members.size() > most_members) {
        throw std::logic_error("a circle without members seals what nobody opens");
    }
    ensure_sodium();
    auto secret = std::make_unique<CirclePrivateKey::Secret>();
    secret->circle = {std::string(name), version, {}};
    crypto_box_keypair(secret->circle.key.data(), secret->scalar.data());
    const CirclePrivateKey circle(std::move(secret));
    Shares shares;
    shares.circle_ = circle.public_key();
    for (const Member& member : members) {
        shares.held_.push_back({member, seal_share(shares.circle_, circle.secret().scalar, member)});
    }
    return {shares.circle_, shares.text_with(circle)};
}

}  // namespace rightsline::vault
