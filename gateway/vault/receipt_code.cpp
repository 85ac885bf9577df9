#include "gateway/vault/receipt_code.hpp"

#include <sodium.h>

#include <algorithm>
#include <string>

#include "gateway/vault/error.hpp"
#include "locales/spelling.hpp"

namespace rightsline::vault {
namespace {

constexpr std::size_t half = 32;

}  // namespace

ReceiptCode ReceiptCode::random() {
    ensure_sodium();
    std::string code;
    code.reserve(length);
    for (std::size_t i = 0; i + 1 < length; ++i) {
        code += static_cast<char>('0' + randombytes_uniform(10));
    }
    code += locales::damm_digit(code).value();
    return ReceiptCode(std::move(code));
}

Result<ReceiptCode> ReceiptCode::parse(std::string_view typed) {
    std::string code;
    code.reserve(length + 1);
    for (const char c : typed) {
        if (c == ' ' || c == '-' || c == '.') {
            continue;
        }
        if (c < '0' || c > '9' || code.size() == length) {
            locales::wipe(code);
            return errc::not_a_code;
        }
        code += c;
    }
    if (code.size() != length || !locales::damm_ok(code)) {
        locales::wipe(code);
        return errc::not_a_code;
    }
    return ReceiptCode(std::move(code));
}

SecretBytes receipt_salt(const Keys& keys) { return keys.derive("rightsline receipt salt"); }

ReceiptDeriver::ReceiptDeriver(const Keys& keys)
    : material_(std::make_shared<const Material>(Material{KeyedNames(keys), receipt_salt(keys)})) {}

ReceiptDeriver::ReceiptDeriver(std::span<const NameKey> names, std::span<const std::uint8_t> salt) {
    SecretBytes own(salt.size());
    std::ranges::copy(salt, own.data());
    material_ = std::make_shared<const Material>(Material{KeyedNames(names), std::move(own)});
}

Result<Receipt> ReceiptDeriver::derive(const ReceiptCode& code) const {
    static_assert(crypto_pwhash_SALTBYTES <= crypto_auth_hmacsha256_BYTES);
    SecretBytes stretched(2 * half);
    const std::string& digits = code.reveal();
    if (crypto_pwhash(stretched.data(), stretched.size(), digits.data(), digits.size(),
                      material_->salt.data(), argon2_passes, argon2_memory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return errc::out_of_memory;
    }
    Receipt receipt;
    const std::string_view first_half(reinterpret_cast<const char*>(stretched.data()), half);
    receipt.index = material_->names.name(IdKind::receipt, first_half);
    std::copy_n(stretched.data() + half, half, receipt.opener.data());
    return receipt;
}

}  // namespace rightsline::vault
