// Legs that are moved at once: the caller's is called back from its wait, the other phones stop ringing.
//
// Each is asked for once and may fail: the caller comes by within ten seconds anyway, and a phone that rings on learns on
// being answered that it is too late.
#include "gateway/handoff/legs.hpp"

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

Awaitable<void> Legs::hang_up(std::string line, std::string call) {
    const outbox::LineOut* out = outbox_->find(line);
    if (out == nullptr || call.empty()) {
        co_return;
    }
    Result<http::Outgoing> request = out->sender->hang_up(call, *out->credentials);
    co_await ask(std::move(request), *out);
}

Awaitable<void> Legs::send_to(std::string line, std::string call, std::string url) {
    const outbox::LineOut* out = outbox_->find(line);
    if (out == nullptr || call.empty()) {
        co_return;
    }
    Result<http::Outgoing> request =
        out->sender->update_call(call, providers::Page{std::move(url) + we_come_by}, *out->credentials);
    co_await ask(std::move(request), *out);
}

Awaitable<void> Legs::send_to_path(std::string line, std::string call, std::string path) {
    const outbox::LineOut* out = outbox_->find(line);
    if (out != nullptr) {
        std::string url = out->hooks_url + path;
        co_await send_to(std::move(line), std::move(call), std::move(url));
    }
}

Awaitable<void> Legs::ask(Result<http::Outgoing> request, const outbox::LineOut& out) {
    if (!request) {
        ops::log(ops::Level::debug, "handoff_leg_not_asked", {{"error", request.error()}});
        co_return;
    }
    const Deadline in_time = clock_->in(leg_budget);
    const http::Fate fate = co_await outside_->send(std::move(*request), in_time);
    const bool moved = fate.answer && std::holds_alternative<providers::Accepted>(
                                          out.sender->read_update(*fate.answer, clock_->now()));
    if (!moved) {
        ops::log(ops::Level::warn, "handoff_leg_not_moved");
    }
}

Awaitable<void> Desk::move_legs(std::string program, std::string id, HandOff hand_off, Todo todo) {
    for (const std::size_t ring : todo.stop) {
        services_.spawn(stop(hand_off.line, hand_off.rings[ring - 1].call));
    }
    for (const std::size_t ring : todo.send) {
        services_.spawn(
            send_away(program, message_id(id, ring), hand_off.line, hand_off.rings[ring - 1].call));
    }
    if (todo.nudge) {
        Legs legs(services_.outbox, services_.outside, services_.clock);
        co_await legs.send_to(hand_off.caller_line, hand_off.call, hand_off.step_url);
    }
}

Awaitable<void> Desk::stop(std::string line, std::string call) {
    Legs legs(services_.outbox, services_.outside, services_.clock);
    co_await legs.hang_up(std::move(line), std::move(call));
}

Awaitable<void> Desk::send_away(std::string program, std::string message, std::string line,
                                std::string call) {
    const Result<alerts::CallPage> page = co_await page_of(std::move(program), std::move(message));
    if (page) {
        Legs legs(services_.outbox, services_.outside, services_.clock);
        co_await legs.send_to_path(std::move(line), std::move(call), live_path_of(*page));
    }
}

}  // namespace rightsline::handoff
