// ReceiptCode: the worker's secret to come back: 11 random digits and a Damm check digit.
//
// It is stored nowhere. Argon2id(code, salt from the pepper) gives 64 bytes: the first half, named by the
// pepper, is where the case is found; the second half opens the case's mailbox (mailbox.hpp), so that replies
// cannot be read without the code. Must never: be logged, put in a URL or compared with ==. Codes cannot be derived
// without the pepper. Threading: values. derive() takes about 120 ms and 64 MiB: on a worker thread, never on
// the turn.
#pragma once

#include <iosfwd>
#include <memory>
#include <string_view>

#include "gateway/vault/keyed_names.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

// The same in every build: tests assert them. Changing one makes every issued code useless.
inline constexpr unsigned long long argon2_passes = 3;
inline constexpr std::size_t argon2_memory = std::size_t{64} << 20U;  // one lane: libsodium knows no other

class ReceiptCode {
 public:
    static constexpr std::size_t length = 12;

    static ReceiptCode random();
    /// Spaces, dots and dashes between the digits are dropped. Errors: errc::not_a_code.
    static Result<ReceiptCode> parse(std::string_view typed);

    /// "419302217753": to be said to the worker, and nowhere else.
    const std::string& reveal() const { return digits_.reveal(); }
    friend std::ostream& operator<<(std::ostream&, const ReceiptCode&) = delete;

 private:
    explicit ReceiptCode(std::string digits) : digits_(std::move(digits)) {}
    locales::PrivateText digits_;
};

/// What a code opens.
struct Receipt {
    KeyedId index;           // the same as Vault::id of IdKind::receipt
    SecretBytes opener{32};  // of the mailbox
};

/// The salt of every code of this house; lent to a gateway that has no pepper.
SecretBytes receipt_salt(const Keys& keys);

class ReceiptDeriver {
 public:
    explicit ReceiptDeriver(const Keys& keys);
    /// `names` has IdKind::receipt.
    ReceiptDeriver(std::span<const NameKey> names, std::span<const std::uint8_t> salt);
    /// Errors: errc::out_of_memory.
    Result<Receipt> derive(const ReceiptCode& code) const;

 private:
    struct Material {
        KeyedNames names;
        SecretBytes salt;
    };
    std::shared_ptr<const Material> material_;  // copies go to worker threads
};

}  // namespace rightsline::vault
