#include "gateway/vault/member.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "gateway/vault/checked_text.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/member_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view public_line = "rightsline-member-public 1";
constexpr std::string_view private_line = "rightsline-member 1";

std::string head_text(std::string_view first_line, const Member& member) {
    return std::string(first_line) + "\nname: " + member.name + "\nid: " + to_hex(member.id()) +
           "\nkey: " + to_base64(member.key) + "\n";
}

Result<Member> read_member(const KeyFileText& file) {
    Member member;
    member.name = std::string(file.get("name"));
    if (!is_circle_name(member.name) || !file.get_bytes("key", member.key) ||
        file.get("id") != to_hex(member.id()) || !is_sound_key(member.key)) {
        return errc::bad_key_file;
    }
    return member;
}

Result<std::string> read_blob(const KeyFileText& file, std::string_view name) {
    std::array<std::uint8_t, locked_scalar_bytes> blob{};
    if (!file.get_bytes(name, blob)) {
        return errc::bad_key_file;
    }
    return std::string(blob.begin(), blob.end());
}

std::string blob_line(std::string_view name, const std::string& blob) {
    return std::string(name) + ": " +
           to_base64({reinterpret_cast<const std::uint8_t*>(blob.data()), blob.size()}) + "\n";
}

MemberKey key_of(std::string name, SecretBytes scalar) {
    auto secret = std::make_unique<CirclePrivateKey::Secret>();
    secret->scalar = std::move(scalar);
    secret->circle.name = std::move(name);
    crypto_scalarmult_base(secret->circle.key.data(), secret->scalar.data());
    return MemberKey(CirclePrivateKey(std::move(secret)));
}

}  // namespace

std::string member_file_text(const Member& member, const std::string& by_passphrase,
                             const std::string& by_code, const SecretBytes& scalar) {
    return with_checks(head_text(private_line, member) + blob_line("passphrase", by_passphrase) +
                           blob_line("recovery", by_code),
                       scalar);
}

std::array<std::uint8_t, 8> Member::id() const { return CirclePublicKey{name, 1, key}.id(); }

std::string Member::fingerprint() const {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
    const std::string hex = to_hex(std::span(hash).first(16));
    std::string said;
    for (std::size_t i = 0; i < hex.size(); i += 4) {
        said += (i == 0 ? "" : " ") + hex.substr(i, 4);
    }
    return said;
}

std::string member_text(const Member& member) { return head_text(public_line, member); }

Result<Member> parse_member(std::string_view text) {
    const Result<KeyFileText> file = KeyFileText::parse(text, public_line);
    return file ? read_member(*file) : file.error();
}

Member MemberKey::member() const {
    const CirclePublicKey pair = key_.public_key();
    return {pair.name, pair.key};
}

Result<MemberFile> MemberFile::parse(std::string_view text) {
    if (!text.starts_with(private_line)) {
        return errc::bad_key_file;  // another kind of file altogether: "damaged" would mislead
    }
    const Result<std::string_view> summed = check_sum(text);
    if (!summed) {
        return summed.error();
    }
    const Result<KeyFileText> lines = KeyFileText::parse(text, private_line);
    const Result<Member> member = lines ? read_member(*lines) : lines.error();
    const Result<std::string> by_passphrase = member ? read_blob(*lines, "passphrase") : member.error();
    Result<std::string> by_code = by_passphrase ? read_blob(*lines, "recovery") : by_passphrase.error();
    if (!by_code) {
        return by_code.error();
    }
    MemberFile file;
    file.member_ = *member;
    file.by_passphrase_ = *by_passphrase;
    file.by_code_ = *by_code;
    file.summed_ = std::string(*summed);
    return file;
}

Result<MemberKey> MemberFile::open_with(LockedBy by, std::string_view secret,
                                        const std::string& locked) const {
    Result<SecretBytes> scalar = unlock_scalar({member_.id(), member_.name, by}, secret, locked);
    if (!scalar) {
        return scalar.error();
    }
    MemberKey key = key_of(member_.name, std::move(*scalar));
    if (key.member() != member_) {
        return errc::bad_key_file;
    }
    if (const Result<void> whole = check_mac(summed_, key.key().secret().scalar); !whole) {
        return whole.error();
    }
    return key;
}

Result<MemberKey> MemberFile::open(const TypedSecret& passphrase) const {
    return open_with(LockedBy::passphrase, passphrase.view(), by_passphrase_);
}

Result<MemberKey> MemberFile::open(const RecoveryCode& code) const {
    return open_with(LockedBy::recovery_code, code.digits(), by_code_);
}

Result<std::string> MemberFile::under(const MemberKey& key, const TypedSecret& passphrase,
                                      ArgonCost cost) const {
    const SecretBytes& scalar = key.key().secret().scalar;
    const Result<std::string> locked = lock_scalar({member_.id(), member_.name, LockedBy::passphrase},
                                                   passphrase.view(), scalar, fresh_lock(cost));
    if (!locked) {
        return locked.error();
    }
    return member_file_text(member_, *locked, by_code_, scalar);
}

Result<NewMember> make_member(std::string_view name, const TypedSecret& passphrase, ArgonCost cost) {
    ensure_sodium();
    Member member{std::string(name), {}};
    SecretBytes scalar(32);
    crypto_box_keypair(member.key.data(), scalar.data());
    RecoveryCode code = RecoveryCode::random();
    const Result<std::string> by_passphrase =
        lock_scalar({member.id(), name, LockedBy::passphrase}, passphrase.view(), scalar, fresh_lock(cost));
    const Result<std::string> by_code =
        lock_scalar({member.id(), name, LockedBy::recovery_code}, code.digits(), scalar, fresh_lock(cost));
    if (!by_passphrase || !by_code) {
        return errc::out_of_memory;
    }
    std::string file = member_file_text(member, *by_passphrase, *by_code, scalar);
    return NewMember{std::move(member), std::move(file), std::move(code)};
}

}  // namespace rightsline::vault
