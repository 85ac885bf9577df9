// What comes after the hang-up of its call: a key, a recording.
//
// A worker presses a key or stops speaking and hangs up: both leave the provider at the same moment, and the hang-up,
// which asks less of the store, may be done first. So the call as it was before is kept for a while, sealed. What comes
// late is played on it with its deeds, as if it had come in order, and then the hang-up: "Yes, delete it" deletes what
// the hang-up filed, a recording joins it. Nobody hears the answer, so a code is neither given nor looked up.
// Must never: begin a conversation on a call that is over; erase a recording unheard, whatever cannot be read here.
#include <algorithm>
#include <utility>

#include "flows/words.hpp"
#include "gateway/conversations/early_number.hpp"
#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "redis/error.hpp"

namespace rightsline::conversations {
namespace {

constexpr int overtaken_seconds = 600;  // a provider repeats a step for less than that

bool is_code(const std::pair<std::string, std::string>& value) { return value.first == "code"; }

bool is_early_number(const std::pair<std::string, std::string>& value) { return value.first == number_value; }

/// That a code was given tells the script where it stands. The code itself is said no more; where one leads that was said
/// before the tone is kept, for the words after it may come late.
std::string without_secrets(const std::string& packed) {
    flows::Values values = flows::unpack_values(packed);
    std::erase_if(values, [](const auto& value) { return !is_code(value) && !is_early_number(value); });
    for (auto& value : values) {
        value.second = is_code(value) ? "given" : value.second;
    }
    return flows::pack_values(values);
}

bool gave_code(const flows::Conversation& call) {
    const flows::Values values = flows::unpack_values(call.values);
    return std::ranges::any_of(values, is_code) && std::ranges::none_of(values, is_early_number);
}

/// The step that the call waited for was answered with keys. Silence, and a provider that lost its place, are no deed.
bool is_next_key(const flows::Conversation& call, const providers::Inbound& inbound) {
    const auto* keys = std::get_if<flows::Keyed>(&inbound.event);
    return keys != nullptr && !keys->digits.reveal().empty() && inbound.turn == call.turn;
}

}  // namespace

/// The call of a hang-up, without what it could say: a code, or one that was typed.
Awaitable<Result<void>> Turns::keep_for_late(Working& work) {
    const bool ends = work.names.call && work.envelope && work.step.ended &&
                      std::holds_alternative<flows::HungUp>(work.inbound.event);
    if (!ends) {
        co_return Result<void>();
    }
    flows::Conversation before = work.envelope->conversation;
    before.filed = work.step.conversation.filed;
    before.filed_as = work.step.conversation.filed_as;
    before.values = without_secrets(before.values);
    before.pending.clear();
    const std::string key = work.names.keys.ended_call(work.names.conversation);
    std::vector<vault::SealRequest> to_seal;
    to_seal.push_back({vault::Purpose::conversation, key, flows::pack(before)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    const std::string seconds = std::to_string(overtaken_seconds);
    work.writes.push_back({redis::Op::set_for, key, {std::move(sealed->front()), seconds}});
    co_return Result<void>();
}

/// No conversation: a new one, or a call that its hang-up ended a moment ago.
Awaitable<Result<void>> Turns::open_nothing(Working& work, redis::Loaded loaded) {
    work.call_over = work.names.call && loaded.extras[2];
    if (work.call_over) {
        const Result<void> opened = co_await open_overtaken(work, std::move(*loaded.extras[2]));
        if (!opened) {
            co_return opened.error();
        }
    }
    co_return work.pack ? Result<void>() : Result<void>(errc::no_program);
}

/// What can never be opened is no reason to lose a recording: it is then a report of its own. Errors: the store's.
Awaitable<Result<void>> Turns::open_overtaken(Working& work, std::string sealed) {
    std::vector<vault::SealRequest> to_open;
    const std::string key = work.names.keys.ended_call(work.names.conversation);
    to_open.push_back({vault::Purpose::conversation, key, std::move(sealed)});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(to_open));
    Result<flows::Conversation> before =
        plain ? flows::unpack(plain->front()) : Result<flows::Conversation>(plain.error());
    if (!before) {
        ops::log(ops::Level::error, "ended_call_unreadable", {{"error", before.error()}});
        co_return Result<void>();
    }
    const Result<flows::PackPtr> pinned =
        co_await services_.packs.find(work.line.program, before->pack, work.budget);
    if (pinned) {
        work.pack = *pinned;
        work.overtaken = std::move(*before);
    } else if (pinned.error().category() == redis::category()) {
        co_return pinned.error();
    } else {
        ops::log(ops::Level::error, "ended_call_of_a_lost_script", {{"error", pinned.error()}});
    }
    co_return Result<void>();
}

Awaitable<Result<void>> Turns::find_overtaken(Working& work) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(work.names.keys.ended_call(work.names.conversation));
    Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, work.budget);
    if (!loaded) {
        co_return loaded.error();
    }
    if (!loaded->extras.front()) {
        co_return Result<void>();
    }
    co_return co_await open_overtaken(work, std::move(*loaded->extras.front()));
}

/// Nothing is left to do for it: the call is over, and it brings neither a key that was waited for nor a recording.
bool Turns::comes_to_nothing(const Working& work) {
    if (work.envelope) {
        return false;
    }
    if (std::holds_alternative<flows::HungUp>(work.inbound.event)) {
        return true;
    }
    const bool key = work.overtaken && is_next_key(*work.overtaken, work.inbound);
    return work.call_over && !work.inbound.recording && !key;
}

/// What came late and then the hang-up, as it was on the phone. Nobody is there any more to be answered.
Awaitable<Result<void>> Turns::take_late(Working& work, const flows::Event& event,
                                         const flows::Context& context) {
    work.step = {};
    work.step.conversation.mode = work.inbound.mode;
    if (work.overtaken) {
        work.step = flows::step(*work.pack, *work.overtaken, event, context);
        const Result<void> followed = co_await follow(work, context);
        if (!followed) {
            co_return followed.error();
        }
        hang_up_late(work, context);
        const Result<void> raised = co_await keep_raise(services_.redis, work.names.keys, work.raise,
                                                        work.now, work.budget, work.writes);
        if (!raised) {
            co_return raised.error();
        }
    }
    keep_unheard(work, event);
    work.step.pending.reset();
    work.step.actions.clear();
    work.step.ended = work.step.silent = true;
    ops::log(ops::Level::info, "call_end_overtook",
             {{"recording", work.inbound.recording.has_value()},
              {"filed", work.overtaken && work.overtaken->filed}});
    co_return Result<void>();
}

/// The hang-up once more. What it filed is as urgent as it would be, had it come after the key.
void Turns::hang_up_late(Working& work, const flows::Context& context) {
    const auto keep = [&work](flows::Step& step) {
        collect(work.told, step);
        work.amend(step);
    };
    if (!work.step.ended) {
        flows::Step over = flows::step(*work.pack, work.step.conversation, flows::HungUp{}, context);
        keep(over);
        merge(work.step, std::move(over));
    }
    const flows::Conversation& before = *work.overtaken;
    const flows::Conversation& now = work.step.conversation;
    const bool filed_by_the_end = before.filed && !before.returned && !gave_code(before);
    if (filed_by_the_end && now.filed && now.draft == before.draft &&
        static_cast<std::uint8_t>(now.urgency) < now.filed_as) {
        flows::Step hurried;
        hurried.raise = flows::Raise{now.draft, now.urgency};
        keep(hurried);
    }
}

}  // namespace rightsline::conversations
