// The two key files of a circle: what may be everywhere, and what only its members hold.
#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view public_line = "rightsline-circle-public 1";
constexpr std::string_view private_line = "rightsline-circle-private 1";

Result<CirclePublicKey> read_head(const KeyFileText& file) {
    CirclePublicKey circle;
    circle.name = std::string(file.get("name"));
    const std::string_view version = file.get("version");
    const auto [stop, error] =
        std::from_chars(version.data(), version.data() + version.size(), circle.version);
    if (!is_circle_name(circle.name) || version.empty() || error != std::errc() ||
        stop != version.data() + version.size() || circle.version == 0) {
        return errc::bad_key_file;
    }
    return circle;
}

std::string file_text(std::string_view first_line, const CirclePublicKey& circle, std::string_view key) {
    return std::string(first_line) + "\nname: " + circle.name +
           "\nversion: " + std::to_string(circle.version) + "\nid: " + to_hex(circle.id()) +
           "\nkey: " + std::string(key) + "\n";
}

}  // namespace

bool is_sound_key(const std::array<std::uint8_t, 32>& key) {
    ensure_sodium();
    std::array<std::uint8_t, 32> scalar{};
    std::array<std::uint8_t, 32> shared{};
    randombytes_buf(scalar.data(), scalar.size());
    return crypto_scalarmult(shared.data(), scalar.data(), key.data()) == 0;
}

std::string public_key_text(const CirclePublicKey& circle) {
    return file_text(public_line, circle, to_base64(circle.key));
}

bool is_circle_name(std::string_view name) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(allowed) == std::string_view::npos;
}

std::array<std::uint8_t, 8> CirclePublicKey::id() const {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
    std::array<std::uint8_t, 8> id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

Result<CirclePublicKey> parse_public_key(std::string_view text) {
    ensure_sodium();
    const Result<KeyFileText> file = KeyFileText::parse(text, public_line);
    if (!file) {
        return file.error();
    }
    Result<CirclePublicKey> circle = read_head(*file);
    if (!circle || !file->get_bytes("key", circle->key) || file->get("id") != to_hex(circle->id()) ||
        !is_sound_key(circle->key)) {
        return errc::bad_key_file;
    }
    return circle;
}

Result<CirclePrivateKey> CirclePrivateKey::parse(std::string_view text) {
    const Result<KeyFileText> file = KeyFileText::parse(text, private_line);
    if (!file) {
        return file.error();
    }
    const Result<CirclePublicKey> head = read_head(*file);
    auto secret = std::make_unique<Secret>();
    if (!head || !file->get_bytes("key", secret->scalar.bytes())) {
        return errc::bad_key_file;
    }
    secret->circle = *head;
    crypto_scalarmult_base(secret->circle.key.data(), secret->scalar.data());
    if (file->get("id") != to_hex(secret->circle.id())) {
        return errc::bad_key_file;
    }
    return CirclePrivateKey(std::move(secret));
}

CirclePair make_circle(std::string_view name, std::uint32_t version) {
    CirclePublicKey circle{std::string(name), version, {}};
    SecretBytes scalar(32);
    crypto_box_keypair(circle.key.data(), scalar.data());
    std::string base64 = to_base64(scalar.bytes());
    CirclePair pair{public_key_text(circle), file_text(private_line, circle, base64)};
    locales::wipe(base64);
    return pair;
}

}  // namespace rightsline::vault
