// Vault: the only room that holds keys. Numbers become ids; what is stored becomes unreadable.
//
// phone id = keyed BLAKE2b(pepper, E.164), 16 bytes. Conversations and stored answers are sealed under the state key, the
// spool's records and what is about logins under keys that are derived from the pepper (blob.hpp). What holds a worker's
// number is sealed one way (one_way.hpp): whoever seals cannot open. What opens it, and what names a phone, is the *home*
// (home.hpp): in this process, or behind a socket in one of its own, so that a broken gateway cannot list numbers.
// What a case keeps is locked once more under the key of its month (Purpose::epoch), which can be destroyed.
// There is no trial decryption. Must never: hold a circle's private key, log, or return key bytes.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>
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

/// A contact of the audience has a name that tells nothing of the phone's: who gave a number to both cannot be joined by it.
enum class IdKind : std::uint8_t { phone, event, call, step, limit, receipt, contact };
/// What is named: its canonical bytes. Different kinds never share an id.
struct IdRequest {
    IdKind kind;
    std::string canonical;
};

/// Part of every stored blob: never give a number to another purpose; a new one gets the next.
enum class Purpose : std::uint8_t {
    conversation = 0,
    answer = 1,
    number = 2,  // of a worker who asked to be reached: opened by the home alone (home.hpp)
    spool = 3,
    receipt_note = 4,
    outbox = 5,  // what goes to people of a roster
    alert = 6,
    casework = 7,
    login = 8,
    reply = 9,   // what goes to a worker, with their number: opened by the home alone
    epoch = 10,  // the lock of the month around what is sealed already (epoch.hpp)
    contact_number = 11,  // of a person of the audience: opened by the home alone
    audience = 12,        // what else is kept of them, and what is to be sent to many: stays longer than any state key
};
using Month = std::chrono::year_month;
/// A month that there is a key of, or was.
struct Epoch {
    Month month{};
    bool destroyed = false;
};

struct SealRequest {
    Purpose purpose;
    std::string context;  // associated data: the key it is stored under
    std::string bytes;    // plain to seal, sealed to open
};

class Vault {
 public:
    virtual ~Vault() = default;
    /// Errors, of phones and limits: errc::away, errc::used_up.
    virtual Awaitable<Result<std::vector<KeyedId>>> id(std::vector<IdRequest> requests) = 0;
    virtual Awaitable<Result<std::vector<std::string>>> seal(std::vector<SealRequest> requests) = 0;
    /// Errors: errc::sealed_otherwise (wrong key, purpose, context or a changed byte), errc::unknown_key; of what the home
    /// keeps also errc::away (ask again later) and errc::used_up (not today any more).
    virtual Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) = 0;
    /// Every month whose key there is or was, the oldest first.
    virtual Awaitable<Result<std::vector<Epoch>>> epochs() = 0;
    /// From then on nothing that was locked in that month opens, anywhere. Errors: errc::unknown_key (there never was one),
    /// errc::cannot_write_key (nothing was destroyed).
    virtual Awaitable<Result<void>> destroy_epoch(Month month) = 0;
};

}  // namespace rightsline::vault
