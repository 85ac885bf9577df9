#include "gateway/providers/twilio_errors.hpp"

#include <algorithm>
#include <array>

namespace rightsline::providers {
namespace {

constexpr CodeClass retry = CodeClass::retry;
constexpr CodeClass rejected = CodeClass::rejected;
constexpr CodeClass account = CodeClass::account;
constexpr Again never = Again::never;
constexpr Again once = Again::once;
constexpr Again later = Again::later;
constexpr bool suppress = true;
constexpr bool keep = false;  // the fault is not the recipient's: others, and other texts, may go to them

constexpr std::uint32_t opted_out = 21610;

// clang-format off
constexpr std::array codes = std::to_array<TwilioCode>({
    // code   class     again  recipient  what happened                                             what to do
    {10001, account,  never, keep, "Twilio says that the account is not active.",                    "Look at the account in Twilio's console; then resume sending."},
    {10002, account,  never, keep, "A trial account cannot do this.",                                "Upgrade the account at Twilio; then resume sending."},
    {10004, retry,    later, keep, "The account has as many calls under way as it may.",             "Nothing to do; ask Twilio for more calls at a time if it happens often."},
    {12100, rejected, never, keep, "Twilio could not read what the call was to say.",                "This is a mistake of this program: report it with the code."},
    {20003, account,  never, keep, "Twilio does not accept our key.",                                "Put the account's present auth token into the configuration; then resume sending."},
    {20005, account,  never, keep, "The account is not active.",                                     "Look at the account in Twilio's console (payment, verification); then resume sending."},
    {20006, account,  never, keep, "Our key may not do this.",                                       "Give the key the right to send, or use the account's auth token; then resume sending."},
    {20008, account,  never, keep, "The configured token is a test credential.",                     "Put the live auth token into the configuration; then resume sending."},
    {20404, account,  never, keep, "Twilio knows no such account.",                                  "Check account_sid and api_base in the configuration; then resume sending."},
    {20429, retry,    later, keep, "Too many requests at a time.",                                   "Nothing to do; it is sent again by itself. Lower the line's rate if it happens often."},
    {21205, rejected, never, keep, "Twilio does not accept a URL of ours.",                          "Check public_url in the configuration."},
    {21210, rejected, never, keep, "The line is not one that this account may call from.",           "Check the line in the configuration and at Twilio."},
    {21211, rejected, never, suppress, "The recipient's number is not a valid one.",                 "Nothing can be sent to it; for staff, correct the number in the roster."},
    {21212, rejected, never, keep, "The line's number is not a valid one.",                          "Check the line in the configuration."},
    {21214, rejected, never, suppress, "The recipient's number cannot be called.",                   "Nothing can be sent to it; for staff, correct the number in the roster."},
    {21215, rejected, never, keep, "The account may not call that country.",                         "Allow the country under Twilio's voice geographic permissions."},
    {21216, rejected, never, keep, "The account may not call that number.",                          "Ask Twilio why the number is closed to the account."},
    {21217, rejected, never, suppress, "The recipient's number is not a valid one.",                 "Nothing can be sent to it; for staff, correct the number in the roster."},
    {21219, rejected, never, keep, "A trial account may call only numbers that were verified.",      "Verify the number at Twilio or upgrade the account."},
    {21220, rejected, never, keep, "The call is not under way any more.",                            "Nothing to do."},
    {21266, rejected, never, suppress, "The recipient's number is the line itself.",                 "Correct the number; a line cannot text itself."},
    {21401, rejected, never, suppress, "The recipient's number is not a valid one.",                 "Nothing can be sent to it; for staff, correct the number in the roster."},
    {21408, rejected, never, keep, "The account may not text that country.",                         "Allow the country under Twilio's messaging geographic permissions."},
    {21601, rejected, never, keep, "The line cannot send texts.",                                    "Use a line that can, or ask Twilio to enable texts on it."},
    {21602, rejected, never, keep, "The text was empty.",                                            "This is a mistake of this program: report it with the code."},
    {21603, rejected, never, keep, "The request named no line.",                                     "This is a mistake of this program: report it with the code."},
    {21604, rejected, never, keep, "The request named no recipient.",                                "This is a mistake of this program: report it with the code."},
    {21606, rejected, never, keep, "The line cannot text that number.",                              "Check that the line is the account's own and can send texts to that country."},
    {21608, rejected, never, keep, "A trial account may text only numbers that were verified.",      "Verify the number at Twilio or upgrade the account."},
    {21609, rejected, never, keep, "Twilio does not accept the address for receipts.",               "Check public_url in the configuration."},
    {21610, rejected, never, suppress, "The recipient has texted STOP to this line.",                "Nothing to do: only they can undo it, by texting START."},
    {21611, retry,    later, keep, "The line has as many texts waiting at Twilio as it may.",        "Nothing to do; it is sent again by itself. Lower the line's rate if it happens often."},
    {21612, rejected, never, suppress, "There is no way from this line to that number.",             "Use a line of the recipient's country, or another way to reach them."},
    {21614, rejected, never, suppress, "The recipient's number is not a mobile phone.",              "Call instead; no text can arrive there."},
    {21617, rejected, never, keep, "The text was longer than 1600 characters.",                      "Shorten it."},
    {21659, rejected, never, keep, "The line is not a number of this account, or of that country.",  "Check the line in the configuration and at Twilio."},
    {21660, rejected, never, keep, "The line belongs to another account.",                           "Check which account the line stands under in the configuration."},
    {21701, rejected, never, keep, "Twilio knows no such Messaging Service.",                        "Check the line in the configuration."},
    {21703, rejected, never, keep, "The Messaging Service has no number to send from.",              "Add a number to it at Twilio."},
    {30001, retry,    later, keep, "The line's queue at Twilio is full.",                            "Nothing to do; it is sent again by itself. Lower the line's rate if it happens often."},
    {30002, account,  never, keep, "The account was suspended while texts were waiting.",            "Settle it with Twilio; then resume sending."},
    {30003, rejected, once,  keep, "The phone could not be reached: off, or without a network.",     "It is tried once more later; nothing to do."},
    {30004, rejected, never, suppress, "The phone or its carrier blocks texts from this line.",      "Nothing can be texted there; for staff, call or use another number."},
    {30005, rejected, never, suppress, "The number is not in use any more.",                         "Nothing can be sent to it; for staff, correct the number in the roster."},
    {30006, rejected, never, suppress, "The number is a landline, or its carrier takes no texts.",   "Call instead; no text can arrive there."},
    {30007, rejected, never, keep, "The carrier took the text for spam.",                            "Never send the same words again: change them, and check the line's registration."},
    {30008, rejected, once,  keep, "The carrier lost it and does not say why.",                      "It is tried once more later; nothing to do."},
    {30010, rejected, never, keep, "It would have cost more than the limit that was set.",           "Raise the limit at Twilio or use another line."},
    {30022, retry,    later, keep, "The line sends faster than its registration allows.",            "Lower the line's rate; it is sent again by itself."},
    {30023, rejected, never, keep, "The line's registration allows no more texts to that carrier today.", "Send it tomorrow, or register for more."},
    {30032, rejected, never, keep, "The toll-free line is not verified.",                            "Have the line verified at Twilio; until then none of its texts arrive."},
    {30034, rejected, never, keep, "The line is not registered for texts by programs (10DLC).",      "Register the line at Twilio; until then none of its texts arrive."},
    {30036, rejected, never, keep, "It could not be delivered in the time it was worth.",            "Nothing to do: it would not be true any more."},
    {63038, account,  never, keep, "The account has sent as many texts today as it may.",            "Ask Twilio for a higher daily limit, or resume sending tomorrow."},
});
// clang-format on

static_assert(std::ranges::is_sorted(codes, std::less<>(), &TwilioCode::code));

}  // namespace

std::span<const TwilioCode> twilio_codes() { return codes; }

const TwilioCode* find_twilio_code(std::uint32_t code) {
    const auto found = std::ranges::lower_bound(codes, code, std::less<>(), &TwilioCode::code);
    return found != codes.end() && found->code == code ? &*found : nullptr;
}

Reason explain_twilio_code(std::uint32_t code, int status) {
    Reason reason;
    reason.code = code;
    reason.status = status;
    const TwilioCode* const row = find_twilio_code(code);
    if (row == nullptr) {
        reason.what = "Twilio refused it with a code that this program does not know.";
        reason.mend = "Look the code up in Twilio's list of errors; nothing is sent again by itself.";
        return reason;
    }
    reason.what = row->what;
    reason.mend = row->mend;
    reason.again = row->again;
    reason.suppress = row->suppress;
    reason.account = row->kind == CodeClass::account;
    reason.opted_out = code == opted_out;
    return reason;
}

}  // namespace rightsline::providers
