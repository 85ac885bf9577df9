// A talk goes on with a colleague: which one it is, whether it may, and whose phone rings.
#include <algorithm>
#include <utility>

#include "gateway/handoff/account.hpp"
#include "gateway/handoff/conflicts.hpp"
#include "gateway/handoff/desk_parts.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/handoff/room.hpp"

namespace rightsline::handoff {
namespace {

constexpr int looked_through = 1000;
constexpr std::int64_t whenever = 1LL << 52;  // ms: later than all

}  // namespace

/// The whole name of a hand-off that is not forgotten yet. Errors: errc::no_such_call, also where two have that name.
Awaitable<Result<std::string>> Desk::under_way(std::string program, std::string call, Deadline deadline) {
    std::string set = stores::Keyspace(program).hand_offs();
    const Result<std::vector<std::string>> all =
        co_await redis::due(services_.redis, std::move(set), whenever, looked_through, deadline);
    if (!all) {
        co_return all.error();
    }
    const auto named = [&call](const std::string& id) { return name_of_call(id) == call; };
    const auto found = std::ranges::find_if(*all, named);
    if (found == all->end() || std::ranges::count_if(*all, named) != 1) {
        co_return errc::no_such_call;
    }
    co_return *found;
}

/// Whatever the hour: a colleague who asks somebody by name knows that they are there.
bool Desk::may_be_called(const std::string& program, const std::string& person) const {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    const people::Person* found = context == nullptr ? nullptr : context->roster.find(person);
    return found != nullptr && found->calls && context->roster.live.has_value();
}

/// As of who is rung for the caller (pass_over), looked at anew: a colleague may have been put on a list since.
Awaitable<Result<void>> Desk::may_have(std::string program, HandOff hand_off, std::string person,
                                       Deadline deadline) {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    const people::Person* found = context == nullptr ? nullptr : context->roster.find(person);
    if (found == nullptr || (!hand_off.gender.empty() && found->gender != hand_off.gender)) {
        co_return errc::not_as_asked;
    }
    redis::LoadKeys wanted;
    wanted.extras = conflict_keys(stores::Keyspace(program), hand_off.case_id);
    Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    const Result<Conflicts> conflicts =
        co_await open_conflicts(services_.vault, wanted.extras, std::move(stored->extras));
    if (!conflicts) {
        co_return conflicts.error();
    }
    co_return conflicts->work.keeps_out(person) ? Result<void>(errc::kept_out) : Result<void>();
}

Awaitable<Result<void>> Desk::hand_on(HandOn wish) {
    const Result<std::string> id = co_await under_way(wish.program, wish.call, wish.deadline);
    if (!id) {
        co_return id.error();
    }
    const Result<Loaded> loaded = co_await load(wish.program, *id, wish.deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    const Result<void> may = may_hand_on(loaded->value, wish.by, wish.to);
    if (!may) {
        co_return may.error();
    }
    if (!may_be_called(wish.program, wish.to)) {
        co_return errc::not_callable;
    }
    const Result<void> theirs = co_await may_have(wish.program, loaded->value, wish.to, wish.deadline);
    if (!theirs) {  // who asks is a colleague: that somebody stands on an employer's list is not theirs to learn
        co_return theirs.error() == make_error_code(errc::kept_out) ? make_error_code(errc::not_callable)
                                                                    : theirs.error();
    }
    Event event{Event::Told::hands_on};
    event.person = wish.to;
    event.by = wish.who;
    const Result<Step> taken = co_await take(wish.program, *id, std::move(event), "", wish.deadline);
    if (!taken) {
        co_return taken.error();
    }
    if (taken->todo.ring.empty()) {  // somebody went, or was asked, at the same moment
        co_return errc::contended;
    }
    const bool rings = taken->after.rings[taken->todo.ring.front() - 1].stage != Ring::Stage::ended;
    co_return rings ? Result<void>() : Result<void>(errc::not_callable);
}

}  // namespace rightsline::handoff
