#include "gateway/vault/checked_text.hpp"

#include <sodium.h>

#include <array>

#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view mac_name = "mac: ";
constexpr std::string_view sum_name = "sum: ";

const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string sum_line(std::string_view text) {
    ensure_sodium();
    std::array<std::uint8_t, crypto_generichash_BYTES_MIN> sum{};
    crypto_generichash(sum.data(), sum.size(), bytes(text), text.size(), nullptr, 0);
    return std::string(sum_name) + to_base64(sum) + "\n";
}

std::string mac_line(std::string_view text, const SecretBytes& key) {
    std::array<std::uint8_t, crypto_generichash_BYTES> mac{};
    crypto_generichash(mac.data(), mac.size(), bytes(text), text.size(), key.data(), key.size());
    return std::string(mac_name) + to_base64(mac) + "\n";
}

/// Where the last line begins.
std::size_t last_line(std::string_view text) {
    const std::size_t end = text.size() < 2 ? std::string_view::npos : text.rfind('\n', text.size() - 2);
    return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string with_checks(std::string text, const SecretBytes& key) {
    text += mac_line(text, key);
    return with_sum(std::move(text));
}

std::string with_sum(std::string text) {
    text += sum_line(text);
    return text;
}

Result<std::string_view> check_sum(std::string_view text) {
    const std::string_view before = text.substr(0, last_line(text));
    if (text.substr(before.size()) != sum_line(before)) {
        return errc::damaged_key_file;
    }
    return before;
}

Result<void> check_mac(std::string_view summed, const SecretBytes& key) {
    const std::string_view before = summed.substr(0, last_line(summed));
    const std::string_view line = summed.substr(before.size());
    const std::string right = mac_line(before, key);
    if (line.size() != right.size() || sodium_memcmp(line.data(), right.data(), right.size()) != 0) {
        return errc::damaged_key_file;
    }
    return {};
}

}  // namespace rightsline::vault
