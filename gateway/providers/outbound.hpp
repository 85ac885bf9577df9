// Outbound: what we ask of a provider, and what its answer means. The half of a dialect that sends.
//
// Pure: a request is built and an answer is read here; who carries them over is the dispatcher. One send, whole:
//
//     build_send -> (the persisted "submitting" mark) -> http -> read_send, or unanswered() when no answer came
//
// Every answer ends in exactly one of five results, with a Reason that a person can read:
//
//     Accepted        the provider has it, under a name of its own
//     Retry           provably not taken: the same send again, not before `after`
//     Rejected        not taken, and the same send would not be taken either (or once more later: see Reason::again)
//     AccountStopped  nothing of this account can be sent until a person has looked: the key, the money, the address
//     Unknown         perhaps taken. The outbox's policy for unknown decides; nobody here sends it again
//
// What is Retry is decided by one rule: only where the provider says itself that it took nothing (429, 503 with a
// Retry-After, a code that says "queue full") or where no byte left us. Any other 5xx may stand behind a send that was
// accepted, so it is Unknown. An answer that contradicts itself (201 without a name, 200 with an error) is Unknown.
//
// Must never: put a number or a text into a URL, with one exception that Twilio's API leaves no choice about:
// list_sent() asks with "To" in the query, over TLS to the provider who has the number anyway; such a URL must not be
// logged (no URL is). Must never: log, throw at anything a provider says, keep more of an answer than it needs.
// The request of build_send holds the number, the words and the account's token: whoever sends it wipes it.
// Threading: plain values; a Sender is const and keeps nothing between calls. Owner of a Sender: its Provider.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/http/message.hpp"
#include "gateway/providers/account.hpp"
#include "gateway/vault/phone_number.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::providers {

// ---- What is to be sent ------------------------------------------------------------------------------------------
struct TextOut {
    locales::PrivateText body;  // 1 to 1600 characters
    /// How long the carrier may try. A text that is no longer true later should not arrive later.
    std::chrono::seconds validity{36000};
};
/// What a call says, and what it asks. `urls.step` is where its keys go.
struct Script {
    std::vector<flows::Action> actions;
    ReturnUrls urls;
};
/// A page of ours that says what the call does next, asked for when somebody has answered.
struct Page {
    std::string url;
};
struct CallOut {
    std::variant<Script, Page> what;
    std::chrono::seconds ring{30};  // before it counts as not answered
    /// The provider listens whether a person has answered before it asks for the page, where it can: Inbound::by_machine.
    bool hears_machines = false;
};
struct Outbound {
    std::string
        line;  // as configured: "+15005550006", a short code, or the id of a Messaging Service (texts only)
    vault::PhoneNumber to;
    std::variant<TextOut, CallOut> what;
    /// Where the receipts go: ours, with our id of the message (&m=). Its fragment may say how often to try.
    std::string status_url;
};

// ---- What became of it -------------------------------------------------------------------------------------------
enum class Again : std::uint8_t {
    never,  // permanent: the same send ends the same way
    once,   // one more try after a while is worth its price
    later,  // when the provider can
};
/// Why, in words for a person. The words live as long as the program; they never quote an answer.
struct Reason {
    std::uint32_t code = 0;  // the provider's, 0 when it named none
    int status = 0;          // HTTP's, 0 when no answer came
    std::string_view what;   // "The recipient has texted STOP to this number."
    std::string_view mend;   // "Nothing to do: only they can undo it, by texting START."
    Again again = Again::never;
    /// Send this person nothing more from this line until they, or somebody, changed something.
    bool suppress = false;
    bool account = false;    // nobody is reached through this account until a person has looked
    bool opted_out = false;  // the carrier holds a STOP of theirs, whether we heard of it or not
};
struct Accepted {
    std::string id;      // the provider's name of the message or call
    std::string status;  // its first word on it: "queued", "accepted" … ("" when it said none)
};
struct Retry {
    Reason reason;
    std::optional<std::chrono::seconds> after;  // as the provider asked, at most `most_retry_after`
    bool counts = true;                         // as an attempt; a 429 does not
};
struct Rejected {
    Reason reason;
};
struct AccountStopped {
    Reason reason;
};
struct Unknown {
    Reason reason;
};
using SendResult = std::variant<Accepted, Retry, Rejected, AccountStopped, Unknown>;

inline constexpr std::chrono::seconds most_retry_after{300};

const Reason* reason_of(const SendResult& result);  // nullptr of an Accepted
/// No answer came. `may_have_arrived`: whether a byte of the request may have left us (http's client knows).
SendResult unanswered(bool may_have_arrived);

// ---- Looking for a send whose fate is unknown --------------------------------------------------------------------
struct SentCopy {
    std::string id;
    std::string status;
    std::uint32_t error = 0;
    flows::Instant made{};
};
struct SentList {
    std::vector<SentCopy> same;  // to this person, from this line, with these words, made since
    std::size_t perhaps = 0;     // the same, but the provider does not show the words any more
    /// The list reaches back to `since`. Only then does "not in it" mean that the provider never had it.
    bool whole = false;
};

// ---- Erasing the provider's copies -------------------------------------------------------------------------------
enum class Erasure : std::uint8_t {
    done,  // it says so: gone, the words are empty, or it knows no such message (in its own words: code 20404)
    later,    // not yet (still being sent, busy, no clear answer): ask again
    refused,  // it will not; a person must look
};
struct Erased {
    Erasure state = Erasure::later;
    Reason reason;  // of later and refused
};

class Sender {
 public:
    virtual ~Sender() = default;

    /// Errors, all before anything could be sent: errc::bad_line, errc::bad_recipient, errc::bad_text (empty, too
    /// long or no UTF-8), errc::bad_script (over 4000 characters, something unspoken, nothing in it), errc::bad_url
    /// (not http or https, or with a user), errc::bad_account (no id, no token, no address), errc::not_offered.
    virtual Result<http::Outgoing> build_send(const Outbound& send, const Credentials& account) const = 0;
    /// `now`: for a Retry-After that is a date.
    virtual SendResult read_send(const http::Answer& answer, flows::Instant now) const = 0;
    /// What a code says, also one of a delivery receipt. A code that nobody here knows is a Reason that says so.
    virtual Reason explain(std::uint32_t code) const = 0;

    /// A call that is under way goes on with something else, or ends. Errors: errc::not_offered, errc::bad_id, and
    /// those of build_send.
    virtual Result<http::Outgoing> update_call(std::string_view call, const std::variant<Script, Page>& what,
                                               const Credentials& account) const = 0;
    virtual Result<http::Outgoing> hang_up(std::string_view call, const Credentials& account) const = 0;
    /// As read_send; a call that is over or unknown there is Rejected.
    virtual SendResult read_update(const http::Answer& answer, flows::Instant now) const = 0;

    /// What the provider has sent to this person from this line, newest first. Texts only: a call is errc::not_offered.
    virtual Result<http::Outgoing> list_sent(const Outbound& send, const Credentials& account) const = 0;
    /// Compared in here, so that no words and no number leave it. `since`: on the provider's clock, which knows seconds
    /// only; the caller takes off what the clocks may differ by. Errors: errc::bad_answer, errc::not_offered.
    virtual Result<SentList> read_list(const http::Answer& answer, const Outbound& send,
                                       flows::Instant since) const = 0;

    /// Errors: errc::not_offered, errc::bad_id, errc::bad_account.
    virtual Result<http::Outgoing> redact_message(std::string_view id, const Credentials& account) const = 0;
    virtual Result<http::Outgoing> delete_message(std::string_view id, const Credentials& account) const = 0;
    virtual Result<http::Outgoing> delete_call(std::string_view id, const Credentials& account) const = 0;
    virtual Erased read_erased(const http::Answer& answer) const = 0;
};

}  // namespace rightsline::providers
