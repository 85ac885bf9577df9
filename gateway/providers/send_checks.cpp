#include "gateway/providers/send_checks.hpp"

#include <algorithm>
#include <optional>

#include "gateway/http/ascii.hpp"
#include "gateway/providers/clean_text.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/twilio_api.hpp"

namespace rightsline::providers {
namespace {

/// Nothing when it is no UTF-8.
std::optional<std::size_t> length_of(std::string_view text) {
    std::size_t units = 0;
    while (!text.empty()) {
        const std::size_t before = text.size();
        const char32_t point = take_code_point(text);
        if (point == U'\uFFFD' && before - text.size() == 1) {
            return std::nullopt;
        }
        units += point > 0xFFFF ? 2 : 1;
    }
    return units;
}

Result<void> check_text(const TextOut& text) {
    const std::optional<std::size_t> length = length_of(text.body.reveal());
    if (!length || *length == 0 || *length > most_text) {
        return errc::bad_text;
    }
    return {};
}

bool is_heard(const flows::Action& action) {
    return std::holds_alternative<flows::Say>(action) || std::holds_alternative<flows::Gather>(action) ||
           std::holds_alternative<flows::Record>(action);
}

bool comes_back(const flows::Action& action) {
    return std::holds_alternative<flows::Gather>(action) || std::holds_alternative<flows::Record>(action) ||
           std::holds_alternative<flows::Redirect>(action) || std::holds_alternative<flows::Dial>(action);
}

}  // namespace

bool is_e164(std::string_view text) {
    return text.size() >= 3 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           std::ranges::all_of(text.substr(1), http::is_digit);
}

Result<void> check_script(const std::variant<Script, Page>& what) {
    if (const Page* const page = std::get_if<Page>(&what)) {
        return origin_of(page->url).empty() ? Result<void>(errc::bad_url) : Result<void>();
    }
    const Script& script = std::get<Script>(what);
    if (!std::ranges::any_of(script.actions, is_heard)) {
        return errc::bad_script;
    }
    if (std::ranges::any_of(script.actions, comes_back) && origin_of(script.urls.step).empty()) {
        return errc::bad_url;
    }
    return {};
}

Result<void> check_send(const Outbound& send) {
    if (!is_e164(send.to.reveal())) {
        return errc::bad_recipient;
    }
    if (!send.status_url.empty() && origin_of(send.status_url).empty()) {
        return errc::bad_url;
    }
    const CallOut* const call = std::get_if<CallOut>(&send.what);
    return call != nullptr ? check_script(call->what) : check_text(std::get<TextOut>(send.what));
}

}  // namespace rightsline::providers
