// Legs that are moved at once: the caller's is called back from its wait, the other phones stop ringing.
//
// Each is asked for once and may fail: the caller comes by within ten seconds anyway, and a phone that rings on learns on
// being answered that it is too late. Nothing of what a provider says is kept or logged.
#include <utility>

#include "gateway/handoff/desk_parts.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::handoff {
namespace {

using namespace timing;

// We come by: the very turn that the wait would have ended with. Where the caller's own key was quicker, what that turn was
// answered is said again, and no call ends for it.
constexpr const char* we_come_by = "&e=c";

}  // namespace

Awaitable<void> Desk::move_legs(std::string program, std::string id, HandOff hand_off, Todo todo) {
    if (todo.nudge) {
        co_await nudge(hand_off);
    }
    for (const std::size_t ring : todo.stop) {
        co_await stop_ring(hand_off.line, hand_off.rings[ring - 1].call);
    }
    for (const std::size_t ring : todo.send) {
        co_await send_away(program, message_id(id, ring), hand_off.line, hand_off.rings[ring - 1].call);
    }
}

Awaitable<void> Desk::nudge(HandOff hand_off) {
    const outbox::LineOut* out = services_.outbox.find(hand_off.caller_line);
    if (out == nullptr || hand_off.call.empty()) {
        co_return;
    }
    Result<http::Outgoing> request = out->sender->update_call(
        hand_off.call, providers::Page{hand_off.step_url + we_come_by}, *out->credentials);
    co_await ask_provider(std::move(request), *out);
}

/// Of a phone whose call the provider has not named yet nothing can be asked: whoever answers it hears that it is too late.
Awaitable<void> Desk::stop_ring(std::string line, std::string call) {
    const outbox::LineOut* out = services_.outbox.find(line);
    if (out == nullptr || call.empty()) {
        co_return;
    }
    Result<http::Outgoing> request = out->sender->hang_up(call, *out->credentials);
    co_await ask_provider(std::move(request), *out);
}

Awaitable<void> Desk::send_away(std::string program, std::string message, std::string line,
                                std::string call) {
    const outbox::LineOut* out = services_.outbox.find(line);
    const Result<alerts::CallPage> page = co_await page_of(std::move(program), std::move(message));
    if (out == nullptr || call.empty() || !page) {
        co_return;
    }
    Result<http::Outgoing> request = out->sender->update_call(
        call, providers::Page{out->hooks_url + live_path_of(*page) + we_come_by}, *out->credentials);
    co_await ask_provider(std::move(request), *out);
}

Awaitable<void> Desk::ask_provider(Result<http::Outgoing> request, const outbox::LineOut& out) {
    if (!request) {
        ops::log(ops::Level::debug, "handoff_leg_not_asked", {{"error", request.error()}});
        co_return;
    }
    const Deadline in_time = services_.clock.in(leg_budget);
    const http::Fate fate = co_await services_.outside.send(std::move(*request), in_time);
    const bool moved = fate.answer && std::holds_alternative<providers::Accepted>(
                                          out.sender->read_update(*fate.answer, services_.clock.now()));
    if (!moved) {
        ops::log(ops::Level::warn, "handoff_leg_not_moved");
    }
}

}  // namespace rightsline::handoff
