#include <boost/json.hpp>
#include <utility>

#include "gateway/providers/error.hpp"
#include "gateway/providers/fields.hpp"
#include "gateway/providers/send_answer.hpp"
#include "gateway/providers/send_checks.hpp"
#include "gateway/providers/simulator.hpp"
#include "gateway/providers/twilio_api.hpp"
#include "gateway/providers/twilio_errors.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

constexpr AnswerNames names{"id", "text", is_id};

Result<http::Outgoing> request_to(std::string_view method, const std::string& path, std::string body,
                                  const Credentials& account) {
    if (origin_of(account.api_base).empty() || account.auth_tokens.empty() || account.account_sid.empty()) {
        return errc::bad_account;
    }
    http::Outgoing request;
    request.method = method;
    request.url = account.api_base + path;
    request.body = std::move(body);
    request.headers.emplace_back("X-Rightsline-Signature",
                                 sign_simulated(account.auth_tokens.front(), request.url, request.body));
    if (!request.body.empty()) {
        request.headers.emplace_back("Content-Type", "application/json");
    }
    return request;
}

void add_script(json::object& object, const std::variant<Script, Page>& what) {
    if (const Page* const page = std::get_if<Page>(&what)) {
        object["page"] = page->url;
        return;
    }
    const Script& script = std::get<Script>(what);
    const json::value spoken = json::parse(encode_simulated(script.actions, script.urls));
    for (const auto& [name, value] : spoken.get_object()) {
        object[name] = value;
    }
}

Result<http::Outgoing> about(std::string_view method, std::string_view folder, std::string_view id,
                             const json::object& object, const Credentials& account) {
    if (!is_id(id)) {
        return errc::bad_id;
    }
    const std::string path = "/" + std::string(folder) + "/" + std::string(id);
    return request_to(method, path, object.empty() ? std::string() : json::serialize(object), account);
}

class SimulatorSender final : public Sender {
 public:
    Result<http::Outgoing> build_send(const Outbound& send, const Credentials& account) const override {
        if (const Result<void> checked = check_send(send); !checked) {
            return checked.error();
        }
        if (send.line.empty()) {
            return errc::bad_line;
        }
        json::object object{{"account", account.account_sid},
                            {"from", send.line},
                            {"to", send.to.reveal()},
                            {"status_url", send.status_url}};
        const CallOut* const call = std::get_if<CallOut>(&send.what);
        if (call == nullptr) {
            const TextOut& text = std::get<TextOut>(send.what);
            object["text"] = text.body.reveal();
            object["validity"] = text.validity.count();
            return request_to("POST", "/messages", json::serialize(object), account);
        }
        object["ring"] = call->ring.count();
        add_script(object, call->what);
        return request_to("POST", "/calls", json::serialize(object), account);
    }
    SendResult read_send(const http::Answer& answer, flows::Instant now) const override {
        return read_send_answer(answer, names, now);
    }
    Reason explain(std::uint32_t code) const override { return explain_twilio_code(code); }

    Result<http::Outgoing> update_call(std::string_view call, const std::variant<Script, Page>& what,
                                       const Credentials& account) const override {
        if (const Result<void> checked = check_script(what); !checked) {
            return checked.error();
        }
        json::object object;
        add_script(object, what);
        return about("POST", "calls", call, object, account);
    }
    Result<http::Outgoing> hang_up(std::string_view call, const Credentials& account) const override {
        return about("POST", "calls", call, {{"end", true}}, account);
    }
    SendResult read_update(const http::Answer& answer, flows::Instant now) const override {
        return read_update_answer(answer, names, now);
    }

    Result<http::Outgoing> list_sent(const Outbound&, const Credentials&) const override {
        return errc::not_offered;
    }
    Result<SentList> read_list(const http::Answer&, const Outbound&, flows::Instant) const override {
        return errc::not_offered;
    }

    Result<http::Outgoing> redact_message(std::string_view id, const Credentials& account) const override {
        return about("POST", "messages", id, {{"text", ""}}, account);
    }
    Result<http::Outgoing> delete_message(std::string_view id, const Credentials& account) const override {
        return about("DELETE", "messages", id, {}, account);
    }
    Result<http::Outgoing> delete_call(std::string_view id, const Credentials& account) const override {
        return about("DELETE", "calls", id, {}, account);
    }
    Erased read_erased(const http::Answer& answer) const override {
        return read_erased_answer(answer, names);
    }
};

}  // namespace

std::unique_ptr<Sender> make_simulator_sender() { return std::make_unique<SimulatorSender>(); }

}  // namespace rightsline::providers
