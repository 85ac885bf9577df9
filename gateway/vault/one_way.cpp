#include "gateway/vault/one_way.hpp"

#include <sodium.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "gateway/vault/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr char version = 1;
constexpr char one_way = 2;
constexpr std::size_t id_at = 2;
constexpr std::size_t drawn_at = id_at + std::tuple_size_v<KeyId>;
constexpr std::size_t step_at = drawn_at + 32;
constexpr std::size_t head_bytes = step_at + 1;
constexpr std::size_t tag_bytes = crypto_aead_chacha20poly1305_ietf_ABYTES;
static_assert(one_way_overhead == head_bytes + tag_bytes);
static_assert(one_way_steps <= 256);
constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> no_nonce{};

const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

/// For one moment: locked pages cost more than the whole seal.
struct Scratch {
    std::array<std::uint8_t, 32> bytes{};
    Scratch() = default;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { sodium_memzero(bytes.data(), bytes.size()); }
};

void derive(std::span<std::uint8_t> out, std::span<const std::uint8_t> key, std::string_view label) {
    crypto_generichash(out.data(), out.size(), bytes(label), label.size(), key.data(), key.size());
}

/// The first link of a chain, from the secret that both ends make. false: the other's public key is worthless.
bool begin_chain(std::span<std::uint8_t> link, std::span<const std::uint8_t> scalar,
                 std::span<const std::uint8_t> other, std::span<const std::uint8_t> drawn,
                 const OneWayKey& to) {
    Scratch shared;
    if (crypto_scalarmult(shared.bytes.data(), scalar.data(), other.data()) != 0) {
        return false;
    }
    std::string said = "rightsline one way 1";
    said.append(drawn.begin(), drawn.end()).append(to.bytes.begin(), to.bytes.end());
    derive(link, shared.bytes, said);
    return true;
}

void go_on(std::span<std::uint8_t> link) {
    Scratch next;
    derive(next.bytes, link, "next");
    std::ranges::copy(next.bytes, link.data());
}

// The head has a fixed size, so no two (head, purpose, context) share these bytes.
std::string associated_data(std::string_view head, Purpose purpose, std::string_view context) {
    std::string data(head);
    data += static_cast<char>(purpose);
    data += context;
    return data;
}

}  // namespace

KeyId OneWayKey::id() const {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
    KeyId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

bool is_one_way(std::string_view sealed) {
    return sealed.size() >= one_way_overhead && sealed[0] == version && sealed[1] == one_way;
}

OneWaySealer::OneWaySealer(OneWayKey to) : to_(to) {
    ensure_sodium();
    draw();
}

void OneWaySealer::draw() {
    Scratch scalar;
    randombytes_buf(scalar.bytes.data(), scalar.bytes.size());
    crypto_scalarmult_base(drawn_.data(), scalar.bytes.data());
    if (!begin_chain(link_.bytes(), scalar.bytes, to_.bytes, drawn_, to_)) {
        throw std::logic_error("nobody can open what is sealed to this key");
    }
    step_ = 0;
}

std::string OneWaySealer::seal(Purpose purpose, std::string_view context, std::string_view plain) {
    if (step_ == one_way_steps) {
        draw();
    }
    const KeyId id = to_.id();
    std::string blob{version, one_way};
    blob.append(id.begin(), id.end()).append(drawn_.begin(), drawn_.end());
    blob += static_cast<char>(step_);
    const std::string data = associated_data(blob, purpose, context);
    Scratch key;
    derive(key.bytes, link_.bytes(), "message");
    blob.resize(one_way_overhead + plain.size());
    crypto_aead_chacha20poly1305_ietf_encrypt(bytes(blob) + head_bytes, nullptr, bytes(plain), plain.size(),
                                              bytes(data), data.size(), nullptr, no_nonce.data(),
                                              key.bytes.data());
    go_on(link_.bytes());
    ++step_;
    return blob;
}

OneWayOpener::OneWayOpener(const Keys& keys) {
    ensure_sodium();
    derive(scalar_.bytes(), keys.number().bytes.bytes(), "rightsline numbers, one way");
    crypto_scalarmult_base(key_.bytes.data(), scalar_.data());
}

Result<std::string> OneWayOpener::open(Purpose purpose, std::string_view context,
                                       std::string_view sealed) const {
    if (!is_one_way(sealed)) {
        return errc::sealed_otherwise;
    }
    const KeyId id = key_.id();
    if (!std::ranges::equal(id, sealed.substr(id_at, id.size()), {}, {},
                            [](char c) { return static_cast<std::uint8_t>(c); })) {
        return errc::unknown_key;
    }
    const auto steps = static_cast<std::uint8_t>(sealed[step_at]);
    const std::span<const std::uint8_t> drawn(bytes(sealed) + drawn_at, 32);
    Scratch link;
    if (steps >= one_way_steps || !begin_chain(link.bytes, scalar_.bytes(), drawn, drawn, key_)) {
        return errc::sealed_otherwise;
    }
    for (unsigned i = 0; i < steps; ++i) {
        go_on(link.bytes);
    }
    Scratch key;
    derive(key.bytes, link.bytes, "message");
    const std::string data = associated_data(sealed.substr(0, head_bytes), purpose, context);
    const std::string_view ciphertext = sealed.substr(head_bytes);
    std::string plain(ciphertext.size() - tag_bytes, '\0');
    if (crypto_aead_chacha20poly1305_ietf_decrypt(bytes(plain), nullptr, nullptr, bytes(ciphertext),
                                                  ciphertext.size(), bytes(data), data.size(),
                                                  no_nonce.data(), key.bytes.data()) != 0) {
        locales::wipe(plain);
        return errc::sealed_otherwise;
    }
    return plain;
}

}  // namespace rightsline::vault
