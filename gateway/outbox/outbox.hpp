// Outbox: how a message enters, and how what the carrier says of it is kept.
//
// post() gives writes for the commit of whatever causes the message, so that both are there or neither; record() does so
// for an answer that leaves by itself, in the answer to a webhook: it is in doubt until its receipt, or the provider's
// list, says that it went. Every delivery
// receipt is kept, in the order of arrival, beside its message's record; what they say together is the lattice of
// delivery.hpp, so neither their order nor a repeat matters. A receipt may come before the provider's own answer.
// Must never: send (the dispatcher does). Threading: the loop's. Owner: the composition root.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/outbox/delivery.hpp"
#include "gateway/outbox/line_out.hpp"
#include "gateway/outbox/message.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::outbox {

class Outbox {
 public:
    Outbox(redis::Client& client, vault::Vault& vault, ops::Clock& clock,
           std::map<std::string, LineOut> lines);

    /// The writes that enqueue `message` on `line` under `id`, due at `due`. Errors: errc::no_line,
    /// errc::prefix_refused, the vault's.
    Awaitable<Result<std::vector<redis::Write>>> post(std::string line, std::string id, Message message,
                                                      ops::UtcMs due);
    /// The writes that record `message`, which leaves in the answer to a webhook, as submitted now. It is looked into when
    /// no receipt has come by doubt_rest. Nothing of it is checked: it leaves anyway. Errors: errc::no_line, the vault's.
    Awaitable<Result<std::vector<redis::Write>>> record(std::string line, std::string id, Message message);
    /// Ends the doubt about such a message by a receipt. `theirs`: the provider's id of it. Errors: the store's.
    Awaitable<Result<void>> end_doubt(std::string line, std::string id, std::string theirs, Receipt receipt,
                                      Deadline deadline);
    /// The carrier says that `recipient` (a hex phone id) has said STOP to it: nobody here texts them from now on, either.
    Awaitable<Result<void>> note_stop(std::string program, std::string recipient, Deadline deadline);
    /// The same by number, of a receipt. Errors: the vault's, the store's.
    Awaitable<Result<void>> note_stop(std::string program, vault::PhoneNumber phone, Deadline deadline);
    /// Keeps a delivery receipt, and with it `more`; a repeat of the same is kept once. Errors: the store's.
    Awaitable<Result<void>> hear(std::string program, std::string id, std::string event, Receipt receipt,
                                 Deadline deadline, std::vector<redis::Write> more = {});
    const LineOut* find(const std::string& line) const;
    const std::map<std::string, LineOut>& lines() const { return lines_; }

 private:
    Awaitable<Result<std::string>> seal(const LineOut& out, const std::string& id, const Message& message);

    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
    std::map<std::string, LineOut> lines_;
};

}  // namespace rightsline::outbox
