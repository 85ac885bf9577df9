#include "gateway/conversations/deeds.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/cases/case_store.hpp"
#include "gateway/conversations/error.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::conversations {
namespace {

// Wrong codes (what keeps 11 digits safe). A phone has its own bound. Callers without a number share a small one, so
// that none of them can use up what belongs to the others. All phones of a program together are slowed first; what
// stops them is more than any one phone can reach in a day.
constexpr std::int64_t wrong_a_day = 5;                   // of one phone
constexpr std::int64_t wrong_without_a_number = 10;       // an hour, of all callers who show none
constexpr std::int64_t wrong_before_slower = 20;          // an hour, of all phones of a program
constexpr std::int64_t wrong_an_hour = 200;               // of all phones of a program
constexpr auto slower = std::chrono::milliseconds(1000);  // inside the time that a call or a text has
constexpr auto recording_patience = std::chrono::milliseconds(1000);  // of a caller who waits for our answer
constexpr auto recording_look = std::chrono::milliseconds(50);
constexpr std::int64_t ms_a_day = 86'400'000;
constexpr std::int64_t ms_an_hour = 3'600'000;

Deed exit(std::string name) {
    Deed deed;
    deed.result.exit = std::move(name);
    return deed;
}

std::int64_t count(const std::optional<std::string>& stored) {
    std::int64_t value = 0;
    if (stored) {
        std::from_chars(stored->data(), stored->data() + stored->size(), value);
    }
    return value;
}

using Limit = std::pair<std::string, std::int64_t>;

/// Where a wrong code is counted and how many are allowed there: the hour's count first, then the phone's own.
std::vector<Limit> limits_of(const DeedContext& context, std::int64_t now) {
    const stores::Keyspace keys(context.program);
    if (context.limit_id.empty()) {
        return {{keys.withheld_wrong_codes(now / ms_an_hour), wrong_without_a_number}};
    }
    return {{keys.program_wrong_codes(now / ms_an_hour), wrong_an_hour},
            {keys.wrong_codes(context.limit_id, now / ms_a_day), wrong_a_day}};
}

}  // namespace

Awaitable<Deed> Deeds::perform(const flows::DoRequest& request, DeedContext context,
                               std::optional<ReadyCode>& held) {
    if (request.action == "report.file") {
        co_return co_await file(std::move(context), held);
    }
    if (request.action == "report.open") {
        co_return co_await open(request.secret, std::move(context));
    }
    if (request.action == "report.delete") {
        co_return co_await discard(std::move(context));
    }
    co_return exit("else");  // hand-off and the like: nobody is there yet, and the script says so
}

Awaitable<unsigned> Deeds::still_pending(DeedContext context) {
    const Deadline patience = std::min(context.budget, clock_.in(recording_patience));
    unsigned pending = context.parts_pending;
    while (pending != 0 && !context.records_now && clock_.steady() < patience) {
        const bool going = co_await ops::pause(recording_look);
        redis::LoadKeys wanted;
        wanted.extras.push_back(stores::Keyspace(context.program).pending_recordings(context.conversation));
        const Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, context.budget);
        if (!loaded || !going) {
            break;
        }
        pending = static_cast<unsigned>(std::max<std::int64_t>(0, count(loaded->extras.front())));
    }
    co_return pending;
}

Awaitable<Deed> Deeds::file(DeedContext context, std::optional<ReadyCode>& held) {
    if (!held) {
        Result<ReadyCode> code = co_await codes_.take_code(context.budget);
        if (!code) {
            ops::log(ops::Level::error, "receipt_code_missing", {{"error", code.error()}});
            co_return exit("else");
        }
        held = std::move(*code);
    }
    const unsigned pending = co_await still_pending(context);
    Deed deed = exit(pending == 0 ? "ok" : "pending");
    deed.result.values["code"] = held->code.reveal();
    deed.writes.push_back(
        {redis::Op::set, stores::Keyspace(context.program).receipt(held->index), {context.case_id}});
    co_return deed;
}

Awaitable<Result<std::string>> Deeds::take_try(DeedContext context) {
    const std::int64_t now = clock_.now().time_since_epoch().count();
    const stores::Keyspace keys(context.program);
    redis::Commit tried;
    redis::LoadKeys counts;
    tried.now_ms = now;
    if (!context.event.empty()) {
        tried.once_key = keys.guard("try:" + context.event);
        tried.once_index = keys.guards();
    }
    for (const auto& [key, most] : limits_of(context, now)) {
        tried.writes.push_back({redis::Op::must_be_below, key, {std::to_string(most)}});
        tried.writes.push_back({redis::Op::incrby, key, {"1"}});
        tried.writes.push_back({redis::Op::zadd, keys.guards(), {std::to_string(now), key}});
        counts.extras.push_back(key);
    }
    const Result<redis::Committed> counted = co_await redis::commit(client_, tried, context.budget);
    if (!counted) {
        co_return counted.error();
    }
    const Result<redis::Loaded> stand = co_await redis::load(client_, counts, context.budget);
    if (!stand) {
        co_return stand.error();
    }
    const bool known = !context.limit_id.empty();
    if (counted->outcome == redis::Committed::Outcome::unmet) {
        const bool own = known && count(stand->extras[1]) >= wrong_a_day;
        co_return std::string(own ? "limited" : "too_many");
    }
    if (known && count(stand->extras[0]) > wrong_before_slower) {
        const bool going = co_await ops::pause(slower);
        co_return std::string(going ? "" : "else");
    }
    co_return std::string();
}

std::vector<redis::Write> Deeds::give_back(const DeedContext& context) const {
    std::vector<redis::Write> writes;
    for (const auto& [key, most] : limits_of(context, clock_.now().time_since_epoch().count())) {
        writes.push_back({redis::Op::incrby, key, {"-1"}});
    }
    return writes;
}

Awaitable<Deed> Deeds::open(locales::PrivateText typed, DeedContext context) {
    const Result<std::string> refused = co_await take_try(context);
    if (!refused) {
        co_return exit("else");
    }
    if (!refused->empty()) {
        co_return exit(*refused);
    }
    Result<vault::ReceiptCode> code = vault::ReceiptCode::parse(typed.reveal());
    if (!code) {
        co_return exit("wrong");
    }
    Deed deed = co_await look_up(std::move(*code), context);
    if (deed.result.exit != "wrong") {
        const std::vector<redis::Write> back = give_back(context);
        deed.writes.insert(deed.writes.end(), back.begin(), back.end());
    }
    co_return deed;
}

Awaitable<Deed> Deeds::look_up(vault::ReceiptCode code, DeedContext context) {
    const Result<std::string> index =
        co_await codes_.index_of(std::move(code), context.limit_id, context.budget);
    if (!index) {
        co_return exit(index.error() == make_error_code(errc::busy) ? "busy" : "else");
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(context.program).receipt(*index));
    const Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, context.budget);
    if (!loaded) {
        co_return exit("else");
    }
    if (!loaded->extras.front()) {
        co_return exit("wrong");
    }
    std::string case_id = *loaded->extras.front();
    co_return co_await opened(std::move(case_id), std::move(context));
}

Awaitable<Deed> Deeds::opened(std::string case_id, DeedContext context) {
    cases::CaseStore store(client_);
    const Result<cases::CaseFacts> facts = co_await store.facts(context.program, case_id, context.budget);
    if (!facts) {
        const bool deleted = facts.error() == stores::make_error_code(stores::errc::no_such_case);
        co_return exit(deleted ? "wrong" : "else");
    }
    Deed deed = exit("ok");
    deed.result.values["status"] = facts->status;
    deed.result.values["draft"] = facts->id;
    deed.result.values["language"] = facts->language;
    deed.writes.push_back({redis::Op::xadd,
                           stores::Keyspace(context.program).audit(),
                           {"what", "case_returned_to", "case", facts->id}});
    co_return deed;
}

Awaitable<Deed> Deeds::discard(DeedContext context) {
    const stores::Keyspace keys(context.program);
    redis::Command command{"SMEMBERS", keys.case_recordings(context.case_id)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(command), context.budget);
    const std::vector<redis::Reply>* members = reply ? reply->array() : nullptr;
    if (members == nullptr) {
        co_return exit("else");
    }
    Deed deed = exit("ok");
    for (const redis::Reply& member : *members) {
        if (const std::string* id = member.string()) {
            deed.forgotten.push_back(*id);
        }
    }
    deed.writes = cases::deletion_writes(keys, context.case_id);
    deed.writes.push_back(
        {redis::Op::xadd, keys.audit(), {"what", "deleted_by_worker", "case", context.case_id}});
    co_return deed;
}

}  // namespace rightsline::conversations
