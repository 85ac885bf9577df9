// TwilioPhone, TwilioCall: a worker's phone as Twilio presents it to us: signed forms in, TwiML out.
//
// The signature is computed here, from Twilio's public rule and OpenSSL alone: our own verifier must agree with it.
// Every form carries the location and caller-name fields that Twilio adds, filled with canaries that must be found
// nowhere afterwards. Threading: one thread, blocking. Owner: the test.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/plain_http.hpp"
#include "tests/support/twilio_signature.hpp"
#include "tests/support/twiml.hpp"

namespace rightsline::tests {

struct TwilioAccount {
    std::uint16_t port = 0;  // of our hooks listener
    std::string public_url;  // what Twilio was told to call, and signs
    std::string name;        // the account in our paths
    std::string sid;
    std::string token;
};

/// Words that Twilio's location and caller-name fields hold here.
const std::vector<std::string>& canaries();

/// Signs and posts a form to `target` ("/hooks/main/sms").
HttpReply post_signed(const TwilioAccount& account, const std::string& target, const Fields& fields);

/// The bodies of the messages in an answer. Throws when it is not a 200 with a well-formed <Response>.
std::vector<std::string> messages(const HttpReply& reply);
/// The only message of an answer; throws when there is none or more.
std::string message(const HttpReply& reply);

class TwilioPhone {
 public:
    TwilioPhone(TwilioAccount account, std::string number, std::string line = "+15005550006");

    /// Sends a text under a fresh MessageSid.
    HttpReply text(const std::string& body) const;
    /// The same text again: the form of one MessageSid.
    Fields form(const std::string& body, const std::string& sid) const;
    HttpReply deliver(const Fields& fields) const;
    /// Sends each and gives the last answer's message.
    std::string texts(const std::vector<std::string>& bodies) const;
    const std::string& number() const { return number_; }

 private:
    TwilioAccount account_;
    std::string number_;
    std::string line_;
};

class TwilioCall {
 public:
    TwilioCall(TwilioAccount account, std::string from, std::string line = "+15005550006");

    HttpReply dial();
    HttpReply press(const std::string& keys);  // answers the Gather
    HttpReply say_nothing() { return press(""); }
    HttpReply redirect();  // follows the Redirect behind what was not answered
    /// Ends the Record with a recording at `url`; `seconds` 0 means that nothing was heard.
    HttpReply record(const std::string& sid, const std::string& url, int seconds);
    HttpReply hang_up();     // the status callback of the end
    HttpReply leave_room();  // the Dial is over: somebody has left the conference
    /// We sent the call elsewhere by the API: it asks there, as Twilio does.
    HttpReply go_to(const std::string& url);
    /// Posts a step again, as Twilio repeats one.
    HttpReply post(const std::string& target, const Fields& more);

    const Element& now() const { return now_; }
    const std::string& sid() const { return sid_; }
    /// Path and query of the step that the last Gather, Record or Redirect named.
    std::string step(std::string_view verb) const;

 private:
    Fields form(const std::string& status) const;
    HttpReply keep(HttpReply reply);

    TwilioAccount account_;
    std::string from_;
    std::string line_;
    std::string sid_;
    Element now_;
};

}  // namespace rightsline::tests
