// May whoever rang be called back, and are they being called already? And the call, put into the outbox when they may.
#include <array>
#include <iterator>
#include <sstream>
#include <utility>

#include "gateway/handoff/counted_ids.hpp"
#include "gateway/handoff/seeded_bugs.hpp"
#include "gateway/missed/desk_parts.hpp"
#include "gateway/missed/limits.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/fate.hpp"
#include "gateway/vault/key_file.hpp"
#include "redis/error.hpp"

namespace rightsline::missed {
namespace {

using namespace timing;

constexpr char mark = 'm';  // none that names a notice, an answer, a ring of a hand-off or a call-back
constexpr std::size_t name_length = 32;
constexpr int tries = 3;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::string fresh_message() {
    std::array<std::uint8_t, name_length / 2> bytes{};
    ops::draw_fresh_bytes(bytes);
    return mark + vault::to_hex(bytes);
}

/// The last call to a number, as it is kept: "m… 1795442400000 +15005550006".
struct Last {
    std::string message;  // "" = there is none
    std::int64_t at = 0;  // when it was asked for
    std::string line;     // whose outbox has it: they may ring two of one program
};

std::string to_bytes(const Last& last) {
    return last.message + " " + std::to_string(last.at) + " " + last.line;
}

Last parse_last(const std::string& bytes) {
    Last last;
    std::istringstream words(bytes);
    words >> last.message >> last.at >> last.line;
    return last;
}

/// What the outbox looks at when the call is to leave: it would drop it then, and they wait for a call that does not come.
void must_be_able_to_leave(const outbox::Limits& limits, const stores::Keyspace& keys,
                           const std::string& phone, ops::UtcMs now, std::vector<redis::Write>& writes) {
    const std::int64_t day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    if (limits.texts_per_recipient_a_day > 0) {
        writes.push_back({redis::Op::must_be_below,
                          keys.sent_to(phone, day),
                          {std::to_string(limits.texts_per_recipient_a_day)}});
    }
    if (limits.sends_a_day > 0) {
        writes.push_back(
            {redis::Op::must_be_below, keys.sent_by_program(day), {std::to_string(limits.sends_a_day)}});
    }
}

bool may_still_ring(const outbox::Fate& fate) {
    return fate.state == "waiting" || fate.state == "under_way" || fate.state == "in_doubt" ||
           fate.state == "accepted";
}

}  // namespace

bool is_missed_call(std::string_view message) {
    return message.size() == name_length + 1 && message.front() == mark;
}

struct Desk::Stand {
    std::optional<Taken> taken{};  // nothing: they may be called
    handoff::Counted who{};
    std::string phone{};  // what their texts are known by, and their STOP
    std::vector<handoff::Count> counts{};
    std::string last{};  // as it is stored
};

Awaitable<Result<Taken>> Desk::ask(Wish wish) {
    for (int i = 0; i < tries; ++i) {
        const Result<Stand> stand = co_await look(wish);
        if (!stand) {
            counters_->failed.add();
            ops::log(ops::Level::warn, "missed_call_not_looked_at", {{"error", stand.error()}});
            co_return stand.error();
        }
        if (stand->taken) {
            co_return *stand->taken;
        }
        const Result<redis::Committed> kept = co_await post(wish, *stand);
        if (!kept) {
            counters_->failed.add();
            ops::log(ops::Level::warn, "missed_call_not_kept", {{"error", kept.error()}});
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            counters_->called_back.add();
            services_.posted();
            co_return Taken::called_back;
        }
    }
    counters_->capped.add();  // others were let through meanwhile, each time
    co_return Taken::not_called;
}

/// Who it is, and what they are counted by. Errors: the vault's.
Awaitable<Result<Desk::Stand>> Desk::name(const Wish& wish) {
    const std::string& number = wish.worker.reveal();
    std::vector<vault::IdRequest> requests{
        handoff::caller_request(number), handoff::block_request(number), {vault::IdKind::phone, number}};
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    Stand stand;
    stand.who = {(*ids)[0].hex(), (*ids)[1].hex()};
    stand.phone = (*ids)[2].hex();
    const ops::UtcMs now = services_.clock.now();
    const auto place = services_.minutes_east.find(wish.program);
    const int east = place == services_.minutes_east.end() ? 0 : place->second(now);
    stand.counts = counts_of(stores::Keyspace(wish.program), stand.who, east, now);
    co_return stand;
}

Awaitable<Result<Desk::Stand>> Desk::look(const Wish& wish) {
    const outbox::LineOut* out = services_.outbox.find(wish.line);
    const bool on_time = services_.may_time();
    if (!on_time || out == nullptr || !outbox::may_send_to(out->limits, wish.worker)) {
        (on_time ? counters_->refused : counters_->failed).add();
        Stand nobody;
        nobody.taken = Taken::not_called;
        co_return nobody;
    }
    Result<Stand> stand = co_await name(wish);
    if (!stand) {
        co_return stand.error();
    }
    const stores::Keyspace keys(wish.program);
    redis::LoadKeys wanted;
    wanted.document = keys.conversation(stand->phone);
    for (const handoff::Count& one : stand->counts) {
        wanted.extras.push_back(one.key);
    }
    wanted.extras.push_back(keys.being_called_back(stand->who.caller));
    const Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, wish.deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    stand->last = loaded->extras.back().value_or("");
    const Result<Stage> stage = co_await stage_of(wish, stand->last);
    if (!stage) {
        co_return stage.error();
    }
    const Result<Ban> ban = co_await ban_of(wish, *stand);
    if (!ban) {
        co_return ban.error();
    }
    const handoff::Cap full = handoff::full_one(stand->counts, loaded->extras);
    const bool talks = wish.by_text && loaded->version != 0;
    stand->taken = judge(talks, *ban, *stage, full);
    co_return stand;
}

std::optional<Taken> Desk::judge(bool talks, Ban ban, Stage stage, handoff::Cap full) {
    if (talks) {
        return Taken::not_called;
    }
    if (ban == Ban::shut_out) {
        counters_->blocked.add();
        return Taken::not_called;
    }
    if (stage == Stage::under_way) {
        counters_->on_its_way.add();
        return Taken::on_its_way;
    }
    if (full == handoff::Cap::none) {
        return std::nullopt;
    }
    counters_->capped.add();
    const std::int64_t times = full == handoff::Cap::all ? flood_.due(services_.clock.steady()) : 0;
    if (times != 0) {
        ops::log(ops::Level::error, "missed_calls_capped", {{"times", times}});
    }
    return Taken::not_called;
}

/// Of the last call to that number. Nobody waits longer for a word of it than it can take.
Awaitable<Result<Desk::Stage>> Desk::stage_of(const Wish& wish, const std::string& last) {
    Last known = parse_last(last);
    const std::chrono::milliseconds age(ms(services_.clock.now()) - known.at);
    if (known.message.empty() || age < std::chrono::milliseconds(0) || age >= longest_way) {
        co_return Stage::over;
    }
    std::vector<std::string> messages{std::move(known.message)};
    const Result<std::vector<outbox::Fate>> fates =
        co_await outbox::fates(services_.redis, stores::Keyspace(wish.program), std::move(known.line),
                               std::move(messages), wish.deadline);
    if (!fates) {
        co_return fates.error();
    }
    co_return may_still_ring(fates->front()) ? Stage::under_way : Stage::over;
}

Awaitable<Result<Desk::Ban>> Desk::ban_of(const Wish& wish, const Stand& stand) {
    const stores::Keyspace keys(wish.program);
    redis::Command by_us{"HGET", keys.blocked_senders(), stand.who.caller};
    const Result<redis::Reply> blocked = co_await services_.redis.execute(std::move(by_us), wish.deadline);
    if (!blocked) {
        co_return blocked.error();
    }
    redis::Command by_them{"SISMEMBER", keys.stopped(), stand.phone};
    const Result<redis::Reply> stopped = co_await services_.redis.execute(std::move(by_them), wish.deadline);
    if (!stopped) {
        co_return stopped.error();
    }
    const std::int64_t* said_stop = stopped->integer();
    const bool shut_out = blocked->string() != nullptr || (said_stop != nullptr && *said_stop != 0);
    co_return shut_out ? Ban::shut_out : Ban::none;
}

/// Unmet when somebody rang from that number at the same moment, a cap has become full, or the day's sends are used up.
Awaitable<Result<redis::Committed>> Desk::post(const Wish& wish, const Stand& stand) {
    const stores::Keyspace keys(wish.program);
    const ops::UtcMs now = services_.clock.now();
    const std::string message = fresh_message();
    std::string purpose = page_purpose;
    std::string names = message + " " + wish.language;
    const Result<alerts::CallPage> page =
        co_await alerts::seal_page(services_.vault, std::move(purpose), wish.program, std::move(names));
    if (!page) {
        co_return page.error();
    }
    outbox::Call what{missed_path_of(*page, 0), ring};
    what.hears_machines = true;
    outbox::Message call{outbox::Lane::reply, wish.worker, stand.phone,
                         std::move(what),     0,           now + worth_calling};
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(wish.line, message, std::move(call), now + pause);
    if (!writes) {
        co_return writes.error();
    }
    redis::Commit commit;
    commit.now_ms = ms(now);
    commit.writes = std::move(*writes);
    must_be_able_to_leave(services_.outbox.find(wish.line)->limits, keys, stand.phone, now, commit.writes);
    const std::string last = keys.being_called_back(stand.who.caller);
    commit.writes.push_back({redis::Op::must_be, last, {stand.last}});
    commit.writes.push_back({redis::Op::set, last, {to_bytes({message, ms(now), wish.line})}});
    commit.writes.push_back({redis::Op::zadd, keys.guards(), {std::to_string(ms(now)), last}});
    std::vector<redis::Write> counted = handoff::counting_writes(keys, stand.counts, now);
    std::move(counted.begin(), counted.end(), std::back_inserter(commit.writes));
    handoff::leave_out_with_bug("missed_call_is_not_noted", last, commit.writes);
    ops::test_point("before_missed_call");
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, commit, wish.deadline);
    ops::test_point("missed_call_kept");
    co_return kept;
}

}  // namespace rightsline::missed
