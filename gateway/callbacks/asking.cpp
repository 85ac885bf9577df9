// May a worker be called, now, by this person? And the first step when they may.
#include <array>
#include <charconv>
#include <utility>

#include "gateway/callbacks/desk_parts.hpp"
#include "gateway/callbacks/error.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/casework.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/reach/safe_hours.hpp"
#include "gateway/vault/key_file.hpp"
#include "redis/error.hpp"

namespace rightsline::callbacks {
namespace {

std::string fresh_name() {
    std::array<std::uint8_t, 16> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

std::string text_at(const std::vector<redis::Reply>& fields, std::size_t at) {
    const std::string* text = at < fields.size() ? fields[at].string() : nullptr;
    return text == nullptr ? std::string() : *text;
}

/// How many stand in "day:count" for that day.
std::int64_t counted(std::string_view today, std::int64_t day) {
    const std::string prefix = std::to_string(day) + ":";
    std::int64_t count = 0;
    if (today.starts_with(prefix)) {
        std::from_chars(today.data() + prefix.size(), today.data() + today.size(), count);
    }
    return count;
}

}  // namespace

/// Errors: closed, stores::errc::no_such_case, the store's.
Awaitable<Result<void>> Desk::is_open(const Wish& wish) {
    cases::CaseStore store(services_.redis);
    const Result<cases::CaseFacts> facts = co_await store.facts(wish.program, wish.case_id, wish.deadline);
    if (!facts) {
        co_return facts.error();
    }
    const flows::PackPtr pack = services_.packs.active(wish.program);
    const flows::CaseStatus* status = pack ? cases::find_status(pack->statuses, facts->status) : nullptr;
    co_return status != nullptr && status->closes ? Result<void>(errc::closed) : Result<void>();
}

/// The hours are those that they named, on the clock of the program's place; a call needs some, so none named is none safe.
Awaitable<Result<cases::Reach>> Desk::may_be_called(const Wish& wish) {
    const Result<void> open = co_await is_open(wish);
    if (!open) {
        co_return open.error();
    }
    Result<cases::Reach> reach = co_await book_.reach(wish.program, wish.case_id, wish.deadline);
    if (!reach) {
        co_return reach.error();
    }
    if (reach->mode != cases::ContactMode::call || reach->sealed_number.empty() || reach->hours.empty()) {
        co_return errc::not_wanted;
    }
    if (reach->stopped) {
        co_return errc::said_stop;
    }
    const alerts::AlertProgram* program = services_.alerts.program(wish.program);
    const people::Person* person = program == nullptr ? nullptr : program->roster.find(wish.person);
    if (person == nullptr || !person->calls) {
        co_return errc::no_phone_of_ours;
    }
    const reach::SafeHours hours(reach->hours, "");
    if (!hours.cover(services_.clock.now(), program->utc_offset_minutes)) {
        co_return errc::wrong_hour;
    }
    co_return std::move(reach);
}

/// Days since 1970, on the clock of the program's place: a worker's evening is one day.
std::int64_t Desk::day_there(const std::string& program) const {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    const ops::UtcMs now = services_.clock.now();
    const std::chrono::minutes offset(context == nullptr ? 0 : context->utc_offset_minutes(now));
    return std::chrono::floor<std::chrono::days>(now + offset).time_since_epoch().count();
}

/// The condition that nobody else has begun one meanwhile, and the count with this one. Errors: enough_today, under_way.
Awaitable<Result<std::vector<redis::Write>>> Desk::count_today(const Wish& wish, const std::string& id) {
    const std::string key = stores::Keyspace(wish.program).case_contact(wish.case_id);
    redis::Command question{"HMGET", key, field_today, field_last};
    const Result<redis::Reply> kept = co_await services_.redis.execute(std::move(question), wish.deadline);
    if (!kept || kept->array() == nullptr) {
        co_return kept ? redis::make_error_code(redis::errc::unexpected_reply) : kept.error();
    }
    const std::string today = text_at(*kept->array(), 0);
    std::string last = text_at(*kept->array(), 1);
    const std::int64_t day = day_there(wish.program);
    const std::int64_t before = counted(today, day);
    if (before >= most_a_day) {
        co_return errc::enough_today;
    }
    if (!last.empty()) {
        const Result<Loaded> other = co_await load(wish.program, std::move(last), wish.deadline);
        if (other && other->value.state != State::over) {
            co_return errc::under_way;
        }
        if (!other && other.error() != make_error_code(errc::no_such_call) &&
            other.error() != make_error_code(errc::damaged)) {
            co_return other.error();
        }
    }
    std::string count = std::to_string(day) + ":" + std::to_string(before + 1);
    std::vector<redis::Write> writes;
    writes.push_back(
        {redis::Op::must_be_field, key, {"mode", std::string(to_word(cases::ContactMode::call))}});
    writes.push_back({redis::Op::must_be_field, key, {field_today, today}});
    writes.push_back({redis::Op::hset, key, {field_today, std::move(count), field_last, id}});
    co_return std::move(writes);
}

Awaitable<Result<void>> Desk::call(Wish wish) {
    const Result<cases::Reach> reach = co_await may_be_called(wish);
    if (!reach) {
        co_return reach.error();
    }
    const std::string id = fresh_name();
    Result<std::vector<redis::Write>> counted_writes = co_await count_today(wish, id);
    if (!counted_writes) {
        co_return counted_writes.error();
    }
    const stores::Keyspace keys(wish.program);
    CallBack fresh;
    fresh.case_id = wish.case_id;
    fresh.person = wish.person;
    fresh.language = reach->language;
    fresh.line = services_.alerts.program(wish.program)->line;
    fresh.worker_line = reach->line;
    fresh.room = fresh_name();
    Step first = begin(std::move(fresh), services_.clock.now());
    std::vector<redis::Write> besides{{redis::Op::must_exist, keys.case_facts(wish.case_id), {}}};
    std::move(counted_writes->begin(), counted_writes->end(), std::back_inserter(besides));
    audit::add_entry(besides, keys, {audit::What::call_back_begun, wish.case_id, wish.person});
    const Result<redis::Committed> kept =
        co_await keep(wish.program, id, 0, Outcome::none, first, std::move(besides), wish.deadline);
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome != redis::Committed::Outcome::committed) {
        co_return errc::contended;  // somebody else began one, or the case is gone
    }
    counters_->begun.add();
    after_commit(wish.program, id, first);
    co_return Result<void>();
}

}  // namespace rightsline::callbacks
