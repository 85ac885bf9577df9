// TwilioEmulator: Twilio on loopback, that keeps a ledger of what it accepted and misbehaves on command.
//
// What it speaks, below /2010-04-01/Accounts/{AC…}, with Basic auth: Messages.json (create, list by To and From with
// paging, what came in too), Messages/{SM…}.json (fetch, redact, delete), Calls.json (create), Calls/{CA…}.json (fetch, update, delete),
// Recordings.json (list), Recordings/{RE…} (fetch, delete). Status callbacks go to each send's StatusCallback, signed with the account's token.
//
// It is steered in C++ as below, or from another process over the same port, with JSON:
//
//   POST /control/behave     replaces what it names:
//     {"seed": 7,
//      "faults":   [{"do": "accept_drop", "times": 3, "wait_ms": 0}, …]     one for each of the next sends
//      "chances":  [{"do": "429", "chance": 0.02, "retry_after": 3}, …]    thrown when the queue is empty
//      "receipts": {"words": ["sent", "delivered"], "call_words": […], "code": 30003, "delay_ms": 0, "queue_ms": 0,
//                   "twice": true, "reversed": true, "early": true, "none": true}
//      "refuse":   {"+13055550191": 21610}}                                 answered 400 with that code, always
//     do:  accept (with wait_ms: accepted at once, answered late) · accept_drop · accept_cut (half an answer) · accept_500
//          · garbage (201, no JSON) · noise (no HTTP) · huge (16 MB) · nameless (201 without sid)
//          not taken: drop · 500 · 429 · 503 (both with "retry_after": s) · refuse ("status", "code")
//     queue_ms: a text waits so long in Twilio's queue; one that may not, by its ValidityPeriod, fails with 30036 when that is
//     over, and is never sent.
//     early: the receipts come before the API's answer. delay_ms before each of them: late. A wish that cannot be read is
//     400, and nothing changes.
//   GET  /control/ledger?after=N   {"total", "entries": [{"sid", "call", "to", "from", "body_hash", "status_url",
//                                  "answered", "at_ms"}]}: every send that was accepted, in order; it forgets nothing
//   GET  /control/receipts         {"total", "receipts": [{"sid", "word", "status"}]}: every callback, and how it was taken
//   GET  /control/words?sid=SID    {"words"}: what a copy says (of a call: its script or URL); "" when it was redacted
//   POST /control/text             {"url", "from", "to", "body", "sid"?}: a phone texts us; gives {"status", "body"}; it is
//                                  in the list of messages from then on, whoever heard of it
//   POST /control/call             {"url", "from", "to", "sid"?}: a phone calls us
//   POST /control/webhook          {"url", "fields": {…}}: any other webhook, signed
//   POST /control/recordings       {"sid", "audio": base64}: keeps a recording
//
// The ledger is the truth: what stands in it was sent, whatever was answered; what does not was not. body_hash is the
// SHA-256 of the text (of a call: of its script or URL), so that a ledger can be kept without anybody's words.
// Must never: listen anywhere but on 127.0.0.1, or hold a real account's token; /control shows numbers to who asks.
// Threading: a thread of its own serves; every function may be called from any other. Owner: the test.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/emulator/ledger.hpp"
#include "tests/support/emulator/webhooks.hpp"

namespace rightsline::emulator {

class TwilioEmulator {
 public:
    /// Listens from now on; `port` 0: any. Throws std::runtime_error when it cannot.
    explicit TwilioEmulator(Account account, std::uint16_t port = 0);
    TwilioEmulator(const TwilioEmulator&) = delete;
    TwilioEmulator& operator=(const TwilioEmulator&) = delete;
    ~TwilioEmulator();

    std::uint16_t port() const;
    /// "http://127.0.0.1:PORT": the account's api_base.
    std::string base() const;

    /// The JSON of /control/behave. Throws std::runtime_error when it cannot be read.
    void behave(const std::string& wishes);
    std::vector<Entry> accepted() const;
    std::vector<Posted> receipts() const;
    /// The words of a copy; "" when they were redacted. Throws when there is no copy.
    std::string words_of(const std::string& sid) const;
    bool holds(const std::string& sid) const;  // a message, call or recording
    void keep_recording(const std::string& sid, const std::string& bytes);
    /// A recording of a call that stands in the list of recordings as well.
    void keep_recording(const std::string& sid, const std::string& bytes, const RecordingFacts& facts);
    /// A phone calls us under this name: its leg can be sent elsewhere and ended. words_of() then says where to.
    void receive_call(const std::string& sid, const std::string& from, const std::string& to);
    /// How a call or message stands there: "queued", "completed" …
    std::string status_of(const std::string& sid) const;
    /// A phone texted us `ago`, and nobody was told: it stands in the list of messages.
    void miss_text(const std::string& from, const std::string& to, const std::string& body,
                   std::chrono::seconds ago);

 private:
    struct State;
    template <class Work>
    auto ask(Work work) const;

    std::unique_ptr<State> state_;
};

}  // namespace rightsline::emulator
