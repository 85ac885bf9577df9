// A caller asks for a person: what their script goes on with, as the desk of hand-offs says it.
//
// "ring" and "wait" keep the caller waiting, "talk" leads into the room, "ok" is when the talk is over, and everything else
// takes a message: no roster, nobody on duty, nobody who answered, "1", a store that does not answer.
#include <utility>

#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

constexpr const char* message_key = "1";

const char* exit_of(handoff::Reply reply) {
    switch (reply) {
        case handoff::Reply::ring:
            return "ring";
        case handoff::Reply::wait:
            return "wait";
        case handoff::Reply::talk:
            return "talk";
        case handoff::Reply::goodbye:
            return "ok";
        default:
            return "else";
    }
}

}  // namespace

Awaitable<Deed> Deeds::hand_off(flows::DoRequest request, DeedContext context) {
    if (live_ == nullptr || context.nobody_listens || context.step_url.empty()) {
        co_return exit("else");
    }
    const std::string known = argument(request, "handoff");
    const std::string named = known.empty() ? context.event : known;  // what begins has the turn's name
    handoff::Caller caller{context.program,  known,           context.event, context.line, context.call,
                           context.step_url, context.language};
    caller.wants_message = argument(request, "key") == message_key;
    caller.deadline = context.budget - CodeTries::for_the_commit;  // else the whole turn would fail
    const Result<handoff::Answer> answer = co_await live_->ask(std::move(caller));
    if (!answer) {
        ops::log(ops::Level::error, "handoff_not_asked", {{"error", answer.error()}});
        // It may have been kept all the same: no phone rings on for a caller who is led to a message.
        live_->leave_meanwhile(context.program, named);
        co_return exit("else");
    }
    Deed deed = exit(exit_of(answer->reply));
    if (!answer->hand_off.empty()) {
        deed.result.values["handoff"] = answer->hand_off;
    }
    if (!answer->room.empty()) {
        deed.result.values["room"] = answer->room;
    }
    co_return deed;
}

}  // namespace rightsline::conversations
