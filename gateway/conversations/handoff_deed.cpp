// A caller asks for a person: what their script goes on with, as the desk of hand-offs says it.
//
// "ring" and "wait" keep the caller waiting, "prove" asks them for a key first, twice at most, "talk" leads into the room,
// "talk_on" for its last minutes, "ok" is when the talk is over, "nobody" that nobody is there whom they asked for
// by gender, and everything else takes a message: no roster, nobody on duty,
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
        case handoff::Reply::none_such:
            return "nobody";
        default:
            return "else";
    }
}

/// What the call's next turn has to know of it.
template <class Values>
void keep_in_call(const handoff::Answer& answer, bool asked_for_key, Values& values) {
    if (answer.reply == handoff::Reply::prove) {
        values["handoff"] = asked_for_key ? asked_twice : asked_once;
    }
    if (!answer.hand_off.empty()) {
        values["handoff"] = answer.hand_off;
    }
    if (!answer.room.empty()) {
        values["room"] = answer.room;
    }
}

}  // namespace

/// Whether the caller is asked by whom they would rather be answered: where a roster says so, and somebody hears the question.
Deed Deeds::look_at_roster(const DeedContext& context) const {
    const bool asks = live_ != nullptr && !context.nobody_listens && live_->asks_gender(context.program);
    return exit(asks ? "ok" : "else");
}

Awaitable<Deed> Deeds::hand_off(flows::DoRequest request, DeedContext context) {
    const std::string before = argument(request, "handoff");
    const bool asked_for_key = before == asked_once || before == asked_twice;
    const std::string known = asked_for_key ? "" : before;
    const std::string named = known.empty() ? context.event : known;  // what begins has the turn's name
    if (live_ != nullptr && context.nobody_listens) {  // this very turn may have begun it before
        live_->leave_meanwhile(context.program, named);
    }
    if (live_ == nullptr || context.nobody_listens || context.step_url.empty()) {
        co_return exit("else");
    }
    const std::string key = argument(request, "key");
    if (asked_for_key && key != proving_key && (key == message_key || before == asked_twice)) {
        co_return exit("else");
    }
    handoff::Caller caller{context.program,  known,           context.event, context.line, context.call,
                           context.step_url, context.language};
    caller.wants_message = key == message_key;
    caller.worker = context.worker;
    caller.pressed_key = (asked_for_key && key == proving_key) || !argument(request, "proved").empty();
    caller.in_danger = context.in_danger;
    caller.case_id = context.case_id;
    caller.gender = argument(request, "gender");
    caller.deadline = context.budget - CodeTries::for_the_commit;  // else the whole turn would fail
    const Result<handoff::Answer> answer = co_await live_->ask(std::move(caller));
    if (!answer) {
        ops::log(ops::Level::error, "handoff_not_asked", {{"error", answer.error()}});
        // It may have been kept all the same: no phone rings on for a caller who is led to a message.
        live_->leave_meanwhile(context.program, named);
        co_return exit("else");
    }
    Deed deed = exit(exit_of(answer->reply));
    keep_in_call(*answer, asked_for_key, deed.result.values);
    co_return deed;
}

}  // namespace rightsline::conversations
