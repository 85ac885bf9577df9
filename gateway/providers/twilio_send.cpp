#include "gateway/providers/twilio_send.hpp"

#include <algorithm>
#include <utility>

#include "gateway/http/ascii.hpp"
#include "gateway/http/form.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/send_answer.hpp"
#include "gateway/providers/send_checks.hpp"
#include "gateway/providers/twilio_api.hpp"
#include "gateway/providers/twilio_encode.hpp"
#include "gateway/providers/twilio_errors.hpp"
#include "gateway/providers/twilio_list.hpp"

namespace rightsline::providers {
namespace {

using Form = std::vector<std::pair<std::string_view, std::string_view>>;

constexpr std::chrono::seconds least_validity{1};
constexpr std::chrono::seconds most_validity{36000};
constexpr std::chrono::seconds least_ring{5};
constexpr std::chrono::seconds most_ring{600};
constexpr std::string_view list_size = "100";
constexpr AnswerNames names{"sid", "body", [](std::string_view id) { return is_sid(id, "SM MM CA"); }};

bool is_service(std::string_view line) { return is_sid(line, "MG"); }

bool is_short_code(std::string_view line) {
    return line.size() >= 3 && line.size() <= 8 && std::ranges::all_of(line, http::is_digit);
}

Result<http::Outgoing> with_form(Result<http::Outgoing> request, const Form& form) {
    if (request) {
        request->headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request->body = http::encode_form(form);
    }
    return request;
}

Result<http::Outgoing> build_text(const Outbound& send, const TextOut& text, const Credentials& account) {
    const bool service = is_service(send.line);
    if (!service && !is_e164(send.line) && !is_short_code(send.line)) {
        return errc::bad_line;
    }
    const std::string validity =
        std::to_string(std::clamp(text.validity, least_validity, most_validity).count());
    Form form{{"To", send.to.reveal()},
              {service ? "MessagingServiceSid" : "From", send.line},
              {"Body", text.body.reveal()},
              {"ValidityPeriod", validity},
              {"SmartEncoded", "false"}};
    if (!send.status_url.empty()) {
        form.emplace_back("StatusCallback", send.status_url);
    }
    return with_form(twilio_request("POST", "Messages.json", account), form);
}

/// What the call is to do, as one of the form's fields. `xml` keeps the bytes.
Result<void> add_script(Form& form, const std::variant<Script, Page>& what, std::string& xml) {
    if (const Page* const page = std::get_if<Page>(&what)) {
        form.emplace_back("Url", page->url);
        form.emplace_back("Method", "POST");
        return {};
    }
    const Script& script = std::get<Script>(what);
    TwiML spoken = encode_twiml(Hook::voice_step, script.actions, script.urls);
    if (!spoken.unspoken.empty() || spoken.xml.size() > most_script) {
        return errc::bad_script;
    }
    xml = std::move(spoken.xml);
    form.emplace_back("Twiml", xml);
    return {};
}

Result<http::Outgoing> build_call(const Outbound& send, const CallOut& call, const Credentials& account) {
    if (!is_e164(send.line)) {
        return errc::bad_line;
    }
    const std::string ring = std::to_string(std::clamp(call.ring, least_ring, most_ring).count());
    Form form{{"To", send.to.reveal()}, {"From", send.line}, {"Timeout", ring}};
    std::string xml;
    if (const Result<void> added = add_script(form, call.what, xml); !added) {
        return added.error();
    }
    if (call.hears_machines) {
        form.emplace_back("MachineDetection", "Enable");
    }
    if (!send.status_url.empty()) {
        form.emplace_back("StatusCallback", send.status_url);
        form.emplace_back("StatusCallbackMethod", "POST");
        for (const std::string_view event : {"initiated", "ringing", "answered", "completed"}) {
            form.emplace_back("StatusCallbackEvent", event);
        }
    }
    return with_form(twilio_request("POST", "Calls.json", account), form);
}

Result<http::Outgoing> about(std::string_view method, std::string_view folder, std::string_view id,
                             std::string_view prefixes, const Credentials& account) {
    if (!is_sid(id, prefixes)) {
        return errc::bad_id;
    }
    return twilio_request(method, std::string(folder) + "/" + std::string(id) + ".json", account);
}

class TwilioSender final : public Sender {
 public:
    Result<http::Outgoing> build_send(const Outbound& send, const Credentials& account) const override {
        if (const Result<void> checked = check_send(send); !checked) {
            return checked.error();
        }
        const CallOut* const call = std::get_if<CallOut>(&send.what);
        return call != nullptr ? build_call(send, *call, account)
                               : build_text(send, std::get<TextOut>(send.what), account);
    }
    SendResult read_send(const http::Answer& answer, flows::Instant now) const override {
        return read_send_answer(answer, names, now);
    }
    Reason explain(std::uint32_t code) const override { return explain_twilio_code(code); }

    Result<http::Outgoing> update_call(std::string_view call, const std::variant<Script, Page>& what,
                                       const Credentials& account) const override {
        Form form;
        std::string xml;
        Result<void> fit = check_script(what);
        fit = fit ? add_script(form, what, xml) : fit;
        if (!fit) {
            return fit.error();
        }
        return with_form(about("POST", "Calls", call, "CA", account), form);
    }
    Result<http::Outgoing> hang_up(std::string_view call, const Credentials& account) const override {
        return with_form(about("POST", "Calls", call, "CA", account), {{"Status", "completed"}});
    }
    SendResult read_update(const http::Answer& answer, flows::Instant now) const override {
        return read_update_answer(answer, names, now);
    }

    Result<http::Outgoing> list_sent(const Outbound& send, const Credentials& account) const override {
        if (!std::holds_alternative<TextOut>(send.what)) {
            return errc::not_offered;
        }
        Form query{{"To", send.to.reveal()}, {"PageSize", list_size}};
        if (!is_service(send.line)) {
            query.emplace_back("From", send.line);
        }
        return twilio_request("GET", "Messages.json?" + http::encode_form(query), account);
    }
    Result<SentList> read_list(const http::Answer& answer, const Outbound& send,
                               flows::Instant since) const override {
        return read_twilio_list(answer, send, since);
    }

    Result<http::Outgoing> redact_message(std::string_view id, const Credentials& account) const override {
        return with_form(about("POST", "Messages", id, "SM MM", account), {{"Body", ""}});
    }
    Result<http::Outgoing> delete_message(std::string_view id, const Credentials& account) const override {
        return about("DELETE", "Messages", id, "SM MM", account);
    }
    Result<http::Outgoing> delete_call(std::string_view id, const Credentials& account) const override {
        return about("DELETE", "Calls", id, "CA", account);
    }
    Erased read_erased(const http::Answer& answer) const override {
        return read_erased_answer(answer, names);
    }
};

}  // namespace

std::unique_ptr<Sender> make_twilio_sender() { return std::make_unique<TwilioSender>(); }

}  // namespace rightsline::providers
