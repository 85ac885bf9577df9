#include "gateway/vault/audit_key.hpp"

#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/numbered_files.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view public_line = "rightsline-audit-public 1";
constexpr std::string_view private_line = "rightsline-audit-private 1";
constexpr std::string_view head = "audit.";
constexpr std::string_view public_tail = ".pub";
constexpr std::string_view private_tail = ".key";

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string file_text(std::string_view first_line, const AuditPublicKey& open, std::string_view key) {
    return std::string(first_line) + "\nversion: " + std::to_string(open.version) +
           "\nid: " + to_hex(open.id()) + "\nkey: " + std::string(key) + "\n";
}

Result<std::uint32_t> version_in(const KeyFileText& file) {
    const std::string_view text = file.get("version");
    std::uint32_t version = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    const bool whole = error == std::errc() && stop == text.data() + text.size() && version != 0;
    return whole ? Result<std::uint32_t>(version) : errc::bad_key_file;
}

std::string path_of(const std::string& folder, unsigned number, std::string_view tail) {
    return folder + "/" + std::string(head) + std::to_string(number) + std::string(tail);
}

}  // namespace

AuditKeyId AuditPublicKey::id() const {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
    AuditKeyId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

bool AuditPublicKey::signed_this(std::string_view message, const AuditSignature& signature) const {
    return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(), key.data()) == 0;
}

AuditKey::AuditKey(AuditPublicKey open, std::shared_ptr<const SecretBytes> secret)
    : public_(open), secret_(std::move(secret)) {}

AuditSignature AuditKey::sign(std::string_view message) const {
    AuditSignature signature{};
    crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), secret_->data());
    return signature;
}

Result<AuditKey> AuditKey::parse(std::string_view text) {
    ensure_sodium();
    const Result<KeyFileText> file = KeyFileText::parse(text, private_line);
    const Result<std::uint32_t> version =
        file ? version_in(*file) : Result<std::uint32_t>(errc::bad_key_file);
    SecretBytes seed(crypto_sign_SEEDBYTES);
    if (!version || !file->get_bytes("key", seed.bytes())) {
        return errc::bad_key_file;
    }
    AuditPublicKey open;
    open.version = *version;
    const auto secret = std::make_shared<SecretBytes>(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(open.key.data(), secret->data(), seed.data());
    if (file->get("id") != to_hex(open.id())) {
        return errc::bad_key_file;
    }
    return AuditKey(open, secret);
}

AuditPair make_audit_pair(std::uint32_t version) {
    ensure_sodium();
    SecretBytes seed(crypto_sign_SEEDBYTES);
    SecretBytes secret(crypto_sign_SECRETKEYBYTES);
    randombytes_buf(seed.data(), seed.size());
    AuditPublicKey open;
    open.version = version;
    crypto_sign_seed_keypair(open.key.data(), secret.data(), seed.data());
    std::string base64 = to_base64(seed.bytes());
    AuditPair pair{file_text(public_line, open, to_base64(open.key)), file_text(private_line, open, base64)};
    locales::wipe(base64);
    return pair;
}

Result<AuditPublicKey> parse_audit_public(std::string_view text) {
    ensure_sodium();
    const Result<KeyFileText> file = KeyFileText::parse(text, public_line);
    const Result<std::uint32_t> version =
        file ? version_in(*file) : Result<std::uint32_t>(errc::bad_key_file);
    AuditPublicKey open;
    if (!version || !file->get_bytes("key", open.key) || file->get("id") != to_hex(open.id())) {
        return errc::bad_key_file;
    }
    open.version = *version;
    return open;
}

Result<AuditPublicKey> read_audit_public(const std::string& path) {
    const Result<locales::PrivateText> text = read_key_file(path, Exposure::open);
    return text ? parse_audit_public(text->reveal()) : Result<AuditPublicKey>(text.error());
}

Result<std::vector<AuditPublicKey>> audit_publics_in(const std::string& folder) {
    std::vector<AuditPublicKey> all;
    for (const unsigned number : numbers_of(folder, head, public_tail)) {
        const Result<AuditPublicKey> one = read_audit_public(path_of(folder, number, public_tail));
        if (!one || one->version != number) {
            return one ? make_error_code(errc::bad_key_file) : one.error();
        }
        all.push_back(*one);
    }
    return all;
}

Result<std::optional<AuditKey>> audit_signer_in(const std::string& folder) {
    const std::vector<unsigned> numbers = numbers_of(folder, head, private_tail);
    if (numbers.empty()) {
        return std::optional<AuditKey>();
    }
    const Result<locales::PrivateText> text =
        read_key_file(path_of(folder, numbers.back(), private_tail), Exposure::secret);
    if (!text) {
        return text.error();
    }
    const Result<AuditKey> key = AuditKey::parse(text->reveal());
    if (!key || key->public_key().version != numbers.back()) {
        return errc::bad_key_file;
    }
    return std::optional(*key);
}

/// The public half last: without its private half nothing is ever signed that it would have to prove.
Result<std::string> add_audit_key(const std::string& folder) {
    if (const Result<void> safe = check_key_folder(folder); !safe) {
        return safe.error();
    }
    const std::vector<unsigned> open = numbers_of(folder, head, public_tail);
    const std::vector<unsigned> secret = numbers_of(folder, head, private_tail);
    const unsigned next = std::max(open.empty() ? 0 : open.back(), secret.empty() ? 0 : secret.back()) + 1;
    AuditPair pair = make_audit_pair(next);
    const std::string private_path = path_of(folder, next, private_tail);
    const Result<void> kept = write_key_file(private_path, pair.private_file, Exposure::secret);
    locales::wipe(pair.private_file);
    if (!kept) {
        return kept.error();
    }
    std::string public_path = path_of(folder, next, public_tail);
    const Result<void> shown = write_key_file(public_path, pair.public_file, Exposure::open);
    if (!shown) {
        ::unlink(private_path.c_str());
        return shown.error();
    }
    return public_path;
}

}  // namespace rightsline::vault
