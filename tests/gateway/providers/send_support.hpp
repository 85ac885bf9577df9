// What the tests of sending share: an account, a text, a call, an answer.
//
// Threading: plain values.
#pragma once

#include "gateway/http/form.hpp"
#include "gateway/providers/outbound.hpp"
#include "support.hpp"

namespace rightsline::providers {

inline const std::string sm = "SM0123456789abcdef0123456789ABCDEF";
inline const std::string ca = "CA0123456789abcdef0123456789ABCDEF";
inline const std::string mg = "MG0123456789abcdef0123456789ABCDEF";
inline constexpr std::string_view api = "https://api.twilio.com/2010-04-01/Accounts/AC0123/";

inline vault::PhoneNumber number(std::string_view text) { return vault::PhoneNumber::parse(text).value(); }

inline Outbound a_text(std::string body = "hola") {
    return {"+15005550006", number("+13055550191"),
            TextOut{locales::PrivateText(std::move(body)), std::chrono::seconds(600)},
            "https://h.example/hooks/main/status?m=01ab#rc=3"};
}

inline flows::Say say(std::string text, std::string_view tag) {
    flows::Say said;
    said.prompts.push_back({"alert.p1", language(tag), text, {flows::Clip{"", text}}});
    return said;
}

inline Outbound a_call(std::vector<flows::Action> actions = {say("Call the desk.", "en")}) {
    return {"+15005550006", number("+13055550191"), CallOut{Script{std::move(actions), {}}},
            "https://h.example/hooks/main/status?m=01ab"};
}

inline http::Answer answer(int status, std::string body, http::Headers headers = {}) {
    return {status, std::move(headers), std::move(body)};
}

/// The fields of a request's body, decoded, in their order.
inline Pairs fields_of(const http::Outgoing& request) {
    const http::Form form = http::Form::decode(request.body).value();
    return {form.pairs().begin(), form.pairs().end()};
}

}  // namespace rightsline::providers
