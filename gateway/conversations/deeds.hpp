// Deeds: what a `do` block asks of the shell: file, open or delete a report, read what the team wrote (relay.hpp), put a
// caller through to a person (gateway/handoff), note how its worker may be reached, what they agree to and how they say that they are.
//
// A deed reads what it needs and hands back the writes that the turn's commit will carry; by itself it changes
// nothing but the count of tries.
// The receipt code is looked up with one Argon2id on the worker pool, wrong and unknown alike. The try is counted
// before, in the store and at once (code_tries.hpp); a code that opens a case, or that could not be looked up, gives
// it back.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/engine.hpp"
#include "gateway/cases/check_ins.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/contact.hpp"
#include "gateway/conversations/code_stock.hpp"
#include "gateway/conversations/code_tries.hpp"
#include "gateway/conversations/relay.hpp"
#include "gateway/handoff/desk.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {

/// What a deed may look at: the turn so far.
struct DeedContext {
    std::string program;
    std::string limit_id;  // hex: the phone that wrong codes are counted against; "" = no number was shown
    std::string conversation;    // hex
    std::string case_id;         // hex of the conversation's draft
    bool filed = false;          // the draft is a case already
    unsigned parts_pending = 0;  // recordings that are not held yet, this turn's included
    Deadline budget{};
    // this very event is a recording, which no desk has before this turn is committed
    bool records_now = false;
    bool nobody_listens = false;  // the call is over: a code would be given to nobody
    std::string event{};          // hex: a try is counted once for it, however often the turn is attempted
    const flows::Pack* pack = nullptr;             // what the worker may be told of a case's status
    std::optional<vault::PhoneNumber> worker{};    // of this event; nothing when it is withheld
    std::string line{};                            // ours, that it came in on
    bool texts = false;                            // that line carries texts
    bool returned = false;                         // the worker came back to the case with its code
    bool filed_now = false;                        // the case is made by this very commit
    std::string mode{};                            // in which the worker says it: "sms", "voice", "ussd"
    std::optional<cases::OpenCheckIn> check_in{};  // that this phone was asked, and has not answered
    // ---- of a caller who asks for a person
    std::string call{};      // the provider's name of it
    std::string step_url{};  // where it comes next
    std::optional<locales::LanguageTag> language{};
    bool in_danger = false;  // they said so
};

/// What came of it: the event for the engine, and what the commit must carry.
struct Deed {
    flows::DoResult result;
    std::vector<redis::Write> writes;
    std::vector<std::string> forgotten;  // recordings whose sealed files go after the commit
};
/// One that leaves its block by that way and changes nothing yet.
Deed exit(std::string name);
/// What the flow wrote there; "" = nothing.
std::string argument(const flows::DoRequest& request, const char* name);

class Deeds {
 public:
    Deeds(redis::Client& client, vault::Vault& vault, CodeStock& codes, ops::Clock& clock,
          ops::Metrics& metrics)
        : client_(client),
          vault_(vault),
          codes_(codes),
          clock_(clock),
          tries_(client, clock, metrics),
          relay_(client, vault, clock) {}

    /// `held` keeps the receipt code of this turn over a repeated attempt, so that a lost race uses no second one.
    Awaitable<Deed> perform(const flows::DoRequest& request, DeedContext context,
                            std::optional<ReadyCode>& held);
    /// Everything that was told under `case_id` goes.
    Awaitable<Deed> discard(DeedContext context);
    CodeStock& codes() { return codes_; }
    /// Callers are put through by it; without it they leave a message.
    void put_through_by(handoff::Desk& desk) { live_ = &desk; }

 private:
    /// Recordings of the conversation that are not held, after giving the desk a moment to bring them home.
    Awaitable<unsigned> still_pending(DeedContext context);
    Awaitable<Result<void>> take_number(Deadline budget, std::optional<ReadyCode>& held);
    Awaitable<Deed> file(DeedContext context, std::optional<ReadyCode>& held);
    Awaitable<Deed> file_numbered(std::string number, DeedContext context);             // early_number.cpp
    Awaitable<Deed> early_number(DeedContext context, std::optional<ReadyCode>& held);  // early_number.cpp
    Awaitable<Deed> open(locales::PrivateText typed, DeedContext context);
    Awaitable<Deed> look_up(vault::ReceiptCode code, DeedContext context);
    Awaitable<Deed> opened(std::string case_id, CodeKeys keys, DeedContext context);
    Awaitable<void> find_unanswered(Deed& deed, std::shared_ptr<const vault::SecretBytes> opener,
                                    DeedContext context);  // unanswered_deed.cpp
    Awaitable<Result<std::vector<redis::Write>>> links_given_up(DeedContext context);
    Awaitable<Deed> contact(flows::DoRequest request, DeedContext context);  // contact_deed.cpp
    Awaitable<Deed> texts_too(DeedContext context);                          // contact_deed.cpp
    Awaitable<Result<std::string>> phone_of(vault::PhoneNumber worker);
    Awaitable<Result<void>> seal_into(cases::ContactWish& wish, const DeedContext& context,
                                      std::string phone);
    Awaitable<Result<redis::Reply>> asked_to_stop(DeedContext context, std::string phone);
    Awaitable<Deed> check_in(flows::DoRequest request, DeedContext context);  // check_in_deed.cpp
    Awaitable<Deed> consent(flows::DoRequest request, DeedContext context);   // consent_deed.cpp
    Awaitable<Deed> hand_off(flows::DoRequest request, DeedContext context);  // handoff_deed.cpp
    Deed look_at_roster(const DeedContext& context) const;                    // handoff_deed.cpp
    cases::Said said(cases::Said::Answer answer, const DeedContext& context) const;

    redis::Client& client_;
    vault::Vault& vault_;
    CodeStock& codes_;
    ops::Clock& clock_;
    CodeTries tries_;
    Relay relay_;
    handoff::Desk* live_ = nullptr;
};

}  // namespace rightsline::conversations
