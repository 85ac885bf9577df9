// RecoveryCode: the second way into a member's key, for when the passphrase is forgotten: fifty digits on paper.
//
//     41930 22177 …        ten groups; in each four random digits and a check digit (133 random bits in all)
//
// A group's check digit is the Damm digit of its place (0-9) and its four digits: a wrong digit, two swapped neighbours and
// a group that stands elsewhere are found, and named, before anything is derived. Digits, because every keyboard and every
// script has them. Must never: be logged, kept in a file or compared with ==. Threading: a plain value.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "gateway/vault/typed_secret.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

class RecoveryCode {
 public:
    static constexpr std::size_t groups = 10;
    static constexpr std::size_t in_group = 5;
    static constexpr std::size_t length = groups * in_group;

    static RecoveryCode random();
    /// Spaces, dots and dashes are dropped. Errors: errc::not_a_recovery_code.
    static Result<RecoveryCode> parse(std::string_view typed);

    /// The fifty digits: what is derived from.
    std::string_view digits() const { return digits_.view(); }
    /// Two lines of five groups, to be written on paper once, and nowhere else.
    locales::PrivateText on_paper() const;
    friend std::ostream& operator<<(std::ostream&, const RecoveryCode&) = delete;

 private:
    RecoveryCode() = default;
    TypedSecret digits_;
};

/// What is wrong with a code that parse() refused, as a sentence: how many digits there are, or which groups to look at. ""
/// for one that is well formed.
std::string mistake_in_code(std::string_view typed);

}  // namespace rightsline::vault
