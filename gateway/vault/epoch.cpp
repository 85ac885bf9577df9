#include "gateway/vault/epoch.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdio>

#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

constexpr char never_locked = 1;
constexpr char locked = 2;
constexpr std::size_t clear_bytes = 10;  // version, algorithm, key id of what is locked
constexpr std::size_t month_at_byte = clear_bytes;
constexpr std::size_t key_at_byte = month_at_byte + 2;
constexpr std::size_t nonce_at_byte = key_at_byte + 4;
constexpr std::size_t rest_at_byte = nonce_at_byte + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(rest_at_byte + tag_bytes == clear_bytes + lock_overhead);

std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

unsigned number_of(Month month) {
    return static_cast<unsigned>(static_cast<int>(month.year())) * 12U +
           static_cast<unsigned>(month.month()) - 1U;
}

Month month_of(unsigned number) {
    return std::chrono::year(static_cast<int>(number / 12U)) / std::chrono::month(number % 12U + 1U);
}

std::string associated_data(std::string_view head, std::string_view context) {
    return std::string(head) + std::string(context);
}

}  // namespace

std::string to_text(Month month) {
    char text[16];
    const int size = std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(month.year()),
                                   static_cast<unsigned>(month.month()));
    return {text, static_cast<std::size_t>(size)};
}

std::optional<Month> parse_month(std::string_view text) {
    const auto digits = [text](std::size_t from, std::size_t count) {
        unsigned value = 0;
        for (const char c : text.substr(from, count)) {
            value = c >= '0' && c <= '9' ? value * 10U + static_cast<unsigned>(c - '0') : 10'000U;
        }
        return value;
    };
    if (text.size() != 7 || text[4] != '-' || digits(0, 4) > 9999 || digits(5, 2) < 1 || digits(5, 2) > 12 ||
        digits(0, 4) < 2000) {
        return std::nullopt;
    }
    return std::chrono::year(static_cast<int>(digits(0, 4))) / std::chrono::month(digits(5, 2));
}

Month month_at(std::chrono::sys_seconds at) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    return day.year() / day.month();
}

Month this_month() {
    return month_at(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

std::optional<Lock> lock_of(std::string_view stored) {
    if (stored.size() < clear_bytes + lock_overhead || stored[0] != locked) {
        return std::nullopt;
    }
    const std::uint8_t* const at = bytes(stored) + month_at_byte;
    Lock lock{month_of(static_cast<unsigned>(at[0]) << 8U | at[1]), {}};
    std::copy_n(bytes(stored) + key_at_byte, lock.key.size(), lock.key.begin());
    return lock;
}

const SecretKey* EpochRing::newest(Month now) const {
    const SecretKey* found = nullptr;
    for (const Key& key : keys_) {
        if (key.secret && (key.month <= now || found == nullptr)) {
            found = &*key.secret;
        }
    }
    return found;
}

const SecretKey* EpochRing::find(const Lock& lock) const {
    const auto found = std::ranges::find(keys_, lock.month, &Key::month);
    return found != keys_.end() && found->secret && found->secret->id == lock.key ? &*found->secret : nullptr;
}

bool EpochRing::knows(const Lock& lock) const { return find(lock) != nullptr; }

std::vector<Epoch> EpochRing::epochs() const {
    std::vector<Epoch> all;
    for (const Key& key : keys_) {
        all.push_back({key.month, !key.secret});
    }
    return all;
}

Result<std::string> EpochRing::lock(Month now, std::string_view context, std::string_view sealed) const {
    const SecretKey* const key = newest(now);
    if (key == nullptr || lock_of(sealed)) {
        return std::string(sealed);
    }
    if (sealed.size() < clear_bytes || sealed[0] != never_locked) {
        return errc::sealed_otherwise;
    }
    const auto whose =
        std::ranges::find_if(keys_, [key](const Key& one) { return one.secret && &*one.secret == key; });
    std::string out(sealed.substr(0, clear_bytes));
    out[0] = locked;
    out += static_cast<char>(number_of(whose->month) >> 8U & 0xFFU);
    out += static_cast<char>(number_of(whose->month) & 0xFFU);
    out.append(key->id.begin(), key->id.end());
    const std::string data = associated_data(out, context);
    const std::string_view rest = sealed.substr(clear_bytes);
    out.resize(rest_at_byte + rest.size() + tag_bytes);
    std::uint8_t* const nonce = bytes(out) + nonce_at_byte;
    ops::draw_fresh_bytes({nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES});
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + rest_at_byte, nullptr, bytes(rest), rest.size(),
                                               bytes(data), data.size(), nullptr, nonce, key->bytes.data());
    return out;
}

Result<std::string> EpochRing::unlock(std::string_view context, std::string_view stored) const {
    const std::optional<Lock> lock = lock_of(stored);
    if (!lock) {
        return std::string(stored);
    }
    const SecretKey* const key = find(*lock);
    if (key == nullptr) {
        return errc::unknown_key;
    }
    const std::string data = associated_data(stored.substr(0, nonce_at_byte), context);
    const std::string_view rest = stored.substr(rest_at_byte);
    std::string out(stored.substr(0, clear_bytes));
    out[0] = never_locked;
    out.resize(clear_bytes + rest.size() - tag_bytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(out) + clear_bytes, nullptr, nullptr, bytes(rest),
                                                   rest.size(), bytes(data), data.size(),
                                                   bytes(stored) + nonce_at_byte, key->bytes.data()) != 0) {
        return errc::sealed_otherwise;
    }
    return out;
}

}  // namespace rightsline::vault
