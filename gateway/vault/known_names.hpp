// KnownNames: ids of phones that passed here lately, so that a conversation that is under way needs the home no more.
//
// It holds no number: a name is found by a hash under a key that this process drew for itself. Whoever reads this process'
// memory finds phones that passed lately by trying all numbers, and no others; they pass there anyway. Bounded: when it is full
// everything goes but what was pinned (people of rosters, at start). Must never: be kept beyond the process. Threading: one
// thread's. Owner: a RemoteHome.
#pragma once

#include <optional>
#include <unordered_map>

#include "gateway/vault/secret_bytes.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

class KnownNames {
 public:
    explicit KnownNames(std::size_t most = 4096);
    std::optional<KeyedId> find(const IdRequest& request) const;
    void add(const IdRequest& request, const KeyedId& id);
    /// What is known now stays.
    void pin();
    std::size_t size() const { return pinned_.size() + lately_.size(); }

 private:
    struct Hash {
        std::size_t operator()(const KeyedId& id) const;
    };
    using Names = std::unordered_map<KeyedId, KeyedId, Hash>;
    KeyedId place_of(const IdRequest& request) const;

    std::size_t most_;
    SecretBytes key_{32};
    Names lately_;
    Names pinned_;
};

}  // namespace rightsline::vault
