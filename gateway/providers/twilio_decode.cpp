#include "gateway/providers/twilio_decode.hpp"

#include <algorithm>
#include <array>

#include "gateway/providers/clean_text.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/fields.hpp"

namespace rightsline::providers {
namespace {

constexpr std::uint32_t most_turns = 1'000'000;
constexpr std::uint32_t most_pictures = 99;
constexpr std::uint32_t most_seconds = 24 * 60 * 60;

// Words that Twilio answers by itself when they are the whole message, whatever our line is set to.
constexpr std::array<std::string_view, 8> carrier_stop_words{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL",
                                                             "END",  "QUIT",    "REVOKE",      "OPTOUT"};

bool is_carrier_stop(std::string_view body) {
    constexpr const char* spaces = " \n\r\t";
    body.remove_prefix(std::min(body.find_first_not_of(spaces), body.size()));
    body = body.substr(0, body.find_last_not_of(spaces) + 1);
    std::string word(body.substr(0, 16));
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return body.size() <= 16 && std::ranges::find(carrier_stop_words, word) != carrier_stop_words.end();
}

void set_worker(Inbound& inbound, std::string_view number) {
    Result<vault::PhoneNumber> worker = vault::PhoneNumber::parse(number);
    if (worker) {
        inbound.worker = std::move(*worker);
    }
}

Result<Inbound> finished(Inbound inbound, const Fields& fields) {
    if (!fields.ok()) {
        return errc::malformed;
    }
    return inbound;
}

// A number that is no number is no reason to turn a worker's words away; that something hangs on it is said all the same.
std::uint32_t count_pictures(Fields& fields) {
    const std::string stated = fields.optional("NumMedia");
    const Result<std::uint32_t> count = read_number(stated.empty() ? "0" : stated, most_pictures);
    return std::max(count ? *count : 1U, fields.has("MediaUrl0") ? 1U : 0U);
}

Result<Inbound> decode_text(Fields fields) {
    std::string message = fields.id("MessageSid");
    const std::string from = fields.required("From");
    const std::string body = fields.required("Body");
    const std::string opt_out = fields.optional("OptOutType");
    Inbound inbound = twilio_text(std::move(message), from, fields.required("To"), body);
    // An account may have words of its own for STOP and START; the whole text is one then, so nothing told is lost.
    if (opt_out == "STOP" || opt_out == "START") {
        inbound.event = flows::Texted{flows::PrivateText(opt_out)};
    }
    inbound.carrier_answered_stop = inbound.carrier_answered_stop || opt_out == "STOP";
    inbound.carrier_answered_help = opt_out == "HELP";
    inbound.pictures = count_pictures(fields);
    return finished(std::move(inbound), fields);
}

const char* end_of_worker(const Inbound& call) { return call.we_called ? "To" : "From"; }

// What every request about a call has in common. One that we made went from our line to the worker.
Inbound read_call(Hook hook, Fields& fields) {
    Inbound inbound;
    inbound.hook = hook;
    inbound.mode = flows::Mode::voice;
    inbound.call = fields.id("CallSid");
    inbound.we_called = fields.optional("Direction").starts_with("outbound");
    inbound.line = fields.required(inbound.we_called ? "From" : "To");
    set_worker(inbound, fields.required(end_of_worker(inbound)));
    return inbound;
}

Result<Inbound> decode_call(Fields fields) {
    Inbound inbound = read_call(Hook::voice, fields);
    inbound.identity = canonical({"call", inbound.call});
    inbound.content = canonical({fields.required(end_of_worker(inbound)), inbound.line});
    inbound.event = flows::Called{};
    return finished(std::move(inbound), fields);
}

Result<Inbound> sent_back(Result<Inbound> inbound, const http::Request& request) {
    if (inbound) {
        inbound->sent_back = read_sent_back(request);
    }
    return inbound;
}

// The recording that a request names, and how long it is.
Result<void> read_recording(Inbound& inbound, Fields& fields) {
    std::string url = fields.optional("RecordingUrl");
    std::string id = fields.optional("RecordingSid");
    if (id.empty() && !url.empty()) {
        id = url.substr(url.rfind('/') + 1);
    }
    // A length that is not said is no silence: only "0" means that nothing was spoken, and that the copy may go.
    const std::string seconds = fields.optional("RecordingDuration");
    const Result<std::uint32_t> length = read_number(seconds.empty() ? "1" : seconds, most_seconds);
    if (!length || (!id.empty() && !is_id(id))) {
        return errc::malformed;
    }
    inbound.event = flows::Recorded{*length == 0 ? "" : id, flows::Seconds(*length)};
    if (!id.empty()) {
        inbound.recording = RemoteRecording{std::move(id), std::move(url)};
    }
    return {};
}

// The recording that our own URL names, after "one moment".
Result<void> read_brought_back(Inbound& inbound, Fields& query) {
    std::string id = query.id("r");
    const Result<std::uint32_t> length = read_number(query.optional("d"), most_seconds);
    if (!length || !query.ok()) {
        return errc::malformed;
    }
    inbound.event = flows::Recorded{*length == 0 ? "" : id, flows::Seconds(*length)};
    inbound.recording = RemoteRecording{std::move(id), ""};
    return {};
}

// Which of our verbs sent Twilio here. Without our mark, by the fields.
std::string kind_of_step(const std::string& mark, const Fields& fields) {
    if (mark == "k" || mark == "r" || mark == "c") {
        return mark;
    }
    if (fields.has("RecordingUrl") || fields.has("RecordingSid")) {
        return "r";
    }
    return fields.has("Digits") ? "k" : "c";
}

Result<Inbound> decode_step(Fields fields, Fields query) {
    Inbound inbound = read_call(Hook::voice_step, fields);
    const std::string turn_text = query.required("t");
    const Result<std::uint32_t> turn = read_number(turn_text, most_turns);
    inbound.step_mac = query.id("k");
    const std::string kind = kind_of_step(query.optional("e"), fields);
    const std::string keys = fields.optional("Digits");  // a pound alone is no silence: it goes back
    const std::string digits = keys.empty() && fields.optional("FinishedOnKey") == "#" ? "#" : keys;
    if (!turn || !query.ok()) {
        return errc::malformed;
    }
    inbound.turn = *turn;
    std::string recording;
    const bool brought_back = kind == "c" && query.has("r");  // we sent the call back to a recording's event
    if (kind == "r" || brought_back) {
        const Result<void> read =
            brought_back ? read_brought_back(inbound, query) : read_recording(inbound, fields);
        if (!read) {
            return read.error();
        }
        recording = inbound.recording ? inbound.recording->id : "";
    } else if (kind == "k") {
        inbound.event = flows::Keyed{flows::PrivateText(digits)};
    } else {
        inbound.event = flows::Continued{};
    }
    inbound.identity =
        canonical({"step", inbound.call, std::to_string(*turn)});  // "05" is "5", as for its MAC
    inbound.content = canonical({brought_back ? "r" : kind, kind == "k" ? digits : "", recording});
    return finished(std::move(inbound), fields);
}

// A call that we made went from our line to the person. Its address is ours, and says which call it is.
Result<Inbound> decode_page(Fields fields, Fields query) {
    Inbound inbound;
    inbound.hook = Hook::page;
    inbound.mode = flows::Mode::voice;
    inbound.call = fields.id("CallSid");
    inbound.line = fields.required("From");
    set_worker(inbound, fields.optional("To"));
    const std::string answered_by = fields.optional("AnsweredBy");
    inbound.by_machine = answered_by.starts_with("machine") || answered_by == "fax";
    const std::string kind = query.optional("e");
    if (kind == "k") {
        inbound.event = flows::Keyed{flows::PrivateText(fields.optional("Digits"))};
    } else if (kind.empty()) {
        inbound.event = flows::Called{};
    } else if (kind != "r") {
        inbound.event = flows::Continued{};
    } else if (!read_recording(inbound, fields)) {
        return errc::malformed;
    }
    return finished(std::move(inbound), fields);
}

Result<Inbound> decode_end(Fields fields) {
    constexpr std::array<std::string_view, 5> ends{"completed", "busy", "failed", "no-answer", "canceled"};
    Inbound inbound = read_call(Hook::voice_status, fields);
    const std::string status = fields.required("CallStatus");
    inbound.identity = canonical({"end", inbound.call, status});
    inbound.content = canonical({fields.required(end_of_worker(inbound)), inbound.line, status});
    inbound.event = flows::HungUp{};
    if (fields.ok() && std::ranges::find(ends, status) == ends.end()) {
        return errc::of_no_interest;
    }
    return finished(std::move(inbound), fields);
}

// The receipt of a text or of a call that we made: it went from our line to the person.
Result<Inbound> decode_delivery(Fields fields, const http::Request& request) {
    const bool call = !fields.has("MessageSid") && fields.has("CallSid");
    Inbound inbound;
    inbound.hook = Hook::message_status;
    inbound.mode = call ? flows::Mode::voice : flows::Mode::sms;
    inbound.message = fields.id(call ? "CallSid" : "MessageSid");
    inbound.delivery = fields.id(call ? "CallStatus" : "MessageStatus");
    inbound.delivery_error = fields.optional("ErrorCode");
    inbound.ours = read_ours(request);
    inbound.line = fields.optional("From");
    set_worker(inbound, fields.optional("To"));
    inbound.identity = canonical({"delivery", inbound.message, inbound.delivery});
    inbound.content = canonical({inbound.delivery_error});
    inbound.event = flows::Continued{};
    return finished(std::move(inbound), fields);
}

Result<Inbound> decode_recording(Fields fields, Fields query) {
    Inbound inbound;
    inbound.hook = Hook::recording;
    inbound.mode = flows::Mode::voice;
    inbound.program = query.optional("p");
    inbound.call = fields.id("CallSid");
    const std::string id = fields.id("RecordingSid");
    const std::string status = fields.required("RecordingStatus");
    if (const Result<void> read = read_recording(inbound, fields); !read || !fields.ok() || !query.ok()) {
        return errc::malformed;
    }
    if (status != "completed" && status != "absent") {
        return errc::of_no_interest;
    }
    if (status == "absent") {
        inbound.event = flows::Recorded{};
    }
    inbound.identity = canonical({"recording", id, status});
    inbound.content = canonical({inbound.call});
    return inbound;
}

}  // namespace

Inbound twilio_text(std::string message, std::string_view from, std::string line, std::string_view body) {
    Inbound inbound;
    inbound.message = std::move(message);
    inbound.line = std::move(line);
    set_worker(inbound, from);
    if (!inbound.worker) {
        inbound.call =
            canonical({"sender", from});  // a short code, a name, another app's user: still one person
    }
    inbound.identity = canonical({"sms", inbound.message});
    inbound.content = canonical({from, inbound.line, body});
    inbound.event = flows::Texted{flows::PrivateText(clean_text(body))};
    inbound.carrier_answered_stop = is_carrier_stop(body);
    return inbound;
}

Result<Inbound> decode_twilio(Hook hook, const http::Request& request, const Credentials& credentials) {
    Result<Fields> fields = Fields::of_body(request);
    Result<Fields> query = Fields::of_query(request);
    if (!fields || !query) {
        return errc::malformed;
    }
    const std::string account = fields->id("AccountSid");
    if (!fields->ok()) {
        return errc::malformed;
    }
    if (account != credentials.account_sid) {
        return errc::not_for_us;
    }
    switch (hook) {
        case Hook::sms:
            return decode_text(std::move(*fields));
        case Hook::voice:
            return sent_back(decode_call(std::move(*fields)), request);
        case Hook::voice_step:
            return sent_back(decode_step(std::move(*fields), std::move(*query)), request);
        case Hook::voice_status:
            return decode_end(std::move(*fields));
        case Hook::message_status:
            return decode_delivery(std::move(*fields), request);
        case Hook::recording:
            return decode_recording(std::move(*fields), std::move(*query));
        case Hook::page:
            return decode_page(std::move(*fields), std::move(*query));
        case Hook::ussd:
            break;  // Twilio carries none
    }
    return errc::malformed;
}

}  // namespace rightsline::providers
