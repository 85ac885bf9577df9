// One step of a hand-off, kept: its document, the calls that it begins or takes back, its entries in the audit; one commit.
#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/alerts/hurry.hpp"
#include "gateway/handoff/account.hpp"
#include "gateway/handoff/desk_parts.hpp"
#include "gateway/handoff/seeded_bugs.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/error.hpp"

namespace rightsline::handoff {
namespace {

constexpr const char* may = "1";

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

bool rings_in(const std::optional<HandOff>& hand_off, std::size_t ring) {
    return hand_off && ring < hand_off->rings.size() && hand_off->rings[ring].stage != Ring::Stage::ended;
}

/// Which phones may begin to ring: what is over is taken back out of the outbox, should it still be there.
void allow_rings(const std::string& key, const std::optional<HandOff>& before, const HandOff& after,
                 std::vector<redis::Write>& writes) {
    for (std::size_t i = 0; i < after.rings.size(); ++i) {
        const bool now = after.rings[i].stage != Ring::Stage::ended;
        const bool was = rings_in(before, i);
        if (now && !was) {
            writes.push_back({redis::Op::hset, key, {std::to_string(i + 1), may}});
        } else if (was && !now) {
            writes.push_back({redis::Op::hdel, key, {std::to_string(i + 1)}});
        }
    }
}

}  // namespace

Awaitable<Result<redis::Committed>> Desk::keep(Moved moved, Step& step) {
    const stores::Keyspace keys(moved.program);
    redis::Commit commit;
    const Result<void> placed = co_await place_rings(moved.program, moved.id, step, commit);
    if (!placed) {
        co_return placed.error();
    }
    const ops::UtcMs now = services_.clock.now();
    commit.document_key = keys.hand_off(moved.id);
    commit.expected_version = moved.version;
    commit.now_ms = ms(now);
    std::move(moved.conditions.begin(), moved.conditions.end(), std::back_inserter(commit.writes));
    allow_rings(keys.may_ring(moved.id), moved.before, step.after, commit.writes);
    commit.writes.push_back(
        {redis::Op::zadd, keys.hand_offs(), {std::to_string(ms(next_look(step.after, now))), moved.id}});
    const HandOff* before = moved.before ? &*moved.before : nullptr;
    for (audit::Act& act : account_of(moved.id, before, step.after, moved.told, now, moved.by)) {
        audit::add_entry(commit.writes, keys, std::move(act));
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, commit.document_key, to_bytes(step.after)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    leave_out_with_bug("hand_off_is_not_looked_at", keys.hand_offs(), commit.writes);
    ops::test_point("before_hand_off");
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, commit, moved.deadline);
    ops::test_point("hand_off_kept");
    co_return kept;
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
            handoff::step(std::move(step.after), Event{Event::Told::fails, ring}, services_.clock.now());
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

/// One call, as an alert's is made: no STOP of texts holds it back, and it is begun in its time, while its hand-off still wants
/// it, or not at all.
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
    call.only_while = {stores::Keyspace(program).may_ring(id), std::to_string(ring), may};
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(step.after.line, std::move(message), std::move(call), due);
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    co_return Result<void>();
}

}  // namespace rightsline::handoff
