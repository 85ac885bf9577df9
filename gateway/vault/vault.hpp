// Vault: the only room that holds keys. Numbers become ids; what is stored becomes unreadable.
//
// Awaitable and batched, so that it can move into a process of its own (issue of the cases) without a change
// here. phone id = keyed BLAKE2b(pepper, E.164), 16 bytes; a number is sealed under the number key, conversations
// and stored answers under the state key, the spool's records and what is about logins under keys that are derived from the pepper
// (XChaCha20-Poly1305, the purpose and the caller's context as associated data). Every blob: version, algorithm, key id, nonce, ciphertext. There is no trial decryption.
// Must never: hold a circle's private key, log, or return key bytes.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/phone_number.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

template <class T>
using Awaitable = boost::asio::awaitable<T>;

/// A keyed name for a number, an event or a call; safe in keys and, shortened, in logs.
struct KeyedId {
    std::array<std::uint8_t, 16> bytes{};
    std::string hex() const;  // 32 characters
    friend auto operator<=>(const KeyedId&, const KeyedId&) = default;
};

enum class IdKind : std::uint8_t { phone, event, call, step, limit, receipt };
/// What is named: its canonical bytes. Different kinds never share an id.
struct IdRequest {
    IdKind kind;
    std::string canonical;
};

enum class Purpose : std::uint8_t {
    conversation,
    answer,
    number,
    spool,
    receipt_note,
    outbox,
    alert,
    casework,
    login
};
struct SealRequest {
    Purpose purpose;
    std::string context;  // associated data: the key it is stored under
    std::string bytes;    // plain to seal, sealed to open
};

class Vault {
 public:
    virtual ~Vault() = default;
    virtual Awaitable<Result<std::vector<KeyedId>>> id(std::vector<IdRequest> requests) = 0;
    virtual Awaitable<Result<std::vector<std::string>>> seal(std::vector<SealRequest> requests) = 0;
    /// Errors: errc::sealed_otherwise (wrong key, purpose, context or a changed byte), errc::unknown_key.
    virtual Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) = 0;
};

}  // namespace rightsline::vault
