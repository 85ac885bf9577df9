// Provider: a pure dialect. Values in, values out; no I/O, no clock, no state.
//
// verify (is it really them?) -> decode (what happened?) -> … the turn … -> encode (what do we answer?).
// Must never: read the Host header, keep a location or a caller's name, put a number or a code into a URL.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/http/message.hpp"
#include "gateway/providers/account.hpp"
#include "gateway/providers/outbound.hpp"
#include "gateway/vault/phone_number.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::providers {

/// Which of a provider's webhooks was called: the path below /hooks/{account}/.
enum class Hook : std::uint8_t {
    sms,             // a text
    voice,           // a call starts
    voice_step,      // the next turn of a call: ?t=<turn>&k=<mac>
    voice_status,    // a call ended
    message_status,  // a delivery receipt
    recording,       // a recording is ready
    page,            // a call that we made was answered, or a key was pressed in it: what it does next
    ussd,
};

/// A recording at the provider, to be fetched, sealed and deleted there.
struct RemoteRecording {
    std::string id;   // the provider's name of it
    std::string url;  // where the bytes are
    /// The bytes themselves, when they came with the webhook (simulator): there is nothing to fetch or to
    /// erase.
    std::string bytes{};
};

/// What a webhook told us, in our words.
struct Inbound {
    Hook hook = Hook::sms;
    flows::Mode mode = flows::Mode::sms;
    std::string line;                          // our number or code, as configured ("+15005550006")
    std::optional<vault::PhoneNumber> worker;  // absent when withheld
    std::string
        call;  // the provider's id of the call or USSD session; of a text "", or its sender where that is no number
    /// Canonical bytes of the decoded fields: with the account they name the event. A fallback delivery of
    /// the same event adds fields and still has the same identity.
    std::string identity;
    /// Canonical bytes of the content: the same identity with other content is an alarm and has no effect.
    std::string content;
    flows::Event event;
    /// With flows::Recorded. A recording without sound is Recorded{""} and still stands here: it is only to
    /// be erased.
    std::optional<RemoteRecording> recording;
    bool we_called = false;       // voice: it is a call that we made, and the worker pays nothing for it
    bool by_machine = false;      // page: the provider says that a machine or a fax has answered
    std::string program;          // recording: from the URL, for Twilio names no line there
    std::uint32_t turn = 0;       // voice_step: from the URL
    std::string step_mac;         // voice_step: from the URL
    std::uint32_t sent_back = 0;  // voice: how often this event was answered "one moment" (n= of the URL)
    bool carrier_answered_stop =
        false;  // the carrier has answered this STOP itself: we never do, store or no store
    bool carrier_answered_help = false;  // the same of HELP; where the worker is stays as it was
    /// Pictures, sound and files that came with a text. We neither fetch nor keep them; the provider does.
    std::uint32_t pictures = 0;
    /// When it was said, of what comes to us long after: from the spool, or asked for at the provider. Nothing: now.
    std::optional<flows::Instant> said_at{};
    std::string delivery;  // message_status: "delivered", "failed"; of a call "no-answer" …, as it was said
    std::string delivery_error;  // the provider's code, as it was said; "" when there is none
    std::string message;         // the provider's id of a message; of a call's receipt, of the call
    std::string ours;            // message_status: our id of it, from the URL; "" when it names none
};

/// A page of what a provider lists of what came in.
struct Heard {
    std::vector<Inbound> events;  // newest first; said_at of each is when the provider took it
    std::string next;             // names the next page; "" = that was the last one
    bool reaches_back = false;    // something from before the asked time stood in it
};

class Provider {
 public:
    virtual ~Provider() = default;
    virtual std::string_view name() const = 0;
    /// `public_url`: the URL as configured plus the request's target. Errors: errc::bad_signature,
    /// errc::not_signed.
    virtual Result<void> verify(const http::Request& request, std::string_view public_url,
                                const Credentials& credentials) const = 0;
    /// Errors: errc::malformed (a required field is missing or twice), errc::not_for_us (other account),
    /// errc::of_no_interest (news that changes nothing: answer 204).
    virtual Result<Inbound> decode(Hook hook, const http::Request& request,
                                   const Credentials& credentials) const = 0;
    virtual http::Response encode(Hook hook, const std::vector<flows::Action>& actions,
                                  const ReturnUrls& urls) const = 0;
    /// Requests about a recording: bytes, then deletion. nullopt when the provider keeps none.
    virtual std::optional<http::Outgoing> fetch(const RemoteRecording& recording,
                                                const Credentials& credentials) const = 0;
    virtual std::optional<http::Outgoing> erase(const RemoteRecording& recording,
                                                const Credentials& credentials) const = 0;
    /// Asks for the texts that came in on `line` since then, newest first. `next`: of the page before, "" for the first.
    /// nullopt: this provider keeps no such list, or `next` is none of its own.
    virtual std::optional<http::Outgoing> list_texts(std::string_view line, flows::Instant since,
                                                     std::string_view next,
                                                     const Credentials& credentials) const {
        static_cast<void>(line), static_cast<void>(since), static_cast<void>(next);
        static_cast<void>(credentials);
        return std::nullopt;
    }
    /// An event of the list has the identity and the content that its webhook has. Errors: errc::bad_answer.
    virtual Result<Heard> read_texts(const http::Answer& answer, std::string_view line,
                                     flows::Instant since) const;
    /// The same of the recordings of the account's calls, whatever line they came in on.
    virtual std::optional<http::Outgoing> list_recordings(flows::Instant since, std::string_view next,
                                                          const Credentials& credentials) const {
        static_cast<void>(since), static_cast<void>(next), static_cast<void>(credentials);
        return std::nullopt;
    }
    virtual Result<Heard> read_recordings(const http::Answer& answer, flows::Instant since) const;
    /// The half of the dialect that sends. It lives as long as the provider.
    virtual const Sender& sender() const = 0;
    /// Receipts come for the texts of an answer, too, at message_status and with our id of each. Only then is such a text
    /// worth remembering until one has come.
    virtual bool tells_of_answers() const { return false; }
    /// Whether a machine voice of this provider speaks the language. Where it does not, encode() leaves a
    /// clip without audio unsaid, so lint and the shell must ask first.
    virtual bool speaks(const locales::LanguageTag& language) const {
        static_cast<void>(language);
        return false;
    }
};

/// "twilio", "simulator". nullptr when unknown.
std::unique_ptr<Provider> make_provider(std::string_view name);

}  // namespace rightsline::providers
