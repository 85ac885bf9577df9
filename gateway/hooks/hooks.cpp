#include "gateway/hooks/hooks.hpp"

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "gateway/hooks/hook_parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/signing_key.hpp"

namespace rightsline::hooks {
namespace {

constexpr const char* not_signed = "the signature is missing or wrong\n";

/// Of what anybody on the internet can cause.
void tell_rarely(ops::RareLine& line, std::chrono::steady_clock::time_point now, ops::Label what,
                 boost::system::error_code error = {}) {
    const std::int64_t times = line.due(now);
    if (times != 0 && error) {
        ops::log(ops::Level::warn, what, {{"error", error}, {"times", times}});
    } else if (times != 0) {
        ops::log(ops::Level::warn, what, {{"times", times}});
    }
}

conversations::LineContext context_of(const Directory& directory, const Line& line) {
    conversations::LineContext context;
    context.program = line.program;
    context.account = line.account;
    context.provider = directory.accounts.at(line.account).provider.get();
    context.language = line.language;
    context.free = line.free;
    context.texts = line.modes.empty() || line.modes.contains(flows::Mode::sms);
    context.copies = directory.accounts.at(line.account).copies;
    context.hooks_url = directory.public_url + "/hooks/" + line.account;
    context.urls.media = directory.public_url + "/media/";
    context.urls.message_status = context.hooks_url + "/status";
    context.urls.recording_status = context.hooks_url + "/recording?p=" + line.program;
    return context;
}

}  // namespace

Hooks::Hooks(const Directory& directory, HookServices services)
    : directory_(directory), services_(std::move(services)) {
    ops::Metrics& metrics = services_.metrics;
    using ops::Dimension;
    const auto hooks = [&](ops::Label outcome) -> ops::Counter& {
        return metrics.counter("rightsline_webhook_requests_total", "Webhooks by what became of them",
                               {{Dimension::outcome, outcome}});
    };
    const auto receipts = [&](ops::Label status) -> ops::Counter& {
        return metrics.counter("rightsline_delivery_receipts_total", "Delivery receipts by their final word",
                               {{Dimension::status, status}});
    };
    counters_ = std::make_shared<Counters>(
        Counters{hooks("taken"), hooks("bad_signature"), hooks("unknown"), hooks("malformed"),
                 receipts("delivered"), receipts("undelivered"),
                 metrics.histogram("rightsline_webhook_duration_seconds", "From the request to its answer",
                                   ops::latency_bounds())});
    for (const auto& [number, line] : directory.lines) {
        contexts_.emplace(number, context_of(directory, line));
    }
}

Awaitable<http::Response> Hooks::handle(providers::Hook hook, std::string account,
                                        const http::Request& request) {
    const auto started = std::chrono::steady_clock::now();
    const auto known = directory_.accounts.find(account);
    if (known == directory_.accounts.end()) {
        counters_->unknown.add();
        tell_rarely(strangers_, started, "webhook_of_unknown_account");
        co_return refuse(
            403, not_signed);  // as for a wrong signature: a stranger cannot try out which accounts we have
    }
    const Account& at = known->second;
    const Result<void> verified =
        at.provider->verify(request, directory_.public_url + request.target, at.credentials);
    if (!verified) {
        counters_->unsigned_.add();
        tell_rarely(unsigned_, started, "webhook_refused", verified.error());
        co_return refuse(403, not_signed);
    }
    Result<providers::Inbound> inbound = at.provider->decode(hook, request, at.credentials);
    if (!inbound && inbound.error() == providers::make_error_code(providers::errc::of_no_interest)) {
        co_return refuse(204, "");
    }
    if (!inbound && inbound.error() == providers::make_error_code(providers::errc::not_for_us)) {
        counters_->unknown.add();
        ops::log(ops::Level::warn, "webhook_of_another_account");
        co_return refuse(403, "the request names another account\n");
    }
    if (!inbound) {
        counters_->malformed.add();
        ops::log(ops::Level::warn, "webhook_malformed", {{"error", inbound.error()}});
        co_return refuse(400, "the request is signed but not understood\n");
    }
    http::Response response = co_await turn(*inbound, account, request);
    const auto loop = co_await boost::asio::this_coro::executor;
    ops::wipe_stack_soon(loop);
    counters_->seconds.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    co_return response;
}

Awaitable<http::Response> Hooks::turn(const providers::Inbound& inbound, const std::string& name,
                                      const http::Request& request) {
    if (inbound.hook == providers::Hook::message_status) {
        co_return co_await receipt(inbound);
    }
    if (inbound.hook == providers::Hook::page) {
        co_return co_await page(inbound, name, request);
    }
    if (inbound.hook == providers::Hook::recording) {
        co_return co_await recording(inbound, name);
    }
    const auto line = directory_.lines.find(inbound.line);
    if (line == directory_.lines.end() || line->second.account != name) {
        counters_->unknown.add();
        ops::log(ops::Level::warn, "line_unknown");
        co_return refuse(404, "no such line\n");
    }
    const std::set<flows::Mode>& modes = line->second.modes;
    if (!modes.empty() && !modes.contains(inbound.mode)) {
        counters_->unknown.add();
        ops::log(ops::Level::warn, "line_does_not_take_this", {{"mode", inbound.mode}});
        co_return refuse(404, "this line does not take that\n");
    }
    if (is_of_recorder(inbound)) {
        co_return co_await open_door(inbound);
    }
    const bool step = inbound.hook == providers::Hook::voice_step;
    if (step) {
        const bool right = co_await right_step(name, inbound);
        if (!right) {
            counters_->malformed.add();
            co_return refuse(400, "this is not a step of this call\n");
        }
    }
    counters_->taken.add();
    co_return co_await take(inbound);
}

Awaitable<http::Response> Hooks::take(const providers::Inbound& inbound) {
    const conversations::LineContext& line = contexts_.at(inbound.line);
    if (may_answer_alert(line, inbound)) {
        std::optional<http::Response> answered = co_await answer_alert(line, inbound);
        if (answered) {
            co_return std::move(*answered);
        }
    }
    std::optional<missed::Wish> wish = wish_of(line, inbound);
    if (wish) {
        std::optional<http::Response> called = co_await call_back(std::move(*wish), line, inbound);
        if (called) {
            co_return std::move(*called);
        }
    }
    co_return co_await services_.turns.take(line, inbound);
}

/// Of a phone on the roster. Nothing of a worker's is copied for it.
bool Hooks::may_answer_alert(const conversations::LineContext& line,
                             const providers::Inbound& inbound) const {
    const bool text =
        inbound.mode == flows::Mode::sms && std::holds_alternative<flows::Texted>(inbound.event);
    const bool answered = inbound.carrier_answered_stop || inbound.carrier_answered_help;
    return text && inbound.worker && !answered &&
           services_.alerts.is_on_roster(line.program, *inbound.worker);
}

Awaitable<std::optional<http::Response>> Hooks::answer_alert(const conversations::LineContext& line,
                                                             const providers::Inbound& inbound) {
    alerts::AlertDesk::Text text{inbound.worker->reveal(),
                                 std::get<flows::Texted>(inbound.event).body.reveal(),
                                 conversations::event_name(line, inbound)};
    std::optional<std::string> words = co_await services_.alerts.answer_text(line.program, std::move(text));
    if (!words) {
        co_return std::nullopt;
    }
    flows::Text said;
    said.body = std::move(*words);
    const std::vector<flows::Action> actions{std::move(said)};
    co_return line.provider->encode(inbound.hook, actions, line.urls);
}

Awaitable<http::Response> Hooks::page(const providers::Inbound& inbound, const std::string& name,
                                      const http::Request& request) {
    std::optional<alerts::CallPage> asked = alerts::parse_page(request.query());
    if (!asked) {
        counters_->malformed.add();
        co_return refuse(400, "this is no page of ours\n");
    }
    if (callbacks::is_back_page(request.path())) {
        co_return co_await back_page(inbound, name, std::move(*asked), request);
    }
    if (missed::is_missed_page(request.path())) {
        co_return co_await missed_page(inbound, name, std::move(*asked), request);
    }
    if (prompt_calls::is_prompts_page(request.path())) {
        co_return co_await prompts_page(inbound, name, std::move(*asked), request);
    }
    providers::ReturnUrls urls;
    const bool live = handoff::is_live_page(request.path());
    urls.step = directory_.public_url + "/hooks/" + name +
                (live ? handoff::live_path_of(*asked) : alerts::path_of(*asked));
    urls.media = directory_.public_url + "/media/";
    std::optional<std::vector<flows::Action>> actions;
    if (live && services_.live != nullptr) {
        actions = co_await services_.live->answer_call(std::move(*asked), inbound.event, inbound.call);
    } else if (!live) {
        actions = co_await services_.alerts.answer_call(std::move(*asked), inbound.event);
    }
    if (!actions) {
        counters_->unknown.add();
        co_return refuse(404, "no such page\n");
    }
    counters_->taken.add();
    co_return directory_.accounts.at(name).provider->encode(inbound.hook, *actions, urls);
}

/// A leg of a call to a worker: the address that the next key comes to says how many codes were tried.
Awaitable<http::Response> Hooks::back_page(const providers::Inbound& inbound, const std::string& name,
                                           alerts::CallPage asked, const http::Request& request) {
    callbacks::Heard heard{inbound.event, inbound.call, inbound.by_machine,
                           callbacks::codes_tried(request.query())};
    const alerts::CallPage page = asked;
    std::optional<callbacks::Said> said;
    if (services_.back != nullptr) {
        said = co_await services_.back->answer_page(std::move(asked), std::move(heard));
    }
    if (!said) {
        counters_->unknown.add();
        co_return refuse(404, "no such page\n");
    }
    counters_->taken.add();
    providers::ReturnUrls urls;
    urls.step = directory_.public_url + "/hooks/" + name + callbacks::back_path_of(page, said->nth);
    urls.media = directory_.public_url + "/media/";
    co_return directory_.accounts.at(name).provider->encode(inbound.hook, said->actions, urls);
}

Awaitable<bool> Hooks::right_step(const std::string& account, const providers::Inbound& inbound) {
    const Result<std::string> mac = co_await services_.turns.step_mac(account, inbound.call, inbound.turn);
    const bool right = mac.has_value() && providers::same_in_constant_time(*mac, inbound.step_mac);
    co_return right;
}

std::string Hooks::program_of(const std::string& account, const std::string& named) const {
    std::set<std::string> programs;
    for (const auto& [number, line] : directory_.lines) {
        if (line.account == account) {
            programs.insert(line.program);
        }
    }
    if (named.empty() && programs.size() == 1) {
        return *programs.begin();
    }
    return programs.contains(named) ? named : std::string();
}

Awaitable<http::Response> Hooks::recording(providers::Inbound inbound, std::string account) {
    conversations::LineContext context;
    context.program = program_of(account, inbound.program);
    if (context.program.empty()) {
        counters_->unknown.add();
        ops::log(ops::Level::error, "recording_of_no_program");
        co_return refuse(404, "no such program\n");
    }
    context.account = std::move(account);
    const Result<void> heard =
        co_await services_.turns.hear_of_recording(std::move(context), std::move(inbound));
    if (!heard) {
        ops::log(ops::Level::warn, "recording_news_not_written", {{"error", heard.error()}});
        co_return refuse(503, "");
    }
    co_return refuse(204, "");
}

}  // namespace rightsline::hooks
