#include "gateway/outbox/standard_webhook.hpp"

#include <utility>

#include "gateway/http/error.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/providers/signing_key.hpp"

namespace rightsline::outbox {
namespace {

constexpr std::string_view secret_mark = "whsec_";
constexpr std::size_t least_secret = 24;
constexpr std::size_t most_secret = 64;

providers::Reason because(int status, std::string_view what, providers::Again again) {
    providers::Reason reason;
    reason.status = status;
    reason.what = what;
    reason.mend = "Look at webhooks: in the configuration, and at the receiver.";
    reason.again = again;
    return reason;
}

bool may_pass(int status) { return status == 408 || status == 409 || status == 425 || status == 429; }

}  // namespace

std::optional<std::string> read_webhook_secret(std::string_view text) {
    if (!text.starts_with(secret_mark)) {
        return std::nullopt;
    }
    std::optional<std::string> bytes = ops::from_base64(text.substr(secret_mark.size()));
    const bool fits = bytes && bytes->size() >= least_secret && bytes->size() <= most_secret;
    return fits ? std::move(bytes) : std::nullopt;
}

http::Outgoing webhook_request(std::string url, const std::string& id, std::chrono::sys_seconds at,
                               std::string body, const std::vector<std::string>& secrets) {
    const std::string time = std::to_string(at.time_since_epoch().count());
    const std::string signed_bytes = id + "." + time + "." + body;
    providers::SigningKeys keys(providers::Digest::sha256);
    std::string signatures;
    for (const std::string& secret : secrets) {
        const std::optional<std::string> key = read_webhook_secret(secret);
        if (key) {
            signatures +=
                (signatures.empty() ? "v1," : " v1,") + providers::base64(keys.mac(*key, signed_bytes));
        }
    }
    http::Outgoing request;
    request.method = "POST";
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/json"},
                       {"webhook-id", id},
                       {"webhook-timestamp", time},
                       {"webhook-signature", std::move(signatures)}};
    request.body = std::move(body);
    return request;
}

providers::SendResult read_webhook_answer(const http::Fate& fate) {
    if (!fate.answer) {
        const boost::system::error_code why = fate.answer.error();
        if (why == http::make_error_code(http::errc::not_public) ||
            why == http::make_error_code(http::errc::bad_url) ||
            why == http::make_error_code(http::errc::not_https)) {
            return providers::Rejected{
                because(0, "Its address is none that may be called.", providers::Again::never)};
        }
        if (fate.may_have_arrived) {
            return providers::Unknown{because(0, "No answer came.", providers::Again::later)};
        }
        return providers::Retry{because(0, "The receiver could not be reached.", providers::Again::later),
                                std::nullopt, true};
    }
    const int status = fate.answer->status;
    if (status >= 200 && status <= 299) {
        return providers::Accepted{"", "webhook"};
    }
    if (status >= 500 || may_pass(status)) {
        return providers::Retry{
            because(status, "The receiver cannot take it just now.", providers::Again::later), std::nullopt,
            true};
    }
    return providers::Rejected{because(status, "The receiver refuses it.", providers::Again::never)};
}

}  // namespace rightsline::outbox
