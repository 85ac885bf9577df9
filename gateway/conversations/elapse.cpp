// A timer came due: silence files what was told, and a call that nobody ended is ended.
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 4000ms;
constexpr auto unreadable_again = 10min;

/// "{program}:c:<id>" -> "<id>".
std::string id_in(const std::string& key) { return key.substr(key.rfind(':') + 1); }

}  // namespace

/// An ended conversation's.
Awaitable<void> Turns::forget_timer(const Working& work) {
    redis::Commit forget;
    forget.writes.push_back({redis::Op::zrem, work.names.keys.timers(), {work.names.document_key}});
    const Result<redis::Committed> forgot = co_await commit(forget, work.budget);
    ops::log(ops::Level::debug, "timer_of_nothing", {{"removed", static_cast<bool>(forgot)}});
}

/// A story may wait in a conversation that no key here opens or no script continues: somebody may put that right.
Awaitable<void> Turns::put_off_timer(const Working& work) {
    const ops::UtcMs due = work.now + unreadable_again;
    redis::Commit later;
    later.writes.push_back({redis::Op::zadd,
                            work.names.keys.timers(),
                            {std::to_string(due.time_since_epoch().count()), work.names.document_key}});
    const Result<redis::Committed> put = co_await commit(later, work.budget);
    ops::log(ops::Level::error, "timer_put_off", {{"kept", static_cast<bool>(put)}});
}

/// One silence of one conversation is one event.
Awaitable<Result<vault::KeyedId>> Turns::name_timer(const Working& work) {
    std::vector<vault::IdRequest> requests;
    requests.push_back(
        {vault::IdKind::event, "elapsed|" + work.names.document_key + "|" + std::to_string(work.version)});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return ids->front();
}

Awaitable<void> Turns::elapse(std::string program, std::string key) {
    LineContext line;
    line.program = program;
    providers::Inbound inbound;
    inbound.event = flows::Elapsed{};
    Names names{stores::Keyspace(program), id_in(key)};
    names.guard_key = names.keys.guard("timer");  // nothing stands there: only the conversation is read
    names.document_key = key;
    Working work{line, inbound, names, services_.clock.in(budget)};
    work.now = services_.clock.now();
    Result<redis::Loaded> loaded = co_await load(names, work.budget);
    if (!loaded) {
        co_return;  // the store is gone: the timer is still due and the next round comes
    }
    if (loaded->document.empty()) {
        co_await forget_timer(work);
        co_return;
    }
    const Result<void> opened = co_await open(work, std::move(*loaded));
    if (!opened || (!work.envelope && !work.lost)) {
        co_await put_off_timer(work);
        co_return;
    }
    inbound.mode = work.lost ? work.lost->mode : work.envelope->conversation.mode;
    const Result<vault::KeyedId> event = co_await name_timer(work);
    if (!event) {
        co_return;
    }
    names.content = names.event = event->bytes;
    names.event_hex = event->hex();
    names.guard_key = names.keys.guard(names.event_hex);
    const Result<void> decided = co_await decide(work);
    if (!decided) {
        ops::log(ops::Level::error, "timer_failed", {{"error", decided.error()}});
        co_return;
    }
    http::Response nothing;
    const Result<http::Response> saved = co_await save(work, std::move(nothing));
    if (!saved) {
        ops::log(ops::Level::warn, "timer_not_saved", {{"error", saved.error()}});
    }
}

}  // namespace rightsline::conversations
