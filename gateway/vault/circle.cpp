#include "gateway/vault/circle.hpp"

#include <sodium.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "locales/private_text.hpp"

// A sealed part: head | sealed box of (binding 32 | length 4, big endian | plain | zeros up to a padded
// size).
namespace rightsline::vault {
namespace {

constexpr std::size_t inner_head_bytes = 32 + 4;

std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::size_t padded(std::size_t size) {
    for (const std::size_t step : {std::size_t{256}, std::size_t{1024}}) {
        if (size <= step) {
            return step;
        }
    }
    return (size + 4095) / 4096 * 4096;
}

std::size_t read_length(std::string_view inner) {
    std::size_t length = 0;
    for (const char c : inner.substr(32, 4)) {
        length = length << 8U | static_cast<std::uint8_t>(c);
    }
    return length;
}

std::string make_inner(const std::array<std::uint8_t, 32>& binding, std::string_view plain) {
    std::string inner;
    inner.reserve(padded(inner_head_bytes + plain.size()));
    inner.append(binding.begin(), binding.end());
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        inner += static_cast<char>(plain.size() >> shift & 0xFFU);
    }
    inner += plain;
    inner.resize(padded(inner.size()));
    return inner;
}

// The plain bytes of an opened box, or the reason why they are not for this context.
Result<std::string> take_plain(std::string_view inner, const std::array<std::uint8_t, 32>& binding) {
    if (inner.size() < inner_head_bytes || sodium_memcmp(inner.data(), binding.data(), binding.size()) != 0) {
        return errc::sealed_otherwise;
    }
    const std::size_t length = read_length(inner);
    if (length > inner.size() - inner_head_bytes || padded(inner_head_bytes + length) != inner.size()) {
        return errc::sealed_otherwise;
    }
    return std::string(inner.substr(inner_head_bytes, length));
}

}  // namespace

std::string circle_head(const CirclePublicKey& circle, char algorithm) {
    const std::array<std::uint8_t, 8> id = circle.id();
    std::string head{circle_version, algorithm};
    head.append(id.begin(), id.end());
    return head;
}

std::array<std::uint8_t, 32> bind_context(std::string_view head, std::string_view context) {
    const std::string joined = std::string(head) + std::string(context);
    std::array<std::uint8_t, 32> binding{};
    crypto_generichash(binding.data(), binding.size(), bytes(joined), joined.size(), nullptr, 0);
    return binding;
}

Result<void> check_head(const CirclePublicKey& circle, char algorithm, std::string_view sealed) {
    if (sealed.size() < circle_head_bytes || sealed[0] != circle_version || sealed[1] != algorithm) {
        return errc::sealed_otherwise;
    }
    if (sealed.substr(0, circle_head_bytes) != circle_head(circle, algorithm)) {
        return errc::unknown_key;
    }
    return {};
}

std::string seal_box(const CirclePublicKey& circle, std::span<const std::uint8_t> plain) {
    ensure_sodium();
    std::string box(plain.size() + crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal(bytes(box), plain.data(), plain.size(), circle.key.data()) != 0) {
        throw std::logic_error("a circle's key that parse_public_key() would refuse");
    }
    return box;
}

std::string seal_to_circle(const CirclePublicKey& circle, std::string_view context, std::string_view plain) {
    if (plain.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw std::length_error("a part of a report is far smaller; recordings are sealed as streams");
    }
    const std::string head = circle_head(circle, sealed_box);
    std::string inner = make_inner(bind_context(head, context), plain);
    std::string box = seal_box(circle, {bytes(inner), inner.size()});
    locales::wipe(inner);
    return head + box;
}

CirclePrivateKey::CirclePrivateKey(std::unique_ptr<Secret> secret) : secret_(std::move(secret)) {}
CirclePrivateKey::~CirclePrivateKey() = default;
CirclePrivateKey::CirclePrivateKey(CirclePrivateKey&&) noexcept = default;
CirclePrivateKey& CirclePrivateKey::operator=(CirclePrivateKey&&) noexcept = default;

CirclePublicKey CirclePrivateKey::public_key() const { return secret_->circle; }

Result<std::string> CirclePrivateKey::open(std::string_view context, std::string_view sealed) const {
    if (const Result<void> fits = check_head(secret_->circle, sealed_box, sealed); !fits) {
        return fits.error();
    }
    const std::string_view box = sealed.substr(circle_head_bytes);
    if (box.size() < crypto_box_SEALBYTES) {
        return errc::sealed_otherwise;
    }
    std::string inner(box.size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(bytes(inner), bytes(box), box.size(), secret_->circle.key.data(),
                             secret_->scalar.data()) != 0) {
        return errc::sealed_otherwise;
    }
    Result<std::string> plain = take_plain(inner, bind_context(sealed.substr(0, circle_head_bytes), context));
    locales::wipe(inner);
    return plain;
}

}  // namespace rightsline::vault
