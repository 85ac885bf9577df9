// The audit's keys: a pair per version (Ed25519), whose private half signs blocks of the audit and whose public half proves
// them, wherever it is kept.
//
//     audit.<n>.key   private: signs; the highest n does, and older ones may be deleted
//     audit.<n>.pub   public: says whether a block is ours. Keep copies of it away from this machine: whoever changes the
//                     store and this folder, too, can make a pair of their own, but not one that a copy knows
//
// Must never: write a private half anywhere else; sign anything but an audit's block. Threading: immutable after load.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/secret_bytes.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

using AuditKeyId = std::array<std::uint8_t, 8>;
using AuditSignature = std::array<std::uint8_t, 64>;

struct AuditPublicKey {
    std::uint32_t version = 1;
    std::array<std::uint8_t, 32> key{};
    AuditKeyId id() const;  // first bytes of BLAKE2b of the key
    bool signed_this(std::string_view message, const AuditSignature& signature) const;
};

class AuditKey {
 public:
    /// Errors: errc::bad_key_file.
    static Result<AuditKey> parse(std::string_view file);
    AuditSignature sign(std::string_view message) const;
    const AuditPublicKey& public_key() const { return public_; }

 private:
    AuditKey(AuditPublicKey open, std::shared_ptr<const SecretBytes> secret);
    AuditPublicKey public_;
    std::shared_ptr<const SecretBytes> secret_;  // locked memory, shared by copies
};

struct AuditPair {
    std::string public_file;
    std::string private_file;
};
AuditPair make_audit_pair(std::uint32_t version);

/// Errors: errc::bad_key_file.
Result<AuditPublicKey> parse_audit_public(std::string_view file);
/// The file that an auditor kept. Errors: errc::no_key_file, errc::key_exposed, errc::bad_key_file.
Result<AuditPublicKey> read_audit_public(const std::string& path);

/// Every public half in a keys folder, oldest first; none in a folder from before there were any.
/// Errors: errc::bad_key_file, errc::key_exposed.
Result<std::vector<AuditPublicKey>> audit_publics_in(const std::string& folder);
/// The private half that signs; nothing when there is none. Errors: as above.
Result<std::optional<AuditKey>> audit_signer_in(const std::string& folder);

/// Makes the next pair in a keys folder, and says where its public half lies; it signs after the server's next start.
/// Errors: errc::no_key_file, errc::key_exposed, errc::key_exists, errc::cannot_write_key.
Result<std::string> add_audit_key(const std::string& folder);

}  // namespace rightsline::vault
