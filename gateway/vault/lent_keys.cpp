#include "gateway/vault/lent_keys.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "gateway/vault/error.hpp"
#include "gateway/vault/receipt_code.hpp"

namespace rightsline::vault {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::array lent_kinds{IdKind::event, IdKind::call, IdKind::step, IdKind::receipt};
constexpr std::size_t fixed_keys = lent_kinds.size() + 5;  // salt, spool, login, audience, numbers

void add(std::string& bytes, std::span<const std::uint8_t> key) { bytes.append(key.begin(), key.end()); }

SecretBytes take(std::string_view& bytes) {
    SecretBytes key(key_bytes);
    std::copy_n(bytes.begin(), key_bytes, key.data());
    bytes.remove_prefix(key_bytes);
    return key;
}

SecretKey copy_of(const SecretKey& key) {
    SecretKey copy;
    copy.id = key.id;
    std::ranges::copy(key.bytes.bytes(), copy.bytes.data());
    return copy;
}

}  // namespace

LentKeys lend(const Keys& keys) {
    LentKeys lent;
    for (const IdKind kind : lent_kinds) {
        lent.names.push_back(name_key(keys, kind));
    }
    lent.receipt_salt = receipt_salt(keys);
    lent.spool = keys.derived_key("rightsline spool");
    lent.login = keys.derived_key("rightsline login");
    lent.audience = keys.derived_key("rightsline audience");
    for (const SecretKey& state : keys.states()) {
        lent.states.push_back(copy_of(state));
    }
    lent.numbers = OneWayOpener(keys).key();
    return lent;
}

std::string to_bytes(const LentKeys& lent) {
    std::string bytes;
    bytes.reserve((fixed_keys + lent.states.size()) * key_bytes);  // no copy of it is left behind
    for (const NameKey& name : lent.names) {
        add(bytes, name.bytes.bytes());
    }
    add(bytes, lent.receipt_salt.bytes());
    add(bytes, lent.spool.bytes.bytes());
    add(bytes, lent.login.bytes.bytes());
    add(bytes, lent.audience.bytes.bytes());
    add(bytes, lent.numbers.bytes);
    for (const SecretKey& state : lent.states) {
        add(bytes, state.bytes.bytes());
    }
    return bytes;
}

Result<LentKeys> parse_lent(std::string_view bytes) {
    if (bytes.size() % key_bytes != 0 || bytes.size() / key_bytes <= fixed_keys) {
        return errc::bad_frame;
    }
    LentKeys lent;
    for (const IdKind kind : lent_kinds) {
        lent.names.push_back({kind, take(bytes)});
    }
    lent.receipt_salt = take(bytes);
    lent.spool = sealing_key(take(bytes));
    lent.login = sealing_key(take(bytes));
    lent.audience = sealing_key(take(bytes));
    std::ranges::copy(take(bytes).bytes(), lent.numbers.bytes.begin());
    while (!bytes.empty()) {
        lent.states.push_back(sealing_key(take(bytes)));
    }
    return lent;
}

}  // namespace rightsline::vault
