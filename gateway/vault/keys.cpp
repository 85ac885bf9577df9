#include "gateway/vault/keys.hpp"

#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "gateway/vault/circle_folder.hpp"
#include "gateway/vault/epoch.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/numbered_files.hpp"

namespace rightsline::vault {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view first_line = "rightsline-key 1";

KeyId id_of(std::span<const std::uint8_t> key) {
    // Keyed by the secret itself: the id says nothing about the key and shows a damaged file.
    constexpr std::string_view label = "rightsline key id";
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const std::uint8_t*>(label.data()),
                       label.size(), key.data(), key.size());
    KeyId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

Result<SecretKey> read_key(const std::string& path, std::string_view kind) {
    const Result<locales::PrivateText> text = read_key_file(path, Exposure::secret);
    if (!text) {
        return text.error();
    }
    const Result<KeyFileText> file = KeyFileText::parse(text->reveal(), first_line);
    SecretKey key;
    if (!file || file->get("kind") != kind || !file->get_bytes("key", key.bytes.bytes())) {
        return errc::bad_key_file;
    }
    key.id = id_of(key.bytes.bytes());
    if (file->get("id") != to_hex(key.id)) {
        return errc::bad_key_file;
    }
    return key;
}

Result<void> write_new_key(const std::string& path, std::string_view kind) {
    SecretBytes key(32);
    randombytes_buf(key.data(), key.size());
    std::string base64 = to_base64(key.bytes());
    std::string text = std::string(first_line) + "\nkind: " + std::string(kind) +
                       "\nid: " + to_hex(id_of(key.bytes())) + "\nkey: " + base64 + "\n";
    Result<void> written = write_key_file(path, text, Exposure::secret);
    locales::wipe(base64);
    locales::wipe(text);
    return written;
}

std::vector<unsigned> state_numbers(const std::string& folder) {
    return numbers_of(folder, "state.", ".key");
}

std::string state_path(const std::string& folder, unsigned number) {
    return folder + "/state." + std::to_string(number) + ".key";
}

Result<std::vector<SecretKey>> read_states(const std::string& folder) {
    std::vector<SecretKey> states;
    for (const unsigned number : state_numbers(folder)) {
        Result<SecretKey> key = read_key(state_path(folder, number), "state");
        if (!key) {
            return key.error();
        }
        // Two keys of one id would make "which key opens this" a guess.
        if (std::ranges::find(states, key->id, &SecretKey::id) != states.end()) {
            return errc::bad_key_file;
        }
        states.push_back(std::move(*key));
    }
    if (states.empty()) {
        return errc::no_key_file;
    }
    return states;
}

bool audit_is_missing(const std::string& folder) { return numbers_of(folder, "audit.", ".key").empty(); }

void add_trouble(const std::string& path, const boost::system::error_code& error,
                 std::vector<KeyTrouble>& troubles) {
    if (error) {
        troubles.push_back({path, error, error.message()});
    }
}

void add_home_troubles(const std::string& folder, std::vector<KeyTrouble>& troubles) {
    for (const char* kind : {"pepper", "number"}) {
        const std::string path = folder + "/" + kind + ".key";
        add_trouble(path, read_key(path, kind).error(), troubles);
    }
    const std::vector<unsigned> numbers = state_numbers(folder);
    for (const unsigned number : numbers) {
        add_trouble(state_path(folder, number), read_key(state_path(folder, number), "state").error(),
                    troubles);
    }
    if (numbers.empty() || troubles.empty()) {  // none at all, or two of one id
        add_trouble(numbers.empty() ? state_path(folder, 1) : folder, read_states(folder).error(), troubles);
    }
}

}  // namespace

Result<Keys> Keys::load(const std::string& folder) {
    Result<Home> home = load_home(folder);
    if (!home) {
        return home.error();
    }
    return load_public(folder, std::move(*home));
}

Result<Keys> Keys::load_without_home(const std::string& folder) { return load_public(folder, std::nullopt); }

Result<Keys> Keys::load_only_home(const std::string& folder) {
    Result<Home> home = load_home(folder);
    if (!home) {
        return home.error();
    }
    return Keys(std::make_shared<const Material>(
        Material{std::move(*home), {}, {}, {}, std::make_shared<EpochRing>()}));
}

Result<Keys::Home> Keys::load_home(const std::string& folder) {
    if (const Result<void> safe = check_key_folder(folder); !safe) {
        return safe.error();
    }
    Result<SecretKey> pepper = read_key(folder + "/pepper.key", "pepper");
    Result<SecretKey> number = read_key(folder + "/number.key", "number");
    Result<std::vector<SecretKey>> states = read_states(folder);
    for (const auto& error : {pepper.error(), number.error(), states.error()}) {
        if (error) {
            return error;
        }
    }
    return Home{std::move(*pepper), std::move(*number), std::move(*states)};
}

Result<Keys> Keys::load_public(const std::string& folder, std::optional<Home> home) {
    if (const Result<void> safe = check_key_folder(folder); !safe) {
        return safe.error();
    }
    Result<std::vector<CirclePublicKey>> circles = read_circles(folder + "/circles");
    Result<std::vector<AuditPublicKey>> audits = audit_publics_in(folder);
    Result<std::optional<AuditKey>> signer = audit_signer_in(folder);
    Result<EpochRing> epochs = EpochRing::load(folder);
    for (const auto& error : {circles.error(), audits.error(), signer.error(), epochs.error()}) {
        if (error) {
            return error;
        }
    }
    return Keys(std::make_shared<const Material>(Material{std::move(home), std::move(*circles),
                                                          std::move(*audits), std::move(*signer),
                                                          std::make_shared<EpochRing>(std::move(*epochs))}));
}

std::vector<KeyTrouble> key_troubles(const std::string& folder, bool with_home) {
    std::vector<KeyTrouble> troubles;
    const auto add = [&troubles](const std::string& path, const boost::system::error_code& error) {
        add_trouble(path, error, troubles);
    };
    const Result<void> safe = check_key_folder(folder);
    if (!safe) {
        add(folder, safe.error());
        return troubles;
    }
    if (with_home) {
        add_home_troubles(folder, troubles);
    }
    add(folder + "/audit.<n>.pub", audit_publics_in(folder).error());
    add(folder + "/audit.<n>.key", audit_signer_in(folder).error());
    add(folder + "/epochs/epochs.key", EpochRing::load(folder).error());
    add(folder + "/circles", check_key_folder(folder + "/circles").error());
    add_circle_troubles(folder, troubles);
    return troubles;
}

Result<CirclePublicKey> Keys::circle(std::string_view name) const {
    const CirclePublicKey* newest = nullptr;
    for (const CirclePublicKey& circle : material_->circles) {
        if (circle.name == name && (newest == nullptr || circle.version > newest->version)) {
            newest = &circle;
        }
    }
    if (newest == nullptr) {
        return errc::unknown_key;
    }
    return *newest;
}

std::vector<std::string> Keys::circle_names() const {
    std::vector<std::string> names;
    for (const CirclePublicKey& circle : material_->circles) {
        names.push_back(circle.name);
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

SecretBytes Keys::derive(std::string_view label) const {
    SecretBytes derived(crypto_auth_hmacsha256_BYTES);
    crypto_auth_hmacsha256(derived.data(), reinterpret_cast<const std::uint8_t*>(label.data()), label.size(),
                           pepper().bytes.data());
    return derived;
}

SecretKey Keys::derived_key(std::string_view label) const { return sealing_key(derive(label)); }

SecretKey sealing_key(SecretBytes bytes) {
    const KeyId id = id_of(bytes.bytes());
    return {id, std::move(bytes)};
}

Result<void> make_keys(const std::string& folder) {
    if (const Result<void> made = make_key_folder(folder); !made) {
        return made.error();
    }
    std::error_code failed;
    if (fs::exists(folder + "/pepper.key", failed) || fs::exists(folder + "/number.key", failed) ||
        !state_numbers(folder).empty()) {
        return errc::key_exists;
    }
    if (const Result<void> made = make_key_folder(folder + "/circles"); !made) {
        return made.error();
    }
    std::vector<std::string> made_here;
    Result<void> written;
    for (const auto& [name, kind] : {std::pair("/pepper.key", "pepper"), std::pair("/number.key", "number"),
                                     std::pair("/state.1.key", "state")}) {
        written = written ? write_new_key(folder + name, kind) : written;
        made_here.insert(made_here.end(), written ? 1 : 0, folder + name);
    }
    if (written && audit_is_missing(folder)) {
        const Result<std::string> audit = add_audit_key(folder);
        written = audit ? written : Result<void>(audit.error());
    }
    if (written) {
        const Result<int> months = add_epoch_keys(folder, this_month());
        written = months ? written : Result<void>(months.error());
    }
    if (!written) {
        // Nothing was named or sealed by these yet: half a set would only be in the way of the next try.
        std::ranges::for_each(made_here, [&failed](const std::string& path) { fs::remove(path, failed); });
        return written.error();
    }
    return {};
}

Result<void> add_state_key(const std::string& folder) {
    if (const Result<void> safe = check_key_folder(folder); !safe) {
        return safe.error();
    }
    const std::vector<unsigned> numbers = state_numbers(folder);
    return write_new_key(state_path(folder, numbers.empty() ? 1 : numbers.back() + 1), "state");
}

}  // namespace rightsline::vault
