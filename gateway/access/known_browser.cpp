#include "gateway/access/known_browser.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "gateway/access/sealing.hpp"
#include "gateway/ops/fresh_bytes.hpp"

namespace rightsline::access {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t id_letters = 2 * id_bytes;
constexpr std::size_t longest_cookie = 256;
constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string context_of(const std::string& name) { return "known browser|" + name; }

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

std::string fresh_id() {
    std::array<std::uint8_t, id_bytes> raw{};
    ops::draw_fresh_bytes(raw);
    std::string hex(id_letters + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), raw.data(), raw.size());
    hex.pop_back();
    return hex;
}

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), variant);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    if (text.empty() || text.size() > longest_cookie ||
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &length, nullptr, variant) != 0) {
        return std::nullopt;
    }
    bytes.resize(length);
    return bytes;
}

}  // namespace

Awaitable<std::string> known_browser(vault::Vault& vault, std::string name, std::string cookie,
                                     ops::UtcMs now) {
    std::optional<std::string> sealed = from_base64(cookie);
    if (!sealed) {
        co_return std::string();
    }
    const Result<std::string> plain = co_await unseal(vault, context_of(name), std::move(*sealed));
    if (!plain || plain->size() <= id_letters) {
        co_return std::string();
    }
    std::int64_t made = 0;
    std::from_chars(plain->data() + id_letters, plain->data() + plain->size(), made);
    const bool good = seconds(now) - made <= std::chrono::seconds(known_for).count();
    co_return good ? plain->substr(0, id_letters) : std::string();
}

Awaitable<std::string> cookie_for(vault::Vault& vault, std::string name, std::string id, ops::UtcMs now) {
    std::string plain = (id.empty() ? fresh_id() : std::move(id)) + std::to_string(seconds(now));
    const Result<std::string> sealed = co_await seal(vault, context_of(name), std::move(plain));
    co_return sealed ? to_base64(*sealed) : std::string();
}

}  // namespace rightsline::access
