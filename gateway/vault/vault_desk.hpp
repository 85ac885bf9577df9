// VaultDesk: what the vault's process answers to one question: counted first, then done, or refused.
//
// No socket and no waiting, so that a test can ask it anything. Must never: answer more than the quota allows, say why a blob
// did not open beyond errc, keep a question. Threading: one thread's. Owner: the vault's process.
#pragma once

#include <string>
#include <string_view>

#include "gateway/vault/home.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/protocol.hpp"
#include "gateway/vault/quota.hpp"

namespace rightsline::vault {

class VaultDesk {
 public:
    VaultDesk(const Keys& keys, Quota& quota) : keys_(keys), home_(keys), quota_(quota) {}

    /// `rest`: a frame after its head. The frame to send back; a question that is none has one, too. Wipe it.
    std::string answer(std::string_view rest);
    /// Questions that the quota refused since start.
    std::uint64_t refused() const { return refused_; }
    std::uint8_t used_percent() { return quota_.used_percent(); }
    bool counts_are_kept() const { return quota_.healthy(); }

 private:
    Answer answer_to(const Question& question);
    bool allowed(const Question& question);

    Keys keys_;
    HomeKeys home_;
    Quota& quota_;
    std::uint64_t refused_ = 0;
};

}  // namespace rightsline::vault
