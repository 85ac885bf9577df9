// The door: a call is asked for a code, and goes on in its session when the code is right. A wrong one hears nothing new.
#include <algorithm>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/prompt_calls/desk_parts.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "gateway/prompt_calls/pages.hpp"

namespace rightsline::prompt_calls {
namespace {

using namespace timing;

constexpr std::int64_t ms_an_hour = 3'600'000;
constexpr std::size_t code_length = 8;

Said hang_up() { return {{flows::Hangup{}}}; }

bool is_code(const std::string& keys) {
    return keys.size() == code_length &&
           std::ranges::all_of(keys, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Awaitable<Result<Said>> Desk::open_door(std::string program) {
    co_return co_await door(std::move(program), "", 0);
}

/// Asks for the code for the `nth` time, counted from 0.
Awaitable<Result<Said>> Desk::door(std::string program, std::string session, std::uint32_t nth) {
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack || nth >= most_codes) {
        co_return pack ? Result<Said>(hang_up()) : errc::no_program;
    }
    Result<alerts::CallPage> page = co_await page_of(std::move(program), of_door + std::move(session));
    if (!page) {
        co_return page.error();
    }
    co_return Said{ask_code(*pack), std::move(*page), nth};
}

/// Under a key of ours: who has the store alone cannot try them all.
Awaitable<Result<std::string>> Desk::hash_of(const std::string& program, std::string code) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::limit, "prompt code|" + program + "|" + code});
    locales::wipe(code);
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return ids->front().hex();
}

/// Every try is counted before it is looked at, and given back when it was right: parallel ones cannot slip past the bound.
Awaitable<Result<redis::Committed>> Desk::count_try(const std::string& program, Deadline deadline) {
    const std::int64_t now = ms(services_.clock.now());
    const std::string tried = stores::PromptKeys(program).counted("tried", now / ms_an_hour);
    redis::Commit one;
    one.now_ms = now;
    one.writes.push_back({redis::Op::must_be_below, tried, {std::to_string(most_wrong_an_hour)}});
    one.writes.push_back({redis::Op::incrby, tried, {"1"}});
    one.writes.push_back({redis::Op::zadd, stores::Keyspace(program).guards(), {std::to_string(now), tried}});
    co_return co_await redis::commit(services_.redis, one, deadline);
}

Awaitable<Result<redis::Committed>> Desk::give_back_try(const std::string& program, Deadline deadline) {
    redis::Commit back;
    back.now_ms = ms(services_.clock.now());
    const std::string tried = stores::PromptKeys(program).counted("tried", back.now_ms / ms_an_hour);
    back.writes.push_back({redis::Op::incrby, tried, {"-1"}});
    co_return co_await redis::commit(services_.redis, back, deadline);
}

/// "": no session has this code, or too many were wrong this hour.
Awaitable<Result<std::string>> Desk::session_of(std::string program, std::string code, Deadline deadline) {
    const Result<std::string> hash = co_await hash_of(program, std::move(code));
    if (!hash) {
        co_return hash.error();
    }
    const Result<redis::Committed> counted = co_await count_try(program, deadline);
    if (!counted) {
        co_return counted.error();
    }
    if (counted->outcome != redis::Committed::Outcome::committed) {
        const std::int64_t times = guessed_.due(services_.clock.steady());
        if (times != 0) {
            ops::log(ops::Level::error, "prompt_codes_are_guessed", {{"times", times}});
        }
        co_return std::string();
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::PromptKeys(program).prompt_code(*hash));
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    std::string found = stored->extras.front().value_or("");
    if (found.empty()) {
        co_return found;
    }
    const Result<redis::Committed> given_back = co_await give_back_try(program, deadline);
    if (!given_back) {
        co_return given_back.error();
    }
    co_return found;
}

/// What a call hears that has not given a code: the same question three times at most. Silence and machines hear the end.
Awaitable<Said> Desk::try_code(std::string program, Door at, Heard heard) {
    const auto* keyed = std::get_if<flows::Keyed>(&heard.event);
    const bool asked_first = std::holds_alternative<flows::Called>(heard.event);
    std::string code = keyed == nullptr ? "" : keyed->digits.reveal();
    if (heard.machine || (!asked_first && code.empty())) {
        (heard.machine ? counters_->machine : counters_->wrong_code).add();
        co_return hang_up();
    }
    const Deadline in_time = services_.clock.in(page_budget);
    if (is_code(code)) {
        const Result<std::string> found = co_await session_of(program, code, in_time);
        locales::wipe(code);
        const bool right = found && !found->empty() && (at.session.empty() || *found == at.session);
        if (right) {
            co_return co_await enter(std::move(program), *found, std::move(heard.call), in_time);
        }
        if (!found) {
            ops::log(ops::Level::warn, "prompt_code_not_looked_up", {{"error", found.error()}});
        }
    }
    if (!asked_first) {
        counters_->wrong_code.add();
    }
    const std::uint32_t nth = asked_first ? 0 : at.nth + 1;
    Result<Said> again = co_await door(std::move(program), std::move(at.session), nth);
    co_return again ? std::move(*again) : hang_up();
}

/// The newest call has the session: a line that dropped may not have been told to us.
Awaitable<Said> Desk::enter(std::string program, std::string id, std::string call, Deadline deadline) {
    Event event{Event::Told::enters, std::move(call)};
    std::vector<redis::Write> nothing_more;
    const Result<Step> taken =
        co_await take(program, id, std::move(event), std::move(nothing_more), deadline);
    if (!taken) {
        counters_->failed.add();
        ops::log(ops::Level::warn, "prompt_call_not_entered", {{"error", taken.error()}});
        co_return hang_up();
    }
    counters_->entered.add();
    co_return co_await say(std::move(program), std::move(id), *taken);
}

}  // namespace rightsline::prompt_calls
