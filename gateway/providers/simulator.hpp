// Simulator: the provider of phones that do not exist. `rightsline phone`, the demo and the tests speak it.
//
// Requests are POST /hooks/{account}/{hook} with a JSON object and
//     X-Rightsline-Signature: hex(HMAC-SHA-256(token, public URL + "\n" + body))
// Every object names "account" (the account_sid of the configuration), "from" and "to"; numbers as people
// write them.
//
//     sms             {"id", "text"}
//     voice           {"call"}                                   a call starts
//     voice step      {"call", "keys": "1"}                      answer to gather; "" = no key
//                     {"call", "recorded": {"id", "seconds": 12, "audio": base64}}
//                                                                "url" instead of "audio": below the account's
//                                                                api_base; no "id": nothing was recorded
//                     {"call", "continued": true}                after redirect
//                     after "one moment" (n= in the URL) a recording that lies at api_base/recordings/{id} is
//                     brought back by the URL (r=, d=); one sent as "audio" is asked for again
//     voice status    {"call", "status": "completed"}            the call ended
//                     of these three, "direction": "outbound" with a call that we made: "from" is the line
//     ussd            {"call", "turn": 0}                        dials
//                     {"call", "turn": 2, "text": "1"}           answers
//                     {"call", "end": true}                      the session ended
//     page            {"call"}, {"call", "keys": "1"}            a call that we made was answered; a key in it
//     message status  {"id", "status": "delivered", "error": ""} "from" is the line, "to" the worker; m= of the URL is
//                     our id of the message
//
// The answer is {"actions": […]}, each with "do": text, screen, say, gather, record, redirect, hangup,
// reject, in the order to perform. Prompts carry key, language, text, secret and clips ({audio, text});
// gather, record and redirect carry "step", where to come back to. A member of the request that we do not
// know is ignored.
//
// What we send goes to the account's api_base, signed in the same way over its own URL and body:
//
//     POST /messages       {"account", "from", "to", "text", "validity", "status_url"}
//     POST /calls          {"account", "from", "to", "ring", "status_url"} with "page", or "actions" and "media" as above
//     POST /calls/{id}     the same "page" or "actions", or {"end": true}
//     POST /messages/{id}  {"text": ""}         DELETE /messages/{id}, /calls/{id}
//
// and is answered 201 (200 to a change) {"id", "status", "text"}, or 4xx {"code"} with one of Twilio's codes, 429 or 503
// with Retry-After. There is no list. Must never be configured on a line that people can reach.
#pragma once

#include <memory>

#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

std::unique_ptr<Provider> make_simulator();
std::unique_ptr<Sender> make_simulator_sender();

/// The signature header's value for a request of a simulated phone.
std::string sign_simulated(std::string_view token, std::string_view public_url, std::string_view body);

// The two halves, in files of their own.
Result<Inbound> decode_simulated(Hook hook, const http::Request& request, const Credentials& credentials);
std::string encode_simulated(const std::vector<flows::Action>& actions, const ReturnUrls& urls);

}  // namespace rightsline::providers
