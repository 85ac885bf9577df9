// The desk itself, and what nobody tells it: calls whose end did not come, codes whose time is over.
#include "gateway/prompt_calls/desk.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/prompt_calls/desk_parts.hpp"
#include "gateway/prompt_calls/error.hpp"

namespace rightsline::prompt_calls {
namespace {

using namespace timing;
using Told = Event::Told;

constexpr int looked_at_once = 100;
constexpr auto after_trouble = 10s;
constexpr std::array<std::string_view, 5> last_words{"completed", "busy", "no-answer", "failed", "canceled"};

}  // namespace

Desk::Desk(DeskServices services) : services_(std::move(services)) {
    const auto count = [this](ops::Label outcome) -> ops::Counter& {
        return services_.metrics.counter("rightsline_prompt_calls_total",
                                         "Recording by phone: codes made, calls that gave one, lines kept",
                                         {{ops::Dimension::outcome, outcome}});
    };
    counters_ = std::make_shared<Counters>(Counters{count("invited"), count("entered"), count("wrong_code"),
                                                    count("kept"), count("machine"), count("failed")});
    std::error_code ignored;  // what cannot be emptied is written over, or a step says that it cannot be kept
    std::filesystem::remove_all(services_.folder, ignored);
    std::filesystem::create_directories(services_.folder, ignored);
}

Awaitable<void> Desk::work(std::string program) {
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, stores::PromptKeys(program).prompt_calls(),
                            ms(services_.clock.now()), looked_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await look(program, (*due)[i]);
    }
}

/// A step puts it off by itself; what cannot be read rests, or is gone.
Awaitable<void> Desk::look(std::string program, std::string id) {
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Loaded> loaded = co_await load(program, id, in_time);
    const bool lost = !loaded && loaded.error().category() == prompt_calls::category();
    if (lost || (loaded && may_be_forgotten(loaded->value, services_.clock.now()))) {
        co_await forget(std::move(program), std::move(id));
        co_return;
    }
    redis::Commit later;
    later.now_ms = ms(services_.clock.now());
    const ops::UtcMs again = services_.clock.now() + ops::UtcMs::duration(after_trouble);
    later.writes.push_back(
        {redis::Op::zadd, stores::PromptKeys(program).prompt_calls(), {std::to_string(ms(again)), id}});
    const Result<redis::Committed> put_off = co_await redis::commit(services_.redis, later, in_time);
    if (!loaded || !put_off) {
        co_return;
    }
    const Event event{Told::looks};
    std::vector<redis::Write> nothing_more;
    const Result<Step> taken =
        co_await take(std::move(program), std::move(id), event, std::move(nothing_more), in_time);
    if (!taken) {
        counters_->failed.add();
        ops::log(ops::Level::warn, "prompt_call_look_failed", {{"error", taken.error()}});
    }
}

Awaitable<void> Desk::forget(std::string program, std::string id) {
    const stores::PromptKeys own(program);
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes.push_back({redis::Op::zrem, own.prompt_calls(), {id}});
    commit.writes.push_back({redis::Op::del, own.prompt_call(id), {}});
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {
        ops::log(ops::Level::warn, "prompt_call_not_forgotten", {{"error", done.error()}});
    }
}

Awaitable<Result<void>> Desk::hear(std::string program, std::string message, std::string call,
                                   std::string word) {
    std::string id = parse_message_id(message);
    if (id.empty() || call.empty() || std::ranges::find(last_words, word) == last_words.end()) {
        co_return Result<void>();
    }
    Event event{Told::gone, std::move(call)};
    const Deadline in_time = services_.clock.in(store_budget);
    std::vector<redis::Write> nothing_more;
    const Result<Step> taken =
        co_await take(std::move(program), std::move(id), std::move(event), std::move(nothing_more), in_time);
    const bool forgotten = !taken && taken.error() == make_error_code(errc::no_such_call);
    co_return taken || forgotten ? Result<void>() : Result<void>(taken.error());
}

}  // namespace rightsline::prompt_calls
