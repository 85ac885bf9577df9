// Account: what both halves of a dialect need: the keys to an account, and where its provider comes back to.
//
// Must never: be logged or put into a URL. Threading: plain values.
#pragma once

#include <string>
#include <vector>

namespace rightsline::providers {

struct Credentials {
    std::string account_sid;
    std::vector<std::string> auth_tokens;  // accepted when verifying; the first signs our own requests
    std::string api_base;                  // "https://api.twilio.com" unless a test points elsewhere
};

/// Where the provider is to come back to, made by the shell; all absolute, built on the configured public
/// URL.
struct ReturnUrls {
    std::string step;            // next turn of this call, with turn number and MAC
    std::string message_status;  // delivery receipts of a text sent in this answer
    std::string message;  // our id of its texts, each with its number behind: "<id>-1"; "" = they have none
    std::string recording_status;
    std::string media;  // prefix for our audio: "https://…/media/"
};

}  // namespace rightsline::providers
