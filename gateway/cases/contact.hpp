// Contact: how a case's worker may be reached, as they asked: not at all, by a neutral text, by a call at a safe time, or by
// both at that time.
//
// The case's clear facts show the word of it and nothing else. The number stands in a hash of its own, sealed by the vault
// for this program and this case, and only while the worker wants it: "none" erases it in the commit that notes the "none".
// Must never: give the number to an API, a command or a log; whoever sends opens it for that one message.
// Threading: the book is the loop's; the rest is pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

/// In the order of flows::contact_words.
enum class ContactMode : std::uint8_t { none, relay, call };
std::string_view to_word(ContactMode mode);
std::optional<ContactMode> contact_mode(std::string_view word);

/// What a worker asked for, as it is kept. `sealed_number` is the vault's; "" with none.
struct ContactWish {
    ContactMode mode = ContactMode::none;
    std::string line;   // ours, on which they spoke to us
    std::string hours;  // "17:00-21:00" in the program's time; "" but for a call
    std::string sealed_number;
    bool may_be_kept = true;  // something from before may be there: a "none" then counts as an erasure
    std::string
        sealed_phone{};  // the vault's, of the phone's keyed id: whether it has said STOP is asked by that
};

/// What the number is sealed for (Purpose::number): nobody can move it to another case.
std::string number_context(std::string_view program, std::string_view case_id);
/// … and its keyed id (Purpose::casework).
std::string phone_context(std::string_view program, std::string_view case_id);

/// The writes that note the wish, with their audit entry; what was kept before is gone with them. They need the case,
/// unless `filed_now`: then it is made in the same commit. `who`: who notes it.
std::vector<redis::Write> contact_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         ContactWish wish, bool filed_now,
                                         std::string who = std::string(audit::worker));
/// The writes that note a yes to texts beside the call that was asked for, at the same hours; the next contact_writes() end it.
/// They need a case whose worker may be called.
std::vector<redis::Write> texts_too_writes(const stores::Keyspace& keys, const std::string& case_id);

/// How a case's worker may be reached: all but the number.
struct Reach {
    ContactMode mode = ContactMode::none;
    std::string line;             // of ours: answers come from where they asked
    std::string language;         // BCP-47
    std::string hours;            // "" = whenever the program's quiet hours allow
    std::string sealed_number{};  // as long as the same stands there, their yes is the same
    bool stopped = false;         // their phone has said STOP: no text goes, whatever they said here
    bool texts = false;           // they said yes to a text: as a way of its own, or beside a call
};

class ContactBook {
 public:
    ContactBook(redis::Client& client, vault::Vault& vault) : client_(client), vault_(vault) {}

    /// Errors: stores::errc::no_such_case, stores::errc::damaged, the store's.
    Awaitable<Result<Reach>> reach(std::string program, std::string case_id, redis::Deadline deadline);
    /// Reach::stopped alone: 1 when it is so, else 0, also where no number is kept. Errors: the vault's, the store's.
    Awaitable<Result<std::int64_t>> stopped(std::string program, std::string case_id,
                                            redis::Deadline deadline);
    /// For the one who sends, and for one message. Nothing: none is kept, or it was erased meanwhile.
    /// Errors: as above, and the vault's.
    Awaitable<Result<std::optional<vault::PhoneNumber>>> number(std::string program, std::string case_id,
                                                                redis::Deadline deadline);
    /// Of Reach::sealed_number, for one message. Errors: the vault's, stores::errc::damaged.
    Awaitable<Result<vault::PhoneNumber>> open(std::string program, std::string case_id, std::string sealed);

 private:
    /// 1 when that phone is among those that said STOP, else 0.
    Awaitable<Result<std::int64_t>> has_stopped(std::string program, std::string case_id, std::string sealed,
                                                redis::Deadline deadline);

    redis::Client& client_;
    vault::Vault& vault_;
};

}  // namespace rightsline::cases
