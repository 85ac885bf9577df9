// Any answer of a provider: a status line, headers and a body. No crash; each ends in a result with a reason, is
// accepted only under a name, and "try again" is said of nothing that may have been taken.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/providers/twilio_send.hpp"

namespace {

using namespace rightsline;

// "429 Retry-After value\nbody"
http::Answer answer_of(std::string_view input) {
    http::Answer answer;
    const std::string_view head = input.substr(0, input.find('\n'));
    answer.body = input.substr(std::min(head.size() + 1, input.size()));
    const std::size_t space = std::min(head.find(' '), head.size());
    std::from_chars(head.data(), head.data() + space, answer.status);
    answer.headers.emplace_back("Retry-After", head.substr(std::min(space + 1, head.size())));
    return answer;
}

void require(bool fact) {
    if (!fact) {
        std::abort();
    }
}

void judge(const http::Answer& answer, const providers::SendResult& result) {
    const providers::Reason* const reason = providers::reason_of(result);
    const bool success = answer.status >= 200 && answer.status <= 299;
    if (const auto* const accepted = std::get_if<providers::Accepted>(&result)) {
        require(success && accepted->id.size() == 34 && accepted->status.size() <= 64);
        return;
    }
    require(!reason->what.empty() && !reason->mend.empty());
    if (const auto* const retry = std::get_if<providers::Retry>(&result)) {
        require(answer.status == 503 || (answer.status >= 400 && answer.status <= 499) || success);
        require(!retry->after ||
                (retry->after->count() >= 0 && *retry->after <= providers::most_retry_after));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto twilio = providers::make_twilio_sender();
    static const providers::Outbound text{"+15005550006", vault::PhoneNumber::parse("+13055550191").value(),
                                          providers::TextOut{locales::PrivateText("hola")}, ""};
    const http::Answer answer = answer_of(std::string_view(reinterpret_cast<const char*>(data), size));
    judge(answer, twilio->read_send(answer, {}));
    judge(answer, twilio->read_update(answer, {}));
    const providers::Erased erased = twilio->read_erased(answer);
    require(erased.reason.what.empty() == (erased.state == providers::Erasure::done));
    const auto list = twilio->read_list(answer, text, {});
    require(!list || answer.status == 200);
    return 0;
}
