#include "gateway/handoff/desk.hpp"
#include "gateway/alerts/hurry.hpp"

#include <array>
#include <utility>

#include "gateway/handoff/choosing.hpp"
#include "gateway/handoff/desk_parts.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::handoff {
namespace {

using namespace timing;

constexpr int tries = 4;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::string fresh_room() {
    std::array<std::uint8_t, 16> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

Answer answer_of(const std::string& id, const Step& step) {
    return {step.reply, id, step.reply == Reply::talk ? step.after.room : ""};
}

}  // namespace

Desk::Desk(DeskServices services) : services_(std::move(services)) {
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
                                           "Steps of a hand-off that could not be kept")});
}

Awaitable<Result<Desk::Loaded>> Desk::load(std::string program, std::string id, Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.document = keys.hand_off(id);
    Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->version == 0) {
        co_return errc::no_such_call;
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, wanted.document, std::move(stored->document)});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    Result<HandOff> value = parse_hand_off(plain->front());
    if (!value) {
        co_return value.error();
    }
    co_return Loaded{std::move(*value), stored->version};
}

HandOff Desk::fresh(const Caller& caller, const alerts::AlertProgram& program, const flows::Pack& pack) {
    const people::Roster& roster = program.roster;
    HandOff one;
    one.until = services_.clock.now() + roster.live->patience;
    one.ring_seconds = roster.live->ring.count();
    one.all_at_once = roster.live->all_at_once;
    one.to_ring = choose(roster, services_.alerts.local_time(program),
                         caller.language.value_or(pack.languages.front()), pack.languages.front());
    one.room = fresh_room();
    one.line = program.line;
    one.caller_line = caller.line;
    one.call = caller.call;
    one.step_url = caller.step_url;
    return one;
}

Awaitable<Result<Answer>> Desk::begin_for(Caller caller) {
    const alerts::AlertProgram* program = services_.alerts.program(caller.program);
    const flows::PackPtr pack = services_.packs.active(caller.program);
    if (program == nullptr || !program->roster.live || !pack) {
        co_return Answer{};
    }
    Step first = begin(fresh(caller, *program, *pack), caller.turn, services_.clock.now());
    if (first.reply == Reply::message) {
        counters_->nobody.add();
        co_return Answer{};
    }
    const Result<redis::Committed> kept =
        co_await keep(caller.program, caller.turn, 0, first, caller.deadline);
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome != redis::Committed::Outcome::committed) {
        caller.hand_off = caller.turn;  // this very turn has begun it before: it gets the same answer
        co_return co_await ask(std::move(caller));
    }
    counters_->begun.add();
    after_commit(caller.program, caller.turn, first, State::over);
    co_return answer_of(caller.turn, first);
}

Awaitable<Result<Answer>> Desk::ask(Caller caller) {
    if (caller.hand_off.empty()) {
        co_return co_await begin_for(std::move(caller));
    }
    Event event{caller.wants_message ? Event::Told::wants_message : Event::Told::asks, 0, caller.turn};
    const std::string id = caller.hand_off;
    for (int i = 0; i < tries; ++i) {
        Result<Loaded> loaded = co_await load(caller.program, id, caller.deadline);
        if (!loaded && loaded.error() == make_error_code(errc::no_such_call)) {
            co_return Answer{};
        }
        if (!loaded) {
            co_return loaded.error();
        }
        const State before = loaded->value.state;
        Step taken = step(std::move(loaded->value), event, services_.clock.now());
        taken.after.step_url = caller.step_url;
        if (!taken.changed) {
            co_return answer_of(id, taken);
        }
        const Result<redis::Committed> kept =
            co_await keep(caller.program, id, loaded->version, taken, caller.deadline);
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
        const Result<redis::Committed> kept = co_await keep(program, id, loaded->version, taken, deadline);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            after_commit(program, id, taken, before);
            co_return taken;
        }
    }
    co_return errc::contended;
}

Awaitable<Result<redis::Committed>> Desk::keep(const std::string& program, const std::string& id,
                                               std::uint64_t version, Step& step, Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    const Result<void> placed = co_await place_rings(program, id, step, commit);
    if (!placed) {
        co_return placed.error();
    }
    const ops::UtcMs now = services_.clock.now();
    commit.document_key = keys.hand_off(id);
    commit.expected_version = version;
    commit.now_ms = ms(now);
    commit.writes.push_back(
        {redis::Op::zadd, keys.hand_offs(), {std::to_string(ms(next_look(step.after, now))), id}});
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, commit.document_key, to_bytes(step.after)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    co_return co_await redis::commit(services_.redis, commit, deadline);
}

Awaitable<Result<void>> Desk::place_rings(const std::string& program, const std::string& id, Step& step,
                                          redis::Commit& commit) {
    for (std::size_t i = 0; i < step.todo.ring.size(); ++i) {
        const std::size_t ring = step.todo.ring[i];
        const Result<void> placed = co_await place(program, id, step, ring, commit);
        if (placed) {
            continue;
        }
        if (placed.error().category() != outbox::category()) {
            co_return placed.error();
        }
        counters_->lost.add();
        ops::log(ops::Level::error, "handoff_ring_impossible", {{"error", placed.error()}});
        Step next =
            handoff::step(std::move(step.after), Event{Event::Told::ends, ring}, services_.clock.now());
        step.after = std::move(next.after);
        step.todo.ring.insert(step.todo.ring.end(), next.todo.ring.begin(), next.todo.ring.end());
        step.todo.nudge = step.todo.nudge || next.todo.nudge;
        if (step.after.state == State::message && step.reply == Reply::ring) {  // nobody of them can be rung
            step.reply = step.after.answered = Reply::message;
            step.todo.nudge = false;
        }
    }
    co_return Result<void>();
}

/// One call, as an alert's is made: no STOP of texts holds it back, and it is begun in its time or not at all.
Awaitable<Result<void>> Desk::place(const std::string& program, const std::string& id, const Step& step,
                                    std::size_t ring, redis::Commit& commit) {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    const people::Person* person =
        context == nullptr ? nullptr : context->roster.find(step.after.rings[ring - 1].person);
    if (person == nullptr) {
        co_return outbox::make_error_code(outbox::errc::no_line);  // who left the roster meanwhile
    }
    std::string message = message_id(id, ring);
    const Result<alerts::CallPage> page = co_await page_of(program, message);
    if (!page) {
        co_return page.error();
    }
    const std::chrono::seconds rings(step.after.ring_seconds);
    const ops::UtcMs now = services_.clock.now();
    const ops::UtcMs due = outbox::at_once(alerts::rank_of_callers(), now);
    outbox::Message call{outbox::Lane::alert, person->phone, "", outbox::Call{live_path_of(*page), rings}, 0,
                         now + rings};
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(step.after.line, std::move(message), std::move(call), due);
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    co_return Result<void>();
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
    if (step.todo.nudge || !step.todo.stop.empty() || !step.todo.send.empty()) {
        services_.spawn(move_legs(program, id, step.after, step.todo));
    }
}

}  // namespace rightsline::handoff
