// TwilioCallee: the phone of somebody whom we called, as Twilio presents it to us.
//
// It was rung by a call of the emulator's ledger; the test says whether it is picked up, what is pressed and how it ends.
// An answering machine picks up and presses nothing. Threading: one thread, blocking. Owner: the test.
#pragma once

#include <string>

#include "tests/support/twilio_phone.hpp"

namespace rightsline::tests {

/// One call as it was placed.
struct PlacedCall {
    std::string sid;
    std::string to;
    std::string from;
    std::string page;        // its Url
    std::string status_url;  // its StatusCallback
};

class TwilioCallee {
 public:
    TwilioCallee(TwilioAccount account, PlacedCall call)
        : account_(std::move(account)), call_(std::move(call)) {}

    HttpReply pick_up() { return keep(ask(call_.page, {})); }
    /// `answered_by`: what Twilio heard, where it was asked to listen: "human", "machine_start" …
    HttpReply pick_up(const std::string& answered_by) {
        return keep(ask(call_.page, {{"AnsweredBy", answered_by}}));
    }
    HttpReply press(const std::string& keys);  // answers the Gather
    HttpReply press_nothing() { return press(""); }
    HttpReply leave_room();
    /// A status callback: "ringing", "no-answer", "completed" …
    HttpReply report(const std::string& status) const;

    const Element& now() const { return now_; }
    const std::string& sid() const { return call_.sid; }

 private:
    HttpReply ask(const std::string& url, const Fields& more) const;
    HttpReply keep(HttpReply reply);

    TwilioAccount account_;
    PlacedCall call_;
    Element now_;
};

}  // namespace rightsline::tests
