// A caller asks for the first time: who could be rung for them, whom a conflict keeps away, and whether the gate lets them through.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "gateway/handoff/choosing.hpp"
#include "gateway/handoff/conflicts.hpp"
#include "gateway/handoff/desk_parts.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::handoff {
namespace {

std::string fresh_room() {
    std::array<std::uint8_t, 16> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

/// Whether anybody of the roster could ever be rung for a caller.
bool anybody_answers(const people::Roster& roster) {
    return std::ranges::any_of(roster.order, [&](std::size_t one) { return roster.people[one].calls; });
}

}  // namespace

bool Desk::asks_gender(const std::string& program) const {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    return context != nullptr && context->roster.live && context->roster.live->asks_gender;
}

HandOff Desk::fresh(const Caller& caller, const alerts::AlertProgram& program, const flows::Pack& pack) {
    const people::Roster& roster = program.roster;
    HandOff one;
    one.until = services_.clock.now() + roster.live->patience;
    one.wait_seconds = roster.live->patience.count();
    one.ring_seconds = roster.live->ring.count();
    one.all_at_once = roster.live->all_at_once;
    one.in_danger = caller.in_danger;
    one.to_ring =
        choose(roster, services_.alerts.local_time(program), caller.language.value_or(pack.languages.front()),
               pack.languages.front(), caller.gender);
    one.gender = caller.gender;
    one.case_id = caller.case_id;
    one.room = fresh_room();
    one.line = program.line;
    one.caller_line = caller.line;
    one.call = caller.call;
    one.step_url = caller.step_url;
    return one;
}

Asking Desk::asking(const Caller& caller, const HandOff& wish, const people::Roster& roster) const {
    Asking asked{caller.program, caller.turn, caller.worker, caller.pressed_key};
    asked.in_danger = caller.in_danger;
    asked.caps = roster.live->caps;
    asked.phones = static_cast<std::int64_t>(wish.to_ring.size());
    const outbox::LineOut* line = services_.outbox.find(wish.line);
    asked.calls_a_day = line == nullptr ? 0 : line->limits.sends_a_day;
    asked.also = conflict_keys(stores::Keyspace(caller.program), wish.case_id);
    asked.deadline = caller.deadline;
    return asked;
}

Answer Desk::nobody_for(const Caller& caller, const alerts::AlertProgram& program, const flows::Pack& pack) {
    Caller anybody = caller;
    anybody.gender.clear();
    if (!caller.gender.empty() && !fresh(anybody, program, pack).to_ring.empty()) {
        return Answer{Reply::none_such};
    }
    counters_->nobody.add();
    if (!anybody_answers(program.roster)) {
        services_.alarm(alerts::Matter::callers, 1);
    }
    return Answer{};
}

Awaitable<Result<Answer>> Desk::begin_for(Caller caller) {
    const alerts::AlertProgram* program = services_.alerts.program(caller.program);
    const flows::PackPtr pack = services_.packs.active(caller.program);
    if (program == nullptr || !program->roster.live || !pack) {
        co_return Answer{};
    }
    HandOff wish = fresh(caller, *program, *pack);
    if (wish.to_ring.empty()) {
        co_return nobody_for(caller, *program, *pack);
    }
    Asking asked = asking(caller, wish, program->roster);
    Result<Admitted> admitted = co_await gate_.admit(std::move(asked));
    if (!admitted) {
        co_return admitted.error();
    }
    using What = Admitted::What;
    if (admitted->what == What::message || admitted->what == What::key_first) {
        co_return Answer{admitted->what == What::message ? Reply::message : Reply::prove};
    }
    if (admitted->what == What::begun_before) {
        caller.hand_off = caller.turn;
        co_return co_await ask(std::move(caller));
    }
    std::optional<std::vector<redis::Write>> unchanged =
        co_await pass_over(caller.program, wish, std::move(admitted->also));
    if (!unchanged) {
        co_return Answer{};
    }
    if (wish.to_ring.empty() && !wish.gender.empty()) {
        co_return Answer{
            Reply::none_such};  // whether anybody else may have them is seen when they ask for anybody
    }
    std::move(unchanged->begin(), unchanged->end(), std::back_inserter(admitted->conditions));
    Step first = begin(std::move(wish), caller.turn, services_.clock.now());
    co_return co_await put_through(std::move(caller), std::move(first), std::move(admitted->conditions));
}

/// Where it cannot be read anybody may be of the employer's side: then the caller leaves a message, which is sealed.
Awaitable<std::optional<std::vector<redis::Write>>> Desk::pass_over(
    std::string program, HandOff& hand_off, std::vector<std::optional<std::string>> stored) {
    const std::vector<std::string> keys = conflict_keys(stores::Keyspace(program), hand_off.case_id);
    Result<Conflicts> conflicts = co_await open_conflicts(services_.vault, keys, std::move(stored));
    if (!conflicts) {
        counters_->failed.add();
        ops::log(ops::Level::error, "handoff_conflicts_unreadable", {{"error", conflicts.error()}});
        services_.alarm(alerts::Matter::callers, 1);
        co_return std::nullopt;
    }
    const auto kept_out = [&](const std::string& one) { return conflicts->work.keeps_out(one); };
    std::ranges::copy_if(hand_off.to_ring, std::back_inserter(hand_off.passed_over), kept_out);
    std::erase_if(hand_off.to_ring, kept_out);
    co_return std::move(conflicts->unchanged);
}

}  // namespace rightsline::handoff
