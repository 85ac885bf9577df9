#include "gateway/cases/intake_desk.hpp"

#include <algorithm>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/cases/reply.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr const char* bound_seconds =
    "172800";  // of the call, which is a day old at most when a report is entered of it

/// It is of that call, of which no other report is.
void bind_to_call(std::vector<redis::Write>& writes, const stores::Keyspace& keys, const IntakeEntry& entry) {
    if (entry.call) {
        const std::string key = keys.report_of_call(entry.call->name);
        writes.push_back({redis::Op::must_be, key, {""}});
        writes.push_back({redis::Op::set_for, key, {entry.id, bound_seconds}});
        writes.push_back(
            {redis::Op::hset, keys.case_facts(entry.id), {"call_hour", std::to_string(entry.call->hour)}});
    }
}

}  // namespace

Result<IntakeForm> IntakeDesk::form(const std::string& program, const std::string& language) const {
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack) {
        return errc::no_script;
    }
    return intake_form(*pack, language);
}

/// All but its alias.
Result<CaseFacts> IntakeDesk::facts_of(const std::string& program, const Actor& actor,
                                       const IntakeEntry& entry) const {
    const Result<IntakeForm> asked = form(program, entry.language);
    if (!asked) {
        return asked.error();
    }
    const auto family = std::ranges::find(asked->families, entry.family, &IntakeFamily::key);
    if (family == asked->families.end()) {
        return errc::unknown_family;
    }
    const std::vector<std::string> names = services_.desk.people(program, actor.users).all;
    if (!actor.name.empty() && std::ranges::find(names, actor.name) == names.end()) {
        return errc::unknown_person;
    }
    CaseFacts facts;
    facts.id = entry.id;
    facts.status = std::string(flows::status_received);
    facts.urgency = entry.danger ? flows::Urgency::p1 : family->urgency;
    facts.family = entry.family;
    facts.circle = family->circle;
    facts.language = asked->language;
    facts.mode = std::string(mode_entered);
    facts.reason = std::string(mode_entered);
    facts.entered_by = actor.who;
    facts.call_hour = entry.call ? entry.call->hour : 0;
    facts.filed_hour =
        std::chrono::floor<std::chrono::hours>(services_.clock.now()).time_since_epoch().count() * 3600;
    return facts;
}

Awaitable<Result<void>> IntakeDesk::keep(std::string program, const CaseFacts& facts, IntakeEntry entry,
                                         const FreshCode& code, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    Result<std::vector<std::string>> parts =
        co_await lock(services_.vault, part_context(program, facts.id), std::move(entry.parts));
    if (!parts) {
        co_return parts.error();
    }
    Result<std::string> mailbox =
        co_await lock_one(services_.vault, mailbox_context(program, facts.id), code.mailbox);
    if (!mailbox) {
        co_return mailbox.error();
    }
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_lack, keys.case_facts(facts.id), {"alias"}});
    bind_to_call(commit.writes, keys, entry);
    commit.writes.push_back({redis::Op::rpush, keys.case_parts(facts.id), std::move(*parts)});
    std::vector<redis::Write> filed = filing_writes(keys, facts);
    std::move(filed.begin(), filed.end(), std::back_inserter(commit.writes));
    commit.writes.push_back({redis::Op::set, keys.receipt(code.index), {facts.id}});
    commit.writes.push_back({redis::Op::set, keys.mailbox(facts.id), {std::move(*mailbox)}});
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    if (done->outcome == redis::Committed::Outcome::committed) {
        co_return Result<void>();
    }
    std::string call = entry.call ? entry.call->name : std::string();
    co_return co_await why_not_kept(std::move(program), facts.id, std::move(call), deadline);
}

/// The very report may be there, or another one of its call.
Awaitable<boost::system::error_code> IntakeDesk::why_not_kept(std::string program, std::string id,
                                                              std::string call, redis::Deadline deadline) {
    if (call.empty()) {
        co_return make_error_code(errc::already_there);
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).report_of_call(call));
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    const std::optional<std::string>& bound = stored->extras.front();
    co_return make_error_code(!bound || *bound == id ? errc::already_there : errc::call_has_report);
}

Awaitable<Result<std::optional<std::string>>> IntakeDesk::report_of(std::string program, std::string call,
                                                                    redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.extras.push_back(keys.report_of_call(call));
    Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (!stored->extras.front()) {
        co_return std::nullopt;
    }
    redis::Command question{"HGET", keys.case_facts(*stored->extras.front()), "alias"};
    const Result<redis::Reply> alias = co_await services_.redis.execute(std::move(question), deadline);
    if (!alias) {
        co_return alias.error();
    }
    co_return alias->string() == nullptr ? std::optional(std::string()) : std::optional(*alias->string());
}

Awaitable<Result<Entered>> IntakeDesk::enter(std::string program, Actor actor, IntakeEntry entry,
                                             redis::Deadline deadline) {
    Result<CaseFacts> facts = facts_of(program, actor, entry);
    if (!facts) {
        co_return facts.error();
    }
    const Result<vault::CirclePublicKey> circle = services_.desk.circle_of(program, *facts);
    const Result<void> fits = circle ? check_entry(*circle, entry) : Result<void>(circle.error());
    if (!fits) {
        co_return fits.error();
    }
    Result<std::string> alias = co_await services_.take_alias(program, deadline);
    if (!alias) {
        co_return alias.error();
    }
    facts->alias = std::move(*alias);
    Result<FreshCode> code = co_await services_.take_code(deadline);
    if (!code) {
        co_return code.error();
    }
    const Result<void> kept = co_await keep(std::move(program), *facts, std::move(entry), *code, deadline);
    if (!kept) {
        co_return kept.error();
    }
    co_return Entered{std::move(*facts), std::move(code->code)};
}

}  // namespace rightsline::cases
