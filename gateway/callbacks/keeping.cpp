// One step of a call-back, kept: its document, the calls that it begins, its entry in the case's log; one commit.
#include <iterator>
#include <utility>

#include "gateway/alerts/hurry.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/callbacks/desk_parts.hpp"
#include "gateway/callbacks/error.hpp"
#include "gateway/callbacks/pages.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/stores/sealed_document.hpp"

namespace rightsline::callbacks {
namespace {

constexpr int tries = 4;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

/// Who the log says what became of it of: the person who called, and never whoever picked up.
void add_outcome(std::vector<redis::Write>& writes, const stores::Keyspace& keys, const CallBack& after) {
    writes.push_back({redis::Op::must_exist, keys.case_facts(after.case_id), {}});
    audit::Act act{audit::What::call_back_over, after.case_id, after.person};
    act.why = to_word(after.outcome);
    audit::add_entry(writes, keys, std::move(act));
}

Leg& leg_of(CallBack& call_back, Side side) {
    return side == Side::person ? call_back.of_person : call_back.of_worker;
}

}  // namespace

Awaitable<Result<Desk::Loaded>> Desk::load(std::string program, std::string id, Deadline deadline) {
    std::string key = stores::Keyspace(program).call_back(id);
    const Result<stores::SealedDocument> stored = co_await stores::load_sealed(
        services_.redis, services_.vault, vault::Purpose::conversation, std::move(key), deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->version == 0) {
        co_return errc::no_such_call;
    }
    Result<CallBack> value = parse_call_back(stored->plain);
    if (!value) {
        co_return value.error();
    }
    co_return Loaded{std::move(*value), stored->version};
}

/// `call`: heard of that side's leg; "" = nothing new.
Awaitable<Result<Step>> Desk::take(std::string program, std::string id, Event event, Side side,
                                   std::string call, Deadline deadline) {
    for (int i = 0; i < tries; ++i) {
        Result<Loaded> loaded = co_await load(program, id, deadline);
        if (!loaded) {
            co_return loaded.error();
        }
        Leg& leg = leg_of(loaded->value, side);
        const bool named = leg.call.empty() && !call.empty();
        if (named) {
            leg.call = call;
        }
        const Outcome before = loaded->value.outcome;
        Step taken = step(std::move(loaded->value), event, services_.clock.now());
        if (!taken.changed && !named) {
            co_return taken;
        }
        std::vector<redis::Write> nothing_more;
        const Result<redis::Committed> kept =
            co_await keep(program, id, loaded->version, before, taken, std::move(nothing_more), deadline);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            if (named && event.told == Event::Told::looks &&
                taken.after.state == State::over) {  // it begins to ring after it was to stop
                (side == Side::person ? taken.todo.stop_person : taken.todo.stop_worker) = true;
            }
            after_commit(program, id, taken);
            co_return taken;
        }
    }
    co_return errc::contended;
}

Awaitable<Result<redis::Committed>> Desk::keep(std::string program, std::string id, std::uint64_t version,
                                               Outcome before, Step& step, std::vector<redis::Write> besides,
                                               Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.writes = std::move(besides);
    const Result<void> placed = co_await place_calls(program, id, step, commit);
    if (!placed) {
        co_return placed.error();
    }
    const ops::UtcMs now = services_.clock.now();
    commit.document_key = keys.call_back(id);
    commit.expected_version = version;
    commit.now_ms = ms(now);
    commit.writes.push_back(
        {redis::Op::zadd, keys.call_backs(), {std::to_string(ms(next_look(step.after, now))), id}});
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, commit.document_key, to_bytes(step.after)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    const bool tells = before == Outcome::none && step.after.outcome != Outcome::none;
    redis::Commit told = commit;
    if (tells) {
        add_outcome(told.writes, keys, step.after);
    }
    ops::test_point("before_call_back");
    Result<redis::Committed> kept = co_await redis::commit(services_.redis, told, deadline);
    ops::test_point("call_back_kept");
    if (!tells) {
        co_return kept;
    }
    const bool deleted = kept && kept->outcome == redis::Committed::Outcome::unmet && version != 0;
    if (deleted) {  // the case, and its log with it
        kept = co_await redis::commit(services_.redis, commit, deadline);
    }
    if (kept && kept->outcome == redis::Committed::Outcome::committed) {
        count(step.after.outcome);
    }
    co_return kept;
}

void Desk::count(Outcome outcome) {
    switch (outcome) {
        case Outcome::reached:
            counters_->reached.add();
            return;
        case Outcome::nobody:
            counters_->nobody.add();
            return;
        case Outcome::wrong_code:
            counters_->wrong_code.add();
            return;
        default:
            counters_->other.add();
    }
}

/// A worker who cannot be called ends it at once; a person who cannot be rung cannot even ask.
Awaitable<Result<void>> Desk::place_calls(const std::string& program, const std::string& id, Step& step,
                                          redis::Commit& commit) {
    if (step.todo.ring_person) {
        co_return co_await ring_person(program, id, step.after, commit);
    }
    if (!step.todo.ring_worker) {
        co_return Result<void>();
    }
    const Result<void> placed = co_await ring_worker(program, id, step.after, commit);
    if (placed) {
        co_return placed;
    }
    const boost::system::error_code why = placed.error();
    const bool for_good = why.category() == outbox::category() || why.category() == category() ||
                          why == stores::make_error_code(stores::errc::no_such_case);
    if (!for_good) {
        co_return why;
    }
    ops::log(ops::Level::error, "call_back_impossible", {{"error", why}});
    const Reply reply = step.reply;
    step = callbacks::step(std::move(step.after), Event{Event::Told::worker_fails}, services_.clock.now());
    step.reply = reply == Reply::join ? Reply::told : reply;
    step.todo.send_person =
        step.todo.send_person && reply != Reply::join;  // they hear it in this very answer
    step.changed = true;
    co_return Result<void>();
}

Awaitable<Result<void>> Desk::ring_person(const std::string& program, const std::string& id,
                                          const CallBack& call_back, redis::Commit& commit) {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    const people::Person* person = context == nullptr ? nullptr : context->roster.find(call_back.person);
    if (person == nullptr) {
        co_return errc::no_phone_of_ours;
    }
    std::string message = message_id(id, Side::person);
    const Result<alerts::CallPage> page = co_await page_of(program, message);
    if (!page) {
        co_return page.error();
    }
    const ops::UtcMs now = services_.clock.now();
    outbox::Message call{
        outbox::Lane::alert, person->phone, "", outbox::Call{back_path_of(*page, 0), timing::ring}, 0,
        now + timing::ring};
    Result<std::vector<redis::Write>> writes = co_await services_.outbox.post(
        call_back.line, std::move(message), std::move(call), outbox::at_once(alerts::rank_of_callers(), now));
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    co_return Result<void>();
}

/// Their yes is asked once more here, and a last time when it leaves: the number that they gave with it must still stand.
Awaitable<Result<void>> Desk::ring_worker(const std::string& program, const std::string& id,
                                          const CallBack& call_back, redis::Commit& commit) {
    const Deadline in_time = services_.clock.in(timing::store_budget);
    Wish wish{program, call_back.case_id, call_back.person, in_time};
    const Result<cases::Reach> reach = co_await may_be_called(wish);
    if (!reach) {
        co_return reach.error();
    }
    Result<vault::PhoneNumber> number = co_await book_.open(program, call_back.case_id, reach->sealed_number);
    if (!number) {
        co_return number.error();
    }
    std::string message = message_id(id, Side::worker);
    const Result<alerts::CallPage> page = co_await page_of(program, message);
    if (!page) {
        co_return page.error();
    }
    const ops::UtcMs now = services_.clock.now();
    outbox::Call what{back_path_of(*page, 0), timing::ring};
    what.hears_machines = true;
    outbox::Message call{outbox::Lane::alert, std::move(*number), "", std::move(what), 0, now + timing::ring};
    call.only_while = {stores::Keyspace(program).case_contact(call_back.case_id), "number",
                       reach->sealed_number};
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(call_back.worker_line, std::move(message), std::move(call),
                                       outbox::at_once(alerts::rank_of_callers(), now));
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    co_return Result<void>();
}

void Desk::after_commit(const std::string& program, const std::string& id, const Step& step) {
    const Todo& todo = step.todo;
    if (todo.ring_person || todo.ring_worker) {
        services_.posted();
    }
    if (todo.stop_person || todo.stop_worker || todo.send_person || todo.send_worker) {
        services_.spawn(move_legs(program, id, step.after, todo));
    }
}

}  // namespace rightsline::callbacks
