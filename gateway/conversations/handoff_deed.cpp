// A caller asks for a person: what their script goes on with, as the desk of hand-offs says it.
//
// "ring" and "wait" keep the caller waiting, "prove" asks them for a key first, twice at most, "talk" leads into the room,
// "talk_on" for its last minutes, "ok" is when the talk is over, and everything else takes a message: no roster, nobody on duty,
// nobody who answered, "1", a store that does not answer.
#include <utility>

#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

constexpr const char* message_key = "1";
constexpr const char* proving_key = "7";  // as common.handoff_prove says
// In a hand-off's place while the key is asked for: the first time, and the last.
constexpr const char* asked_once = "?";
constexpr const char* asked_twice = "??";

const char* exit_of(handoff::Reply reply) {
    switch (reply) {
        case handoff::Reply::ring:
            return "ring";
        case handoff::Reply::wait:
            return "wait";
        case handoff::Reply::talk:
            return "talk";
        case handoff::Reply::talk_on:
            return "talk_on";
        case handoff::Reply::goodbye:
            return "ok";
        case handoff::Reply::prove:
            return "prove";
        default:
            return "else";
    }
}

}  // namespace

Awaitable<Deed> Deeds::hand_off(flows::DoRequest request, DeedContext context) {
    if (live_ == nullptr || context.nobody_listens || context.step_url.empty()) {
        co_return exit("else");
    }
    const std::string before = argument(request, "handoff");
    const bool asked_for_key = before == asked_once || before == asked_twice;
    const std::string key = argument(request, "key");
    if (asked_for_key && key != proving_key && (key == message_key || before == asked_twice)) {
        co_return exit("else");
    }
    const std::string known = asked_for_key ? "" : before;
    const std::string named = known.empty() ? context.event : known;  // what begins has the turn's name
    handoff::Caller caller{context.program,  known,           context.event, context.line, context.call,
                           context.step_url, context.language};
    caller.wants_message = key == message_key;
    caller.worker = context.worker;
    caller.pressed_key = (asked_for_key && key == proving_key) || !argument(request, "proved").empty();
    caller.in_danger = context.in_danger;
    caller.deadline = context.budget - CodeTries::for_the_commit;  // else the whole turn would fail
    const Result<handoff::Answer> answer = co_await live_->ask(std::move(caller));
    if (!answer) {
        ops::log(ops::Level::error, "handoff_not_asked", {{"error", answer.error()}});
        // It may have been kept all the same: no phone rings on for a caller who is led to a message.
        live_->leave_meanwhile(context.program, named);
        co_return exit("else");
    }
    Deed deed = exit(exit_of(answer->reply));
    if (answer->reply == handoff::Reply::prove) {
        deed.result.values["handoff"] = asked_for_key ? asked_twice : asked_once;
    }
    if (!answer->hand_off.empty()) {
        deed.result.values["handoff"] = answer->hand_off;
    }
    if (!answer->room.empty()) {
        deed.result.values["room"] = answer->room;
    }
    co_return deed;
}

}  // namespace rightsline::conversations
