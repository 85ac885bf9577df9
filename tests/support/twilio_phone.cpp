#include "tests/support/twilio_phone.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rightsline::tests {
namespace {

/// What Twilio adds to every request: where it thinks the phone is, and who it belongs to.
void add_nosy_fields(Fields& fields) {
    constexpr std::array names{"FromCity", "FromState", "FromZip", "FromCountry", "CallerName", "CallerCity"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        fields.emplace_back(names[i], canaries()[i]);
    }
    fields.emplace_back("ToCity", "");
    fields.emplace_back("ToCountry", "US");
}

}  // namespace

const std::vector<std::string>& canaries() {
    static const std::vector<std::string> words{"CANARYCITY",    "CANARYSTATE", "CANARYZIP",
                                                "CANARYCOUNTRY", "CANARYNAME",  "CANARYCALLERCITY"};
    return words;
}

HttpReply post_signed(const TwilioAccount& account, const std::string& target, const Fields& fields) {
    const Fields headers{
        {"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"},
        {"X-Twilio-Signature", twilio_signature(account.token, account.public_url + target, fields)},
        {"I-Twilio-Idempotency-Token", fresh_sid("")},
        {"User-Agent", "TwilioProxy/1.1"}};
    return http_post(account.port, target, headers, form_of(fields));
}

std::vector<std::string> messages(const HttpReply& reply) {
    if (reply.status != 200) {
        throw std::runtime_error("answered " + std::to_string(reply.status) + ": " + reply.body);
    }
    const Element response = parse_twiml(reply.body);
    if (response.name != "Response") {
        throw std::runtime_error("the root is " + response.name);
    }
    std::vector<std::string> bodies;
    for (const Element& one : response.children) {
        bodies.push_back(one.child("Body").text);
    }
    return bodies;
}

std::string message(const HttpReply& reply) {
    std::vector<std::string> all = messages(reply);
    if (all.size() != 1) {
        throw std::runtime_error("there are " + std::to_string(all.size()) + " messages in " + reply.body);
    }
    return all.front();
}

TwilioPhone::TwilioPhone(TwilioAccount account, std::string number, std::string line)
    : account_(std::move(account)), number_(std::move(number)), line_(std::move(line)) {}

Fields TwilioPhone::form(const std::string& body, const std::string& sid) const {
    Fields fields{{"MessageSid", sid},      {"SmsSid", sid},
                  {"SmsMessageSid", sid},   {"AccountSid", account_.sid},
                  {"From", number_},        {"To", line_},
                  {"Body", body},           {"NumMedia", "0"},
                  {"NumSegments", "1"},     {"ApiVersion", "2010-04-01"},
                  {"SmsStatus", "received"}};
    add_nosy_fields(fields);
    return fields;
}

HttpReply TwilioPhone::deliver(const Fields& fields) const {
    return post_signed(account_, "/hooks/" + account_.name + "/sms", fields);
}

HttpReply TwilioPhone::text(const std::string& body) const { return deliver(form(body, fresh_sid("SM"))); }

std::string TwilioPhone::texts(const std::vector<std::string>& bodies) const {
    std::string last;
    for (const std::string& body : bodies) {
        last = message(text(body));
    }
    return last;
}

TwilioCall::TwilioCall(TwilioAccount account, std::string from, std::string line)
    : account_(std::move(account)), from_(std::move(from)), line_(std::move(line)), sid_(fresh_sid("CA")) {}

Fields TwilioCall::form(const std::string& status) const {
    Fields fields{{"CallSid", sid_},
                  {"AccountSid", account_.sid},
                  {"From", from_},
                  {"To", line_},
                  {"Caller", from_},
                  {"Called", line_},
                  {"CallStatus", status},
                  {"Direction", "inbound"},
                  {"ApiVersion", "2010-04-01"}};
    add_nosy_fields(fields);
    return fields;
}

HttpReply TwilioCall::keep(HttpReply reply) {
    if (reply.status == 200) {
        now_ = parse_twiml(reply.body);
    }
    return reply;
}

HttpReply TwilioCall::post(const std::string& target, const Fields& more) {
    Fields fields = form("in-progress");
    fields.insert(fields.end(), more.begin(), more.end());
    return post_signed(account_, target, fields);
}

HttpReply TwilioCall::dial() {
    return keep(post_signed(account_, "/hooks/" + account_.name + "/voice", form("ringing")));
}

std::string TwilioCall::step(std::string_view verb) const {
    const std::vector<const Element*> found = now_.all(verb);
    if (found.empty()) {
        throw std::runtime_error("nothing in this answer is a " + std::string(verb));
    }
    const std::string url = verb == "Redirect" ? found.back()->text : found.back()->attribute("action");
    if (!url.starts_with(account_.public_url + "/")) {
        throw std::runtime_error("a step outside our public URL: " + url);
    }
    return url.substr(account_.public_url.size());
}

HttpReply TwilioCall::press(const std::string& keys) {
    return keep(post(step("Gather"), {{"Digits", keys}, {"FinishedOnKey", ""}, {"msg", "Gather End"}}));
}

HttpReply TwilioCall::redirect() { return keep(post(step("Redirect"), {})); }

HttpReply TwilioCall::record(const std::string& sid, const std::string& url, int seconds) {
    return keep(post(step("Record"), {{"RecordingSid", sid},
                                      {"RecordingUrl", url},
                                      {"RecordingDuration", std::to_string(seconds)},
                                      {"Digits", "#"}}));
}

HttpReply TwilioCall::leave_room() {
    return keep(post(step("Dial"), {{"DialCallStatus", "completed"}, {"DialCallDuration", "61"}}));
}

HttpReply TwilioCall::go_to(const std::string& url) {
    return keep(post(url.substr(account_.public_url.size()), {}));
}

HttpReply TwilioCall::hang_up() {
    return post_signed(account_, "/hooks/" + account_.name + "/voice/status", form("completed"));
}

}  // namespace rightsline::tests
