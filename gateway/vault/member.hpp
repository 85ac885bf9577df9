// Member: somebody who can open a circle's reports. Their own key pair, and the file that holds its private half.
//
// NAME.pub is public: others seal to it. NAME.member holds the private key twice, under Argon2id of a passphrase and under
// Argon2id of a recovery code that stands on paper (locked_scalar.hpp); nothing in it is plain. Whoever has the file may
// guess passphrases without end, so it belongs to the member alone, mode 0600. Lost passphrase and lost code: the key is
// gone; the other members admit the person anew, with a new key.
// Must never: stand anywhere in plain, or be known to the server. Threading: values.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/locked_scalar.hpp"
#include "gateway/vault/recovery_code.hpp"
#include "gateway/vault/typed_secret.hpp"

namespace rightsline::vault {

struct Member {
    std::string name;  // as a circle's: 1 to 64 of a-z, 0-9 and '-'
    std::array<std::uint8_t, 32> key{};

    std::array<std::uint8_t, 8> id() const;
    /// "79bb 05f8 …", eight groups: compared by voice, so that nobody slips a key of their own in. Begins with the id.
    std::string fingerprint() const;
    friend bool operator==(const Member&, const Member&) = default;
};

/// The text of NAME.pub, and back. Errors: errc::bad_key_file.
std::string member_text(const Member& member);
Result<Member> parse_member(std::string_view text);

/// A member's private key, opened, in locked memory.
class MemberKey {
 public:
    explicit MemberKey(CirclePrivateKey key) : key_(std::move(key)) {}
    Member member() const;
    /// What was sealed to the member's public key. Errors: as CirclePrivateKey::open.
    Result<std::string> open(std::string_view context, std::string_view sealed) const {
        return key_.open(context, sealed);
    }
    const CirclePrivateKey& key() const { return key_; }

 private:
    CirclePrivateKey key_;
};

class MemberFile {
 public:
    /// Errors: errc::damaged_key_file (its sum is not right), errc::bad_key_file.
    static Result<MemberFile> parse(std::string_view text);
    const Member& member() const { return member_; }
    /// Errors: errc::wrong_secret, errc::damaged_key_file (it opens, and something else in it was changed),
    /// errc::bad_key_file, errc::out_of_memory.
    Result<MemberKey> open(const TypedSecret& passphrase) const;
    Result<MemberKey> open(const RecoveryCode& code) const;
    /// The file's text under another passphrase; the recovery code stays. Errors: errc::out_of_memory.
    Result<std::string> under(const MemberKey& key, const TypedSecret& passphrase, ArgonCost cost = {}) const;

 private:
    Result<MemberKey> open_with(LockedBy by, std::string_view secret, const std::string& locked) const;

    Member member_;
    std::string by_passphrase_;
    std::string by_code_;
    std::string summed_;  // the text before its last line
};

struct NewMember {
    Member member;
    std::string file;  // text of NAME.member: nothing in it is plain
    RecoveryCode code;
};
/// Errors: errc::out_of_memory.
Result<NewMember> make_member(std::string_view name, const TypedSecret& passphrase, ArgonCost cost = {});

}  // namespace rightsline::vault
