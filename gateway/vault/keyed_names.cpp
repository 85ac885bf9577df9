#include "gateway/vault/keyed_names.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <vector>

#include "gateway/vault/key_file.hpp"

namespace rightsline::vault {
namespace {

using State = crypto_generichash_state;
constexpr std::size_t id_bytes = std::tuple_size_v<decltype(KeyedId::bytes)>;
static_assert(id_bytes >= crypto_generichash_BYTES_MIN);
static_assert(std::is_trivially_copyable_v<State>);

// In the order of IdKind. Part of every stored name: never change one.
constexpr std::array<std::string_view, 7> labels{"rightsline id phone", "rightsline id event",
                                                 "rightsline id call",  "rightsline id step",
                                                 "rightsline id limit", "rightsline id receipt",
                                                 "rightsline id contact"};
static_assert(labels.size() == static_cast<std::size_t>(IdKind::contact) + 1);

std::vector<NameKey> all_of(const Keys& keys) {
    std::vector<NameKey> all;
    for (std::size_t kind = 0; kind < labels.size(); ++kind) {
        all.push_back(name_key(keys, static_cast<IdKind>(kind)));
    }
    return all;
}

}  // namespace

NameKey name_key(const Keys& keys, IdKind kind) {
    return {kind, keys.derive(labels.at(static_cast<std::size_t>(kind)))};
}

KeyedNames::KeyedNames(std::span<const NameKey> keys) : begun_(labels.size() * sizeof(State)) {
    for (const NameKey& key : keys) {
        const auto kind = static_cast<std::size_t>(key.kind);
        State state;
        crypto_generichash_init(&state, key.bytes.data(), key.bytes.size(), id_bytes);
        std::memcpy(begun_.data() + kind * sizeof(State), &state, sizeof(State));
        sodium_memzero(&state, sizeof(state));
        kinds_ |= 1U << kind;
    }
}

KeyedNames::KeyedNames(const Keys& keys) : KeyedNames(all_of(keys)) {}

KeyedId KeyedNames::name(IdKind kind, std::string_view canonical) const {
    if ((kinds_ & (1U << static_cast<unsigned>(kind))) == 0) {
        std::abort();
    }
    State state;
    std::memcpy(&state, begun_.data() + static_cast<std::size_t>(kind) * sizeof(State), sizeof(State));
    crypto_generichash_update(&state, reinterpret_cast<const std::uint8_t*>(canonical.data()),
                              canonical.size());
    KeyedId id;
    crypto_generichash_final(&state, id.bytes.data(), id.bytes.size());
    sodium_memzero(&state, sizeof(state));
    return id;
}

std::string KeyedId::hex() const { return to_hex(bytes); }

}  // namespace rightsline::vault
