#include "gateway/conversations/code_tries.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

// What keeps 11 digits safe. A phone has five wrong codes a day by text, and five by call. But a caller's number can be
// faked, so all phones of a program together are slowed: after `free` wrong codes of a day, the n-th leaves a gap of
// n * step before the next.
//
// Guessing at full speed all day: the time for n codes is step * n^2 / 2, so a day of 86,400,000 ms has room for
//   phones with a number:  sqrt(2 * 86,400,000 / 10)  = 4,157 codes
//   without a number:      sqrt(2 * 86,400,000 / 250) =   831 codes      together 4,988 a day, 1.8 million a year
// of 10^11. With 10,000 reports in the store a flood that never stops opens one of them, it knows not which, in 5.5
// years; with 500 reports in 110. The bound of 200 an hour that refused everybody allowed 4,800 a day.
// What it costs the others: forty faked numbers with five wrong codes each make the gap 2 s, which a turn waits out; an
// hour of full flood makes it 8 s, a whole day 42 s: then they are asked to come again in a minute.
struct Slowing {
    std::int64_t free;     // wrong codes of a day before the first gap
    std::int64_t step_ms;  // how much each adds to it
};
constexpr Slowing of_program{20, 10};
constexpr Slowing of_withheld{10, 250};
constexpr std::int64_t wrong_a_day = 5;  // of one phone
// Right and wrong together: one code in a loop must not take the machine from the others (each is 0.12 s of Argon2id).
constexpr std::int64_t looks_a_minute = 6;  // of one phone, or of one call without a number
constexpr auto for_the_look_up = 800ms;     // with a few in line before it

constexpr std::int64_t ms_a_minute = 60'000;
constexpr std::int64_t ms_a_day = 86'400'000;
constexpr std::int64_t told_each = 20;  // a log line for so many wrong codes

std::int64_t number(const std::optional<std::string>& stored) {
    std::int64_t value = 0;
    if (stored) {
        std::from_chars(stored->data(), stored->data() + stored->size(), value);
    }
    return value;
}

/// Where a try at `now` is counted.
struct Counts {
    Counts(const CodeTry& one, std::int64_t now) : keys(one.program), known(!one.limit_id.empty()) {
        const std::int64_t day = now / ms_a_day;
        everybody = known ? keys.program_wrong_codes(day) : keys.withheld_wrong_codes(day);
        next = known ? keys.next_code(day) : keys.next_withheld_code(day);
        own = known ? keys.wrong_codes(one.limit_id, day) : std::string();
        looks = keys.code_looks(known ? one.limit_id : one.conversation, now / ms_a_minute);
    }
    const Slowing& slowing() const { return known ? of_program : of_withheld; }

    stores::Keyspace keys;
    bool known;
    std::string everybody;  // wrong codes of all
    std::string next;       // milliseconds into the day before which no code is looked up
    std::string own;        // wrong codes of this phone
    std::string looks;
};

ops::Counter& outcome(ops::Metrics& metrics, ops::Label what) {
    return metrics.counter("rightsline_code_tries_total", "Receipt codes tried, by what became of it",
                           {{ops::Dimension::outcome, what}});
}

}  // namespace

CodeTries::CodeTries(redis::Client& client, ops::Clock& clock, ops::Metrics& metrics)
    : client_(client),
      clock_(clock),
      taken_(outcome(metrics, "taken")),
      slowed_(outcome(metrics, "slowed")),
      busy_(outcome(metrics, "busy")),
      limited_(outcome(metrics, "limited")) {}

/// Counts the try, all or nothing. A gap of 0: only while nobody is slowed.
Awaitable<Result<redis::Committed>> CodeTries::count(const CodeTry& one, std::int64_t now,
                                                     std::int64_t gap_ms) {
    const Counts counts(one, now);
    redis::Commit tried;
    tried.now_ms = now;
    if (!one.event.empty()) {
        tried.once_key = counts.keys.guard("try:" + one.event);
        tried.once_index = counts.keys.guards();
        tried.answer = std::to_string(now);
    }
    const auto add = [&](const std::string& key) {
        tried.writes.push_back({redis::Op::incrby, key, {"1"}});
        tried.writes.push_back({redis::Op::zadd, counts.keys.guards(), {std::to_string(now), key}});
    };
    const auto below = [&](const std::string& key, std::int64_t most) {
        tried.writes.push_back({redis::Op::must_be_below, key, {std::to_string(most)}});
    };
    if (gap_ms == 0) {
        below(counts.everybody, counts.slowing().free);
    } else {
        const std::int64_t today = now % ms_a_day;
        below(counts.next, today + 1);
        tried.writes.push_back({redis::Op::set, counts.next, {std::to_string(today + gap_ms)}});
        tried.writes.push_back({redis::Op::zadd, counts.keys.guards(), {std::to_string(now), counts.next}});
    }
    add(counts.everybody);
    if (counts.known) {
        below(counts.own, wrong_a_day);
        add(counts.own);
    }
    below(counts.looks, looks_a_minute);
    add(counts.looks);
    co_return co_await redis::commit(client_, tried, one.budget);
}

Awaitable<Result<CodeTaken>> CodeTries::take(CodeTry one) {
    const std::int64_t now = clock_.now().time_since_epoch().count();
    const Result<redis::Committed> counted = co_await count(one, now, 0);
    if (!counted) {
        co_return counted.error();
    }
    if (counted->outcome == redis::Committed::Outcome::unmet) {
        co_return co_await wait_for_turn(std::move(one));
    }
    const bool repeated = counted->outcome == redis::Committed::Outcome::duplicate;
    taken_.add(repeated ? 0 : 1);
    co_return CodeTaken{"", repeated ? number(counted->answer) : now};
}

/// Somebody guesses, or this phone has tried enough: waits for the gap's end where the turn has the time.
Awaitable<Result<CodeTaken>> CodeTries::wait_for_turn(CodeTry one) {
    std::int64_t now = clock_.now().time_since_epoch().count();
    const Counts counts(one, now);
    redis::LoadKeys wanted;
    wanted.extras = {counts.everybody, counts.next, counts.looks};
    if (counts.known) {
        wanted.extras.push_back(counts.own);
    }
    const Result<redis::Loaded> stand = co_await redis::load(client_, wanted, one.budget);
    if (!stand) {
        co_return stand.error();
    }
    if (counts.known && number(stand->extras[3]) >= wrong_a_day) {
        limited_.add();
        co_return CodeTaken{"limited"};
    }
    const std::int64_t nth = number(stand->extras[0]) + 1;
    const std::int64_t gap_ms = std::max<std::int64_t>(1, nth * counts.slowing().step_ms);
    const auto wait = std::chrono::milliseconds(number(stand->extras[1]) - now % ms_a_day);
    const bool in_time = clock_.in(wait + for_the_look_up + for_the_commit) <= one.budget;
    if (!in_time || number(stand->extras[2]) >= looks_a_minute) {
        busy_.add();
        co_return CodeTaken{"busy"};
    }
    if (wait > 0ms) {
        const bool going = co_await ops::pause(wait);
        if (!going) {
            co_return CodeTaken{"busy"};
        }
        now = std::max<std::int64_t>(now + wait.count(), clock_.now().time_since_epoch().count());
    }
    const Result<redis::Committed> counted = co_await count(one, now, gap_ms);
    if (!counted) {
        co_return counted.error();
    }
    if (counted->outcome == redis::Committed::Outcome::unmet) {  // another one was faster
        busy_.add();
        co_return CodeTaken{"busy"};
    }
    tell_of_guessing(nth, gap_ms, counts.known);
    co_return CodeTaken{"", now};
}

void CodeTries::tell_of_guessing(std::int64_t nth, std::int64_t gap_ms, bool numbers_shown) {
    slowed_.add();
    if (nth % told_each == 0) {
        ops::log(ops::Level::warn, "codes_are_guessed",
                 {{"today", nth}, {"gap_ms", gap_ms}, {"numbers_shown", numbers_shown}});
    }
}

Awaitable<void> CodeTries::give_back(CodeTry one, std::int64_t at) {
    const Counts counts(one, at);
    redis::Commit back;
    back.now_ms = clock_.now().time_since_epoch().count();
    if (!one.event.empty()) {
        back.once_key = counts.keys.guard("back:" + one.event);
        back.once_index = counts.keys.guards();
    }
    back.writes.push_back({redis::Op::incrby, counts.everybody, {"-1"}});
    if (counts.known) {
        back.writes.push_back({redis::Op::incrby, counts.own, {"-1"}});
    }
    const Result<redis::Committed> done = co_await redis::commit(client_, back, one.budget);
    if (!done) {
        ops::log(ops::Level::warn, "try_not_given_back", {{"error", done.error()}});
    }
}

}  // namespace rightsline::conversations
