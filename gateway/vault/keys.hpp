// Keys: what keys_dir holds, read once at start into locked memory.
//
//     pepper.key                    names numbers, events and receipts (HMAC); never changes while anything
//                                   that it named lives
//     number.key                    seals numbers
//     state.<n>.key                 seals conversations and stored answers; the highest n seals, all open
//     epochs/epochs.key             locks, month by month, what cases keep (epoch.hpp)
//     circles/<name>.<version>.pub  what reports are sealed to
//     audit.<n>.key, audit.<n>.pub  sign blocks of the audit, and prove them (audit_key.hpp)
//
// The folder is 0700 and never inside the store or its backups. No private key of a circle is ever here.
// Must never: be logged, serialised or handed to anybody but the vault and the receipt codes.
// Threading: immutable after load; copies share the same locked memory.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/audit_key.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/secret_bytes.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

using KeyId = std::array<std::uint8_t, 4>;

struct SecretKey {
    KeyId id{};
    SecretBytes bytes{32};
};
class EpochRing;

class Keys {
 public:
    /// Errors: errc::no_key_file, errc::bad_key_file, errc::key_exposed.
    static Result<Keys> load(const std::string& folder);
    /// Circles and the audit's keys alone: of a gateway whose pepper, number and state keys a vault process has.
    static Result<Keys> load_without_home(const std::string& folder);
    /// The pepper, number and state keys alone: of the vault process. Errors: as load().
    static Result<Keys> load_only_home(const std::string& folder);

    /// Only of keys that have them (load, load_only_home): these three, derive() and derived_key().
    const SecretKey& pepper() const { return material_->home->pepper; }
    const SecretKey& number() const { return material_->home->number; }
    /// Oldest first; the last one seals. Never empty.
    const std::vector<SecretKey>& states() const { return material_->home->states; }
    /// The newest version of the circle. Errors: errc::unknown_key.
    Result<CirclePublicKey> circle(std::string_view name) const;
    /// Every version of every circle: whatever is stored was sealed to one of them.
    const std::vector<CirclePublicKey>& circles() const { return material_->circles; }
    /// Of all circles, sorted, once each.
    std::vector<std::string> circle_names() const;
    /// What proves blocks of the audit, oldest first; none in a folder from before there were any.
    const std::vector<AuditPublicKey>& audits() const { return material_->audits; }
    /// What signs them; null when there is none: then the audit is written and stays unsealed.
    const AuditKey* audit_signer() const { return material_->signer ? &*material_->signer : nullptr; }
    /// Shared by all copies: what is destroyed is gone from all of them.
    const std::shared_ptr<EpochRing>& epochs() const { return material_->epochs; }
    /// A key for one purpose, derived from the pepper: HMAC-SHA-256(pepper, label).
    SecretBytes derive(std::string_view label) const;
    /// The same as a key that seals, with an id of its own.
    SecretKey derived_key(std::string_view label) const;

 private:
    struct Home {
        SecretKey pepper;
        SecretKey number;
        std::vector<SecretKey> states;
    };
    struct Material {
        std::optional<Home> home;
        std::vector<CirclePublicKey> circles;
        std::vector<AuditPublicKey> audits;
        std::optional<AuditKey> signer;
        std::shared_ptr<EpochRing> epochs;
    };
    static Result<Home> load_home(const std::string& folder);
    static Result<Keys> load_public(const std::string& folder, std::optional<Home> home);
    explicit Keys(std::shared_ptr<const Material> material) : material_(std::move(material)) {}
    std::shared_ptr<const Material> material_;
};

/// A key that seals, with the id that its blobs name.
SecretKey sealing_key(SecretBytes bytes);

/// One file of a keys folder that keeps the keys from being loaded.
struct KeyTrouble {
    std::string path;  // of the file, or of the folder itself
    boost::system::error_code error;
    std::string what;  // in words
};
/// Every one of them, for a person who has to mend the folder; none when Keys::load() succeeds, or
/// Keys::load_without_home() where the home keys are not looked for.
std::vector<KeyTrouble> key_troubles(const std::string& folder, bool with_home = true);

/// Makes the folder and a fresh pepper, number key, first state key, the audit's first pair and two years of months.
/// Errors: errc::key_exists (any of them is there: nothing was written), errc::cannot_write_key,
/// errc::key_exposed.
Result<void> make_keys(const std::string& folder);

/// Adds the next state key; it seals after the next start. Errors: as make_keys.
Result<void> add_state_key(const std::string& folder);

/// Where a circle's public key lies.
std::string circle_path(const std::string& folder, const CirclePublicKey& circle);

/// Puts a public key file under circles/. Errors: errc::bad_key_file, errc::key_exists,
/// errc::cannot_write_key.
Result<void> add_circle(const std::string& folder, std::string_view public_file);

}  // namespace rightsline::vault
