// How well we are: the store behind its watch, the levels and what they hold back, and the operator told.
#include <utility>

#include "gateway/api/api.hpp"
#include "gateway/app/parts.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/outbox/notice.hpp"
#include "gateway/stores/prompt_keys.hpp"
#include "redis/libraries.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_outstanding = 512;  // commands: a seat each for turns and sends, and the loops
constexpr auto loader_budget = 2s;
constexpr auto rooms_rest = 10s;
// Nothing of a person is put off for longer than a day: ladders, retries, recordings, silences.
constexpr std::chrono::milliseconds furthest_ahead = 25h;
constexpr std::chrono::milliseconds longest_round = 1h;   // of a ladder, but for what its roster says
constexpr std::chrono::milliseconds furthest_alert = 1h;  // of a message of one: its retries
constexpr auto schedules_rest = 5s;                       // somebody's cry may lie there
constexpr std::chrono::milliseconds furthest_referral = 92 * 24h;  // the longest that an offer waits
constexpr std::chrono::milliseconds furthest_ping = 96h;  // a day after the last, and then the next safe hour
constexpr int pulled_at_once = 200;
constexpr auto instance_kept = std::chrono::hours(24 * 7);

/// Unlike that of any other process, also of this one after a restart: leases and beats are by it.
std::string fresh_id() {
    vault::KeyedId id;
    ops::draw_fresh_bytes(id.bytes);
    return "gw-" + id.hex();
}

std::optional<int> fullness_of(const std::string& folder) {
    const std::string given(ops::test_setting("RL_DISK_PERCENT"));
    return given.empty() ? health::disk_percent(folder) : std::stoi(given);
}

int step_of(health::Fullness fullness) { return static_cast<int>(fullness); }

}  // namespace

void App::Parts::watch_store(redis::Address address) {
    redis::ClientOptions options;
    options.most_outstanding = most_outstanding;
    store = redis::make_client(loop.get_executor(), std::move(address), options);
    std::vector<std::string> folders{config.state_dir};
    if (config.redis.embedded) {
        folders.push_back(config.redis.directory);
    }
    health = std::make_unique<health::Health>(
        *store, health::HealthServices{clock, metrics, std::move(folders), fullness_of},
        health::Instance{fresh_id(), std::string(redis::library_name()), {}});
    redis = redis::make_watched(*store, health->watcher());
}

void App::Parts::build_operators() {
    std::vector<vault::PhoneNumber> numbers;
    for (const locales::PrivateText& number : config.operators.numbers) {
        const Result<vault::PhoneNumber> phone = vault::PhoneNumber::parse(number.reveal());
        if (phone) {
            numbers.push_back(*phone);
        } else {
            ops::log(ops::Level::error, "operator_number_unusable");
        }
    }
    operators = std::make_unique<alerts::OperatorDesk>(
        alerts::OperatorServices{*redis, *vault, clock, *outbox, [this] { dispatcher->wake(); }},
        config.operators.line, std::move(numbers));
}

void App::Parts::spawn_health() {
    tasks.spawn("health", keep_health());
    tasks.spawn("pulse", health->keep_beating());
    tasks.spawn("rooms", keep_rooms());
    tasks.spawn("schedules", keep_schedules());
    tasks.spawn("vault", keep_vault());
}

/// What follows from the level.
Awaitable<void> App::Parts::keep_health() {
    for (bool going = true; going;) {
        health->look();
        readiness.level = static_cast<int>(health->level());
        readiness.reason = health::name_of(health->reason()).view();
        dispatcher->pause_blasts(health->blasts_paused());
        dispatcher->keep_records(!health->may_delete());
        going = co_await ops::pause(200ms);
    }
}

Awaitable<void> App::Parts::keep_rooms() {
    int rounds = 0;
    for (bool going = true; going;) {
        co_await ask_memory();
        if (health->disk() != health::Fullness::room) {
            co_await operators->tell(alerts::Matter::disk, step_of(health->disk()));
        }
        if (health->memory() != health::Fullness::room) {
            co_await operators->tell(alerts::Matter::memory, step_of(health->memory()));
        }
        if (health->clocks_disagree()) {
            co_await operators->tell(alerts::Matter::clock, 1);
        }
        if (rounds++ % 60 == 0 && health->may_delete()) {
            co_await forget_old_builds();
        }
        going = co_await ops::pause(rooms_rest);
    }
}

/// How far ahead a timer of a conversation may lie.
std::chrono::milliseconds App::Parts::longest_patience(const std::string& program) const {
    const flows::PackPtr pack = packs->active(program);
    return pack ? std::max<std::chrono::milliseconds>(furthest_ahead, pack->flows[0].expire.sms + 1h)
                : furthest_ahead;
}

Awaitable<void> App::Parts::keep_schedules() {
    for (bool going = true; going;) {
        co_await pull_schedules_back();
        going = co_await ops::pause(schedules_rest);
    }
}

/// How far ahead the ladder of an alert may lie.
std::chrono::milliseconds App::Parts::longest_step(const std::string& program) const {
    const alerts::AlertProgram* told = alerts->program(program);
    if (told == nullptr) {
        return furthest_ahead;
    }
    const people::Roster& roster = told->roster;
    return std::max<std::chrono::milliseconds>({roster.step, roster.repeat, longest_round}) + 10min;
}

/// What was put off while a clock was ahead by days would wait until that time comes again: ladders, sends, recordings.
Awaitable<void> App::Parts::pull_schedules_back() {
    std::vector<std::pair<std::string, std::chrono::milliseconds>> schedules;
    for (const std::string& program : program_names()) {
        const stores::Keyspace names(program);
        schedules.emplace_back(names.timers(), longest_patience(program));
        schedules.emplace_back(names.alerts(), longest_step(program));
        schedules.emplace_back(names.hand_offs(), furthest_alert);
        schedules.emplace_back(names.call_backs(), furthest_alert);
        schedules.emplace_back(stores::PromptKeys(program).prompt_calls(), furthest_ahead);
        for (std::string key : {names.clocks(), names.recordings(), names.untaken_recordings()}) {
            schedules.emplace_back(std::move(key), furthest_ahead);
        }
        schedules.emplace_back(names.referrals(), furthest_referral);
        schedules.emplace_back(names.to_reach(), furthest_ping);
        schedules.emplace_back(names.to_check_in(), furthest_ping);
        const redis::LeaseQueue notices = outbox::queue_of_notices(names);
        schedules.emplace_back(notices.lanes[0], furthest_ahead);  // e-mails and webhooks of alerts
        schedules.emplace_back(notices.unknown, furthest_ahead);
        for (const auto& [account, copies_of] : copies->accounts()) {
            schedules.emplace_back(names.copies(account), furthest_ahead);
        }
    }
    for (const auto& [number, line] : outbox->lines()) {
        schedules.emplace_back(line.queue.lanes[0], furthest_alert);
        schedules.emplace_back(line.queue.lanes[1],
                               furthest_ahead);  // replies; a mailing may be planned for next week
        schedules.emplace_back(line.queue.unknown, furthest_ahead);
    }
    std::int64_t pulled = 0;
    for (auto& [key, furthest] : schedules) {
        const std::int64_t now = clock.now().time_since_epoch().count();
        const Result<std::int64_t> some = co_await redis::pull_back(
            *redis, std::move(key), furthest.count(), now, pulled_at_once, clock.in(loader_budget));
        pulled += some ? *some : 0;
    }
    if (pulled > 0) {
        ops::log(ops::Level::warn, "schedules_pulled_back", {{"count", pulled}});
    }
}

Awaitable<Result<void>> App::Parts::say_goodbye() {
    if (readiness.store && health->level() != health::Level::away) {
        co_await health->end();
    }
    co_return Result<void>();
}

Awaitable<void> App::Parts::ask_memory() {
    Result<redis::Address> address = loader_address();
    if (!address || !readiness.store || health->level() == health::Level::away) {
        co_return;
    }
    const std::unique_ptr<redis::Client> loader =
        redis::make_client(loop.get_executor(), std::move(*address));
    const std::optional<int> percent = co_await health::memory_percent(*loader, clock.in(loader_budget));
    loader->close();
    health->heard_memory(percent);
}

/// Functions of builds that nobody runs any more.
Awaitable<void> App::Parts::forget_old_builds() {
    Result<redis::Address> address = loader_address();
    if (!address || !readiness.store) {
        co_return;
    }
    const ops::UtcMs now = clock.now();
    const Result<std::vector<health::Instance>> living =
        co_await health::living(*redis, now, now - instance_kept, clock.in(loader_budget));
    const std::unique_ptr<redis::Client> loader =
        redis::make_client(loop.get_executor(), std::move(*address));
    const Result<std::vector<std::string>> others =
        co_await redis::other_libraries(*loader, clock.in(loader_budget));
    if (living && others) {
        const std::vector<std::string> old = builds.to_forget(*others, *living, clock.steady());
        for (std::size_t i = 0; i < old.size(); ++i) {
            const Result<void> gone =
                co_await redis::forget_library(*loader, old[i], clock.in(loader_budget));
            ops::log(ops::Level::info, "functions_of_an_old_build_forgotten", {{"done", gone.has_value()}});
        }
    }
    loader->close();
}

/// A walk over the queues waits while workers are many, or while we are too ill for it. What somebody needs to read a
/// report (the list of cases, for it finds one by its name) or to take an alert never does.
std::optional<http::Response> App::Parts::shed(const http::Request& request) {
    const bool ill = health->level() >= health::Level::narrow;
    if (!request.path().starts_with("/api/v1/outbox") || !(ill || seats.crowded())) {
        return std::nullopt;
    }
    shed_lists.add();
    return api::busy_answer();
}

}  // namespace rightsline::app
