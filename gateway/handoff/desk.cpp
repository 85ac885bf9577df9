#include "gateway/handoff/desk.hpp"

#include <algorithm>
#include <utility>

#include "gateway/handoff/desk_parts.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/handoff/seeded_bugs.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/sealed_document.hpp"

namespace rightsline::handoff {
namespace {

using namespace timing;

constexpr int tries = 4;

/// A phone that begins to ring after it was to stop: only now does it have a name by which it can be.
bool rings_in_vain(const HandOff& hand_off, const Event& event) {
    return event.told == Event::Told::looks && hand_off.rings[event.ring - 1].stage == Ring::Stage::ended;
}

Answer answer_of(const std::string& id, const Step& step) {
    const bool into_room = step.reply == Reply::talk || step.reply == Reply::talk_on;
    return {step.reply, id, into_room ? step.after.room : ""};
}

}  // namespace

Desk::Desk(DeskServices services)
    : services_(std::move(services)),
      gate_({services_.redis, services_.vault, services_.clock, services_.metrics, services_.spawn,
             services_.alarm}) {
    const auto count = [this](ops::Label outcome) -> ops::Counter& {
        return services_.metrics.counter("rightsline_handoffs_total",
                                         "Callers who asked for a person, by what came of it",
                                         {{ops::Dimension::outcome, outcome}});
    };
    counters_ = std::make_shared<Counters>(
        Counters{count("begun"), count("taken"), count("message"), count("nobody"),
                 services_.metrics.counter("rightsline_handoff_rings_lost_total",
                                           "Calls to people of a roster that could not leave"),
                 services_.metrics.counter("rightsline_handoff_steps_failed_total",
                                           "Steps of a hand-off that could not be kept"),
                 services_.metrics.counter("rightsline_handoffs_unreadable_total",
                                           "Hand-offs that nobody could open, given up")});
}

Awaitable<Result<Desk::Loaded>> Desk::load(std::string program, std::string id, Deadline deadline) {
    std::string key = stores::Keyspace(program).hand_off(id);
    const Result<stores::SealedDocument> stored = co_await stores::load_sealed(
        services_.redis, services_.vault, vault::Purpose::conversation, std::move(key), deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->version == 0) {
        co_return errc::no_such_call;
    }
    Result<HandOff> value = parse_hand_off(stored->plain);
    if (!value) {
        co_return value.error();
    }
    co_return Loaded{std::move(*value), stored->version};
}

/// This very turn may have begun it before, in an attempt that was lost: then it gets the same answer. Else a cap became full
/// meanwhile, somebody was put on a list, or the day's money is spent: there is none of that name, and it is the message.
Awaitable<Result<Answer>> Desk::put_through(Caller caller, Step first, std::vector<redis::Write> conditions) {
    name_with_bug(caller.turn);
    Moved moved{caller.program, caller.turn, std::nullopt, 0, Event::Told::asks, caller.deadline};
    moved.conditions = std::move(conditions);
    const Result<redis::Committed> kept = co_await keep(std::move(moved), first);
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome != redis::Committed::Outcome::committed) {
        caller.hand_off = caller.turn;
        co_return co_await ask(std::move(caller));
    }
    if (first.after.rings.empty()) {  // a conflict keeps away all who could be rung
        counters_->nobody.add();
        services_.alarm(alerts::Matter::callers, 1);
        co_return answer_of(caller.turn, first);
    }
    counters_->begun.add();
    after_commit(caller.program, caller.turn, first, State::ringing);
    co_return answer_of(caller.turn, first);
}

Awaitable<Result<Answer>> Desk::ask(Caller caller) {
    if (caller.hand_off.empty()) {
        co_return co_await begin_for(std::move(caller));
    }
    Event event{caller.wants_message ? Event::Told::wants_message : Event::Told::asks, 0, caller.turn};
    event.in_danger = caller.in_danger;
    const std::string id = caller.hand_off;
    for (int i = 0; i < tries; ++i) {
        Result<Loaded> loaded = co_await load(caller.program, id, caller.deadline);
        if (!loaded && loaded.error() == make_error_code(errc::no_such_call)) {
            co_return Answer{};
        }
        if (!loaded) {
            co_return loaded.error();
        }
        Moved moved{caller.program, id, loaded->value, loaded->version, event.told, caller.deadline};
        const State before = loaded->value.state;
        Step taken = step(std::move(loaded->value), event, services_.clock.now());
        taken.after.step_url = caller.step_url;
        if (!taken.changed) {
            co_return answer_of(id, taken);
        }
        const Result<redis::Committed> kept = co_await keep(std::move(moved), taken);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            after_commit(caller.program, id, taken, before);
            co_return answer_of(id, taken);
        }
    }
    co_return errc::contended;
}

Awaitable<Result<Step>> Desk::take(std::string program, std::string id, Event event, std::string call,
                                   Deadline deadline) {
    for (int i = 0; i < tries; ++i) {
        Result<Loaded> loaded = co_await load(program, id, deadline);
        if (!loaded) {
            co_return loaded.error();
        }
        Moved moved{program, id, loaded->value, loaded->version, event.told, deadline, {}, event.by};
        HandOff& value = loaded->value;
        const bool named = event.ring != 0 && event.ring <= value.rings.size() && !call.empty() &&
                           value.rings[event.ring - 1].call != call;
        if (named) {
            value.rings[event.ring - 1].call = call;
        }
        const State before = value.state;
        Step taken = step(std::move(value), event, services_.clock.now());
        if (!taken.changed && !named) {
            co_return taken;
        }
        const Result<redis::Committed> kept = co_await keep(std::move(moved), taken);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            if (named && rings_in_vain(taken.after, event)) {
                taken.todo.stop.push_back(event.ring);
            }
            after_commit(program, id, taken, before);
            co_return taken;
        }
    }
    co_return errc::contended;
}

void Desk::after_commit(const std::string& program, const std::string& id, const Step& step, State before) {
    if (!step.todo.ring.empty()) {
        services_.posted();
    }
    if (before != State::joining && step.after.state == State::joining) {
        counters_->taken.add();
    }
    if (before != State::message && step.after.state == State::message) {
        counters_->message.add();
    }
    if (before == State::ringing && step.after.state == State::message && none_could_be_rung(step.after)) {
        ops::log(ops::Level::error, "handoff_reached_no_phone");
        services_.alarm(alerts::Matter::callers, 1);
    }
    if (step.todo.nudge || !step.todo.stop.empty() || !step.todo.send.empty()) {
        services_.spawn(move_legs(program, id, step.after, step.todo));
    }
}

}  // namespace rightsline::handoff
