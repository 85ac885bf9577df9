#include "tests/support/twilio_callee.hpp"

namespace rightsline::tests {

HttpReply TwilioCallee::ask(const std::string& url, const Fields& more) const {
    Fields fields{{"CallSid", call_.sid},        {"AccountSid", account_.sid},
                  {"From", call_.from},          {"To", call_.to},
                  {"CallStatus", "in-progress"}, {"Direction", "outbound-api"},
                  {"ApiVersion", "2010-04-01"}};
    fields.insert(fields.end(), more.begin(), more.end());
    const std::string& ours = account_.public_url;
    return post_signed(account_, url.starts_with(ours) ? url.substr(ours.size()) : url, fields);
}

HttpReply TwilioCallee::keep(HttpReply reply) {
    if (reply.status == 200) {
        now_ = parse_twiml(reply.body);
    }
    return reply;
}

HttpReply TwilioCallee::press(const std::string& keys) {
    return keep(ask(now_.child("Gather").attribute("action"), {{"Digits", keys}}));
}

HttpReply TwilioCallee::leave_room() {
    return keep(ask(now_.child("Dial").attribute("action"), {{"DialCallStatus", "completed"}}));
}

HttpReply TwilioCallee::report(const std::string& status) const {
    const std::string url = call_.status_url.substr(0, call_.status_url.find('#'));
    Fields fields{{"CallSid", call_.sid},       {"AccountSid", account_.sid},
                  {"From", call_.from},         {"To", call_.to},
                  {"CallStatus", status},       {"Direction", "outbound-api"},
                  {"ApiVersion", "2010-04-01"}, {"CallbackSource", "call-progress"}};
    return post_signed(account_, url.substr(account_.public_url.size()), fields);
}

}  // namespace rightsline::tests
