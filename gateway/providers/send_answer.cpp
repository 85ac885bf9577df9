#include "gateway/providers/send_answer.hpp"

#include <utility>

#include "gateway/providers/answer_json.hpp"
#include "gateway/providers/fields.hpp"
#include "gateway/providers/mail_date.hpp"
#include "gateway/providers/twilio_errors.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

constexpr std::size_t most_answer = 64U << 10U;
constexpr std::uint32_t too_many_requests = 20429;
constexpr std::uint32_t no_such_resource = 20404;

constexpr std::string_view not_again =
    "Nothing is sent again by itself: whether it was taken is being looked up.";
constexpr std::string_view look_at_provider =
    "Look at the provider's console for what it says about this account.";
constexpr std::string_view look_at_base =
    "Check api_base in the configuration: this is not how the provider's API answers.";

Reason because(int status, std::string_view what, std::string_view mend, Again again = Again::never) {
    Reason reason;
    reason.status = status;
    reason.what = what;
    reason.mend = mend;
    reason.again = again;
    return reason;
}

Unknown unclear(int status, std::string_view what) { return {because(status, what, not_again)}; }

AccountStopped stopped(int status, std::string_view what, std::string_view mend) {
    Reason reason = because(status, what, mend);
    reason.account = true;
    return {reason};
}

std::optional<std::chrono::seconds> asked_to_wait(const http::Answer& answer, flows::Instant now) {
    return retry_after(answer, std::chrono::floor<std::chrono::seconds>(now), most_retry_after);
}

bool is_success(int status) { return status >= 200 && status <= 299; }

bool says_failed(std::string_view status) {
    return status == "failed" || status == "undelivered" || status == "canceled";
}

SendResult by_code(std::uint32_t code, int status) {
    const TwilioCode* const row = find_twilio_code(code);
    const Reason reason = explain_twilio_code(code, status);
    if (row != nullptr && row->kind == CodeClass::account) {
        return AccountStopped{reason};
    }
    if (row != nullptr && row->kind == CodeClass::retry) {
        return Retry{reason, std::nullopt, code != too_many_requests};
    }
    return Rejected{reason};
}

// A 4xx, or worse, without a code that says why.
SendResult by_status(int status) {
    if (status == 401 || status == 403) {
        return stopped(status, "The provider does not let this account in.",
                       "Check account_sid and the auth token in the configuration; then resume sending.");
    }
    if (status == 404 || status == 405 || status == 410 || (status >= 300 && status <= 399)) {
        return stopped(status, "What answered is not the provider's API.", look_at_base);
    }
    if (status == 408 || status < 300 || status > 499) {
        return unclear(status, "The provider's answer says neither yes nor no.");
    }
    return Rejected{because(status, "The provider refused it without saying why.", look_at_provider)};
}

SendResult read_server_error(const http::Answer& answer, flows::Instant now) {
    const auto wait = asked_to_wait(answer, now);
    if (answer.status == 503 && wait) {
        return Retry{because(503, "The provider is not taking anything just now and says when it will.",
                             "Nothing to do; it is sent again by itself.", Again::later),
                     wait, true};
    }
    return unclear(answer.status, "The provider broke down while it answered; it may have taken the send.");
}

SendResult read_success(const http::Answer& answer, const AnswerNames& names) {
    const std::optional<json::object> object = read_object(answer.body, most_answer);
    if (!object) {
        return unclear(answer.status, "The provider said yes in a way that cannot be read.");
    }
    const std::string_view id = text_in(*object, names.id);
    const std::string_view status = text_in(*object, "status");
    const std::uint32_t code = std::max(number_in(*object, "error_code"), number_in(*object, "code"));
    if (!names.is_id(id)) {
        return unclear(answer.status, "The provider said yes and gave it no name.");
    }
    if (says_failed(status)) {
        return code == 0 ? Rejected{because(answer.status, "The provider took it and gave up on it at once.",
                                            look_at_provider)}
                         : by_code(code, answer.status);
    }
    if (code != 0) {
        return unclear(answer.status, "The provider said yes and named an error.");
    }
    return Accepted{std::string(id), is_id(status) ? std::string(status) : std::string()};
}

Erased undone(Erasure state, const Reason& reason) { return {state, reason}; }

}  // namespace

SendResult read_send_answer(const http::Answer& answer, const AnswerNames& names, flows::Instant now) {
    if (answer.status == 429) {
        return Retry{explain_twilio_code(too_many_requests, 429), asked_to_wait(answer, now), false};
    }
    if (answer.status >= 500 && answer.status <= 599) {
        return read_server_error(answer, now);
    }
    if (is_success(answer.status)) {
        return read_success(answer, names);
    }
    const bool refusal = answer.status >= 400 && answer.status <= 499;
    const auto object = refusal ? read_object(answer.body, most_answer) : std::nullopt;
    const std::uint32_t code = object ? number_in(*object, "code") : 0;
    SendResult result = code == 0 ? by_status(answer.status) : by_code(code, answer.status);
    if (Retry* const again = std::get_if<Retry>(&result)) {
        again->after = asked_to_wait(answer, now);
    }
    return result;
}

SendResult read_update_answer(const http::Answer& answer, const AnswerNames& names, flows::Instant now) {
    const SendResult result = read_send_answer(answer, names, now);
    const AccountStopped* const stop = std::get_if<AccountStopped>(&result);
    // Here 404 is said of the call, not of the account.
    if (stop != nullptr && answer.status == 404 && stop->reason.code == no_such_resource) {
        return Rejected{because(404, "The provider knows no such call any more.", "Nothing to do.")};
    }
    return result;
}

Erased read_erased_answer(const http::Answer& answer, const AnswerNames& names) {
    const int status = answer.status;
    const auto object = read_object(answer.body, most_answer);
    const std::uint32_t code = object ? number_in(*object, "code") : 0;
    // A 404 without the provider's own code may come from anybody: a wrong address must not pass for an erased copy.
    if (status == 204 || (status == 404 && code == no_such_resource)) {
        return undone(Erasure::done, Reason());
    }
    if (is_success(status)) {
        const json::value* const words = object ? object->if_contains(names.words) : nullptr;
        const bool empty =
            words != nullptr && (words->is_null() || (words->is_string() && words->get_string().empty()));
        return empty ? undone(Erasure::done, Reason())
                     : undone(Erasure::later,
                              because(status, "The provider does not show that the words are gone.",
                                      "It is asked again by itself.", Again::later));
    }
    if (status == 401 || status == 403) {
        return undone(Erasure::refused, std::get<AccountStopped>(by_status(status)).reason);
    }
    if (status == 408 || status == 409 || status == 425 || status == 429 || status < 400 || status > 499) {
        return undone(Erasure::later, because(status, "The provider cannot erase it just now.",
                                              "It is asked again by itself.", Again::later));
    }
    // 400 with 20009 and the like: it is still being sent.
    return undone(code == 20009 ? Erasure::later : Erasure::refused,
                  because(status, "The provider does not erase it.", look_at_provider,
                          code == 20009 ? Again::later : Again::never));
}

const Reason* reason_of(const SendResult& result) {
    return std::visit(
        [](const auto& one) -> const Reason* {
            if constexpr (std::is_same_v<std::decay_t<decltype(one)>, Accepted>) {
                return nullptr;
            } else {
                return &one.reason;
            }
        },
        result);
}

SendResult unanswered(bool may_have_arrived) {
    if (may_have_arrived) {
        return unclear(0, "The provider did not answer; it may have taken the send.");
    }
    return Retry{
        because(0, "The provider could not be reached; nothing was sent.",
                "Nothing to do; it is sent again by itself. Check the network if it goes on.", Again::later),
        std::nullopt, true};
}

}  // namespace rightsline::providers
