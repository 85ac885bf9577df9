#include "gateway/vault/keyed_names.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

#include "gateway/vault/key_file.hpp"

namespace rightsline::vault {
namespace {

using State = crypto_auth_hmacsha256_state;
static_assert(std::is_trivially_copyable_v<State>);

// In the order of IdKind. Part of every stored name: never change one.
constexpr std::array<std::string_view, 6> labels{"rightsline id phone", "rightsline id event",
                                                 "rightsline id call",  "rightsline id step",
                                                 "rightsline id limit", "rightsline id receipt"};
static_assert(labels.size() == static_cast<std::size_t>(IdKind::receipt) + 1);

}  // namespace

KeyedNames::KeyedNames(const Keys& keys) : pads_(labels.size() * sizeof(State)) {
    for (std::size_t kind = 0; kind < labels.size(); ++kind) {
        const SecretBytes key = keys.derive(labels[kind]);
        State state;
        crypto_auth_hmacsha256_init(&state, key.data(), key.size());
        std::memcpy(pads_.data() + kind * sizeof(State), &state, sizeof(State));
        sodium_memzero(&state, sizeof(state));
    }
}

KeyedId KeyedNames::name(IdKind kind, std::string_view canonical) const {
    State state;
    std::memcpy(&state, pads_.data() + static_cast<std::size_t>(kind) * sizeof(State), sizeof(State));
    std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const std::uint8_t*>(canonical.data()),
                                  canonical.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    sodium_memzero(&state, sizeof(state));
    KeyedId id;
    std::copy_n(mac.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

std::string KeyedId::hex() const { return to_hex(bytes); }

}  // namespace rightsline::vault
