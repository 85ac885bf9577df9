// Shares: a circle's private key, sealed to each of its members, as one file: PROGRAM.VERSION.shares.
//
//     rightsline-circle-shares 1
//     name, version, id, key          the circle's, as in its public file
//     member.N.name, member.N.key     a member, N from 1
//     member.N.share                  the private key, sealed to that member as a part of a report is (circle.hpp: version,
//                                     algorithm, key id, padded), bound to "rightsline share|name|version|circle id"
//     mac, sum                        checked_text.hpp; the mac is keyed with the circle's private key
//
// Nothing in it is plain; who has the file and is no member learns names and how many there are. The mac says that the list
// was written by somebody who could open it, so that nobody outside can slip in a member. Who was a member of a version once
// may have kept its private key for ever: leaving is a new version (new_circle()), and reports sealed to the old one stay
// open to whoever left, until they are sealed anew. Must never: be merged by hand. Threading: values.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/member.hpp"

namespace rightsline::vault {

inline constexpr std::size_t most_members = 50;
inline constexpr std::size_t most_shares_bytes = 64 * std::size_t{1024};

class Shares {
 public:
    /// Errors: errc::damaged_key_file (its sum is not right), errc::bad_key_file.
    static Result<Shares> parse(std::string_view text);

    const CirclePublicKey& circle() const { return circle_; }
    std::vector<Member> members() const;
    /// Errors: errc::not_a_member, errc::sealed_otherwise (a share that does not open, or opens to another key),
    /// errc::damaged_key_file (the list was changed by somebody who cannot open it).
    Result<CirclePrivateKey> open(const MemberKey& member) const;
    /// The file's text with one member more. `circle`: what open() gave.
    /// Errors: errc::key_exists (that key or name is in it already), errc::bad_key_file (it would be over most_members).
    Result<std::string> admit(const CirclePrivateKey& circle, const Member& fresh) const;

 private:
    struct Held {
        Member member;
        std::string share;
    };
    std::string text_with(const CirclePrivateKey& circle) const;

    CirclePublicKey circle_;
    std::vector<Held> held_;
    std::string summed_;  // the text before its last line

    friend struct NewCircle;
};

struct NewCircle {
    CirclePublicKey circle;
    std::string shares_file;

    /// A fresh key pair whose private half is sealed to each of `members` and forgotten. They are 1 to most_members, no key
    /// and no name twice.
    static NewCircle make(std::string_view name, std::uint32_t version, std::span<const Member> members);
};

/// What a share is bound to.
std::string share_context(const CirclePublicKey& circle);

}  // namespace rightsline::vault
