// CodeStock: receipt codes and case aliases, made ahead of time, so that no Argon2id runs on a turn.
//
// A receipt code is 11 random digits and a check digit; its index in the store comes from one Argon2id and a keyed MAC.
// An alias is reserved in the store when it is made, so that staff never speak of two cases by one name.
// Bounded: at most `most` of each are kept; take_code() waits for a fresh one, within its deadline, when none is left.
// Threading: the loop's; Argon2id runs on the worker pool. Owner: the composition root.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/receipt_code.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::conversations {

struct ReadyCode {
    vault::ReceiptCode code;
    std::string index;  // hex: the key under which the store finds the case
};

/// Derives a code's index off the loop (Argon2id). Errors: busy, deadline.
using DeriveIndex = std::function<Awaitable<Result<std::string>>(vault::ReceiptCode, Deadline)>;

class CodeStock {
 public:
    CodeStock(redis::Client& client, ops::Clock& clock, DeriveIndex derive, std::size_t most = 32)
        : client_(client), clock_(clock), derive_(std::move(derive)), most_(most) {}

    Awaitable<Result<ReadyCode>> take_code(Deadline deadline);
    Awaitable<Result<std::string>> take_alias(std::string program, Deadline deadline);
    /// The index of a code that a worker typed; takes as long as making one.
    Awaitable<Result<std::string>> index_of(vault::ReceiptCode code, Deadline deadline);
    /// Fills up what was taken; the composition root calls it in the background.
    Awaitable<void> refill(std::vector<std::string> programs);
    std::size_t codes() const { return codes_.size(); }

 private:
    Awaitable<Result<ReadyCode>> make_code(Deadline deadline);
    Awaitable<Result<std::string>> reserve_alias(std::string program, Deadline deadline);

    redis::Client& client_;
    ops::Clock& clock_;
    DeriveIndex derive_;
    std::size_t most_;
    std::deque<ReadyCode> codes_;
    std::map<std::string, std::deque<std::string>> aliases_;
};

}  // namespace rightsline::conversations
