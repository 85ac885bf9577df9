#include "gateway/vault/epoch.hpp"

#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view first_line = "rightsline-epochs 1";
constexpr std::string_view gone = "destroyed";
constexpr std::size_t most_bytes = std::size_t{64} << 10U;  // of the file: a thousand months
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

std::string folder_of(const std::string& keys_folder) { return keys_folder + "/epochs"; }
std::string path_of(const std::string& keys_folder) { return folder_of(keys_folder) + "/epochs.key"; }

/// The file's text; "" when there is none.
Result<locales::PrivateText> read_file(const std::string& keys_folder) {
    if (::access(path_of(keys_folder).c_str(), F_OK) != 0) {
        return locales::PrivateText(std::string());
    }
    if (const Result<void> safe = check_key_folder(folder_of(keys_folder)); !safe) {
        return safe.error();
    }
    return read_key_file(path_of(keys_folder), Exposure::secret, most_bytes);
}

/// The whole file once more, without what stood behind `month`.
std::string without(const KeyFileText& file, Month month) {
    std::string text(first_line);
    text.reserve(most_bytes);
    for (const std::string_view name : file.names()) {
        const bool kept = name != to_text(month);
        text.append("\n").append(name).append(": ").append(kept ? file.get(name) : gone);
    }
    return text + "\n";
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

Result<EpochRing> EpochRing::load(const std::string& keys_folder) {
    EpochRing ring;
    ring.folder_ = keys_folder;
    const Result<locales::PrivateText> text = read_file(keys_folder);
    if (!text || text->reveal().empty()) {
        return text ? Result<EpochRing>(std::move(ring)) : Result<EpochRing>(text.error());
    }
    const Result<KeyFileText> file = KeyFileText::parse(text->reveal(), first_line, most_bytes);
    if (!file) {
        return file.error();
    }
    for (const std::string_view name : file->names()) {
        const std::optional<Month> month = parse_month(name);
        Key key{month.value_or(Month{}), std::nullopt};
        if (file->get(name) != gone) {
            SecretBytes secret(32);
            if (!file->get_bytes(name, secret.bytes())) {
                return errc::bad_key_file;
            }
            key.secret = sealing_key(std::move(secret));
        }
        if (!month) {
            return errc::bad_key_file;
        }
        ring.keys_.push_back(std::move(key));
    }
    std::ranges::sort(ring.keys_, {}, &Key::month);
    return ring;
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

Result<void> EpochRing::destroy(Month month) {
    const auto key = std::ranges::find(keys_, month, &Key::month);
    const Result<locales::PrivateText> text = read_file(folder_);
    if (key == keys_.end() || !text) {
        return text ? make_error_code(errc::unknown_key) : text.error();
    }
    const Result<KeyFileText> file = KeyFileText::parse(text->reveal(), first_line, most_bytes);
    if (!file) {
        return file.error();
    }
    std::string left = without(*file, month);
    const Result<void> written = replace_key_file(path_of(folder_), left);
    locales::wipe(left);
    if (written) {
        key->secret.reset();
    }
    return written;
}

Result<int> add_epoch_keys(const std::string& keys_folder, Month from, int months) {
    if (const Result<void> made = make_key_folder(folder_of(keys_folder)); !made) {
        return made.error();
    }
    const Result<locales::PrivateText> before = read_file(keys_folder);
    if (!before) {
        return before.error();
    }
    const bool fresh = before->reveal().empty();
    std::string text;
    text.reserve(most_bytes);  // so that no half of it is left behind in freed memory
    text += fresh ? std::string(first_line) + "\n" : before->reveal();
    const Result<KeyFileText> file = KeyFileText::parse(text, first_line, most_bytes);
    if (!file) {
        return file.error();
    }
    int added = 0;
    std::string lines;
    lines.reserve(most_bytes);
    for (int i = 0; i < months; ++i) {
        const Month month = from + std::chrono::months(i);
        if (file->get(to_text(month)).empty()) {
            SecretBytes key(32);
            randombytes_buf(key.data(), key.size());
            std::string base64 = to_base64(key.bytes());
            lines.append(to_text(month)).append(": ").append(base64).append("\n");
            locales::wipe(base64);
            ++added;
        }
    }
    text += lines;
    locales::wipe(lines);
    Result<void> written;
    if (added != 0) {
        written = fresh ? write_key_file(path_of(keys_folder), text, Exposure::secret)
                        : replace_key_file(path_of(keys_folder), text);
    }
    locales::wipe(text);
    return written ? Result<int>(added) : Result<int>(written.error());
}

}  // namespace rightsline::vault
