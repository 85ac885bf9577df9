#include "gateway/vault/known_names.hpp"

#include <sodium.h>

#include <cstring>

namespace rightsline::vault {

KnownNames::KnownNames(std::size_t most) : most_(most) { randombytes_buf(key_.data(), key_.size()); }

std::size_t KnownNames::Hash::operator()(const KeyedId& id) const {
    std::size_t first = 0;
    std::memcpy(&first, id.bytes.data(), sizeof first);
    return first;
}

KeyedId KnownNames::place_of(const IdRequest& request) const {
    const auto kind = static_cast<std::uint8_t>(request.kind);
    crypto_generichash_state state;
    KeyedId place;
    crypto_generichash_init(&state, key_.data(), key_.size(), place.bytes.size());
    crypto_generichash_update(&state, &kind, 1);
    crypto_generichash_update(&state, reinterpret_cast<const std::uint8_t*>(request.canonical.data()),
                              request.canonical.size());
    crypto_generichash_final(&state, place.bytes.data(), place.bytes.size());
    sodium_memzero(&state, sizeof state);
    return place;
}

std::optional<KeyedId> KnownNames::find(const IdRequest& request) const {
    const KeyedId place = place_of(request);
    for (const Names* names : {&lately_, &pinned_}) {
        if (const auto found = names->find(place); found != names->end()) {
            return found->second;
        }
    }
    return std::nullopt;
}

void KnownNames::add(const IdRequest& request, const KeyedId& id) {
    if (lately_.size() >= most_) {
        lately_.clear();
    }
    lately_.emplace(place_of(request), id);
}

void KnownNames::pin() {
    pinned_.merge(lately_);
    lately_.clear();
}

}  // namespace rightsline::vault
