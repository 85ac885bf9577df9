#include "gateway/vault/blob.hpp"

#include <sodium.h>

#include <algorithm>

#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/vault/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr char version = 1;
constexpr char xchacha20_poly1305 = 1;
constexpr std::size_t head_bytes = 2 + std::tuple_size_v<KeyId>;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(blob_overhead == head_bytes + nonce_bytes + tag_bytes);

const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

// Head and purpose have fixed sizes, so no two (head, purpose, context) share these bytes.
std::string associated_data(std::string_view head, Purpose purpose, std::string_view context) {
    std::string data(head);
    data += static_cast<char>(purpose);
    data += context;
    return data;
}

}  // namespace

std::string seal_blob(const SecretKey& key, Purpose purpose, std::string_view context,
                      std::string_view plain) {
    std::string blob{version, xchacha20_poly1305};
    blob.append(key.id.begin(), key.id.end());
    const std::string data = associated_data(blob, purpose, context);
    blob.resize(blob_overhead + plain.size());
    std::uint8_t* const nonce = bytes(blob) + head_bytes;
    ops::draw_fresh_bytes({nonce, nonce_bytes});
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, bytes(plain), plain.size(),
                                               bytes(data), data.size(), nullptr, nonce, key.bytes.data());
    return blob;
}

Result<std::string> open_blob(std::span<const SecretKey> keys, Purpose purpose, std::string_view context,
                              std::string_view sealed) {
    if (sealed.size() < blob_overhead || sealed[0] != version || sealed[1] != xchacha20_poly1305) {
        return errc::sealed_otherwise;
    }
    KeyId id{};
    std::copy_n(sealed.begin() + 2, id.size(), id.begin());
    const auto key = std::ranges::find(keys, id, &SecretKey::id);
    if (key == keys.end()) {
        return errc::unknown_key;
    }
    const std::string data = associated_data(sealed.substr(0, head_bytes), purpose, context);
    const std::string_view ciphertext = sealed.substr(head_bytes + nonce_bytes);
    std::string plain(ciphertext.size() - tag_bytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain), nullptr, nullptr, bytes(ciphertext),
                                                   ciphertext.size(), bytes(data), data.size(),
                                                   bytes(sealed) + head_bytes, key->bytes.data()) != 0) {
        locales::wipe(plain);
        return errc::sealed_otherwise;
    }
    return plain;
}

}  // namespace rightsline::vault
