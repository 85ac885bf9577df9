// CodeStock: receipt codes with their mailboxes, and case aliases, made ahead of time, so that no Argon2id runs on a turn.
//
// A receipt code is 11 random digits and a check digit; its index in the store and what opens its mailbox come from one
// Argon2id.
// An alias is reserved in the store when it is made, so that staff never speak of two cases by one name.
// Bounded: at most `most` of each are kept; take_code() waits for a fresh one, within its deadline, when none is left.
// Those who look a code up wait in a bounded line, few of one sender, so that guessers leave room for the others and
// for new reports; nothing is made in stock while somebody waits.
// Threading: the loop's; Argon2id runs on the worker pool. Owner: the composition root.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/receipt_code.hpp"
#include "gateway/vault/secret_bytes.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::conversations {

/// What only the code leads to.
struct CodeKeys {
    std::string index;                                 // hex: the key under which the store finds the case
    std::shared_ptr<const vault::SecretBytes> opener;  // of the case's mailbox
};

struct ReadyCode {
    vault::ReceiptCode code;
    std::string index;
    std::string mailbox;  // as it is stored beside the case
};

/// Derives a code's keys off the loop (Argon2id). Errors: busy, deadline.
using DeriveKeys = std::function<Awaitable<Result<CodeKeys>>(vault::ReceiptCode, Deadline)>;

class CodeStock {
 public:
    CodeStock(redis::Client& client, ops::Clock& clock, DeriveKeys derive, std::size_t most = 32)
        : client_(client), clock_(clock), derive_(std::move(derive)), most_(most) {}

    Awaitable<Result<ReadyCode>> take_code(Deadline deadline);
    Awaitable<Result<std::string>> take_alias(std::string program, Deadline deadline);
    /// The keys of a code that a worker typed; takes as long as making one. `sender`: whose tries are counted
    /// together. Errors: errc::busy (enough wait already, or enough of this sender), and derive's.
    Awaitable<Result<CodeKeys>> keys_of(vault::ReceiptCode code, std::string sender, Deadline deadline);
    /// Fills up what was taken; the composition root calls it in the background.
    Awaitable<void> refill(std::vector<std::string> programs);
    std::size_t codes() const { return codes_.size(); }

    static constexpr std::size_t most_looking = 6;  // about 0.8 s of Argon2id; the worker pool holds eight
    static constexpr std::size_t most_of_one = 2;

 private:
    class Place;
    Awaitable<Result<ReadyCode>> make_code(Deadline deadline);
    Awaitable<Result<std::string>> reserve_alias(std::string program, Deadline deadline);

    redis::Client& client_;
    ops::Clock& clock_;
    DeriveKeys derive_;
    std::size_t most_;
    std::deque<ReadyCode> codes_;
    std::map<std::string, std::deque<std::string>> aliases_;
    std::multiset<std::string> looking_;  // senders whose code is being looked up
};

}  // namespace rightsline::conversations
