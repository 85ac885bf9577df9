// The background: a store kept usable, codes in stock, timers, recordings, old guards swept, signals heard.
#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iostream>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/stores/key_check.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 5s;
constexpr auto guard_kept = std::chrono::hours(24 * 14);  // as long as a provider may repeat an event
constexpr auto forgetting_rest = 10min;  // nobody who deletes again and again keeps the store busy
constexpr int timers_at_once = 32;
constexpr int swept_at_once = 500;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

}  // namespace

/// Every program has a pack: a line without one could not answer.
bool App::Parts::every_program_speaks() const {
    return std::all_of(programs.begin(), programs.end(), [this](const LoadedProgram& program) {
        return packs->active(program.name) != nullptr;
    });
}

/// Where the functions are loaded: as a user of its own, so that the caller cannot change them.
Result<redis::Address> App::Parts::loader_address() const {
    if (embedded) {
        return embedded->loader();
    }
    return redis::parse_url(config.redis.loader_url.empty() ? config.redis.url : config.redis.loader_url);
}

Awaitable<Result<void>> App::Parts::prepare_store() {
    Result<redis::Address> address = loader_address();
    if (!address) {
        co_return address.error();
    }
    const std::unique_ptr<redis::Client> loader =
        redis::make_client(loop.get_executor(), std::move(*address));
    const Result<void> loaded = co_await redis::load_functions(*loader, clock.in(store_budget));
    loader->close();
    if (!loaded) {
        co_return loaded.error();
    }
    for (const LoadedProgram& program : programs) {
        const Result<void> fitting =
            co_await stores::check_keys(*redis, *vault, program.name, clock.in(store_budget));
        if (!fitting) {
            co_return fitting.error();
        }
    }
    co_await health->beat_once();  // before any timer runs: whether the clocks agree
    readiness.store = true;
    co_await borrow_stored_packs();
    const Result<void> stored = co_await packs->persist(clock.in(store_budget));
    readiness.packs = stored && every_program_speaks();
    co_return stored;
}

Awaitable<void> App::Parts::borrow_stored_packs() {
    for (const LoadedProgram& program : programs) {
        if (packs->active(program.name)) {
            continue;
        }
        const Result<flows::PackPtr> before =
            co_await packs->stored_active(program.name, clock.in(store_budget));
        if (before) {
            packs->reactivate(*before);
            ops::log(ops::Level::error, "program_broken_using_stored_pack");
        } else {
            ops::log(ops::Level::error, "program_broken_and_no_stored_pack", {{"error", before.error()}});
        }
    }
}

void App::Parts::refuse_other_keys() {
    ops::log(ops::Level::error, "other_keys");
    std::cerr
        << "The keys in " << config.keys_dir
        << " are not those that the store was written with: with them no secret number opens its report.\n"
           "Mount or restore the folder of before. Do not make new keys: only an empty store takes those.\n";
    exit_code = misconfigured;
    loop.stop();
}

/// In words, beside the log's line: that one cannot hold an address. Never the user or the password of the url.
void App::Parts::tell_of_silent_store() const {
    const Result<redis::Address> address = redis::parse_url(config.redis.url);
    if (embedded || !address || redis->connected()) {
        return;
    }
    const std::string place =
        address->unix_path.empty() ? address->host + ":" + std::to_string(address->port) : address->unix_path;
    std::cerr
        << "The store at " << place
        << " (redis.url) does not answer. Until it does nothing is kept, and workers are told so. Is it "
           "running, and does it let this user in? We try again and again.\n";
}

/// Prepares the store, and says what is new about it. Whether it is ready; with other keys the server ends.
Awaitable<bool> App::Parts::store_prepared(bool again) {
    const Result<void> done = co_await prepare_store();
    const boost::system::error_code trouble = done ? boost::system::error_code() : done.error();
    if (done) {
        ops::log(ops::Level::info, again ? ops::Label("store_back") : ops::Label("store_ready"));
    } else if (trouble == stores::make_error_code(stores::errc::other_keys)) {
        refuse_other_keys();
    } else if (trouble != store_trouble) {
        ops::log(ops::Level::warn, "store_not_ready", {{"error", trouble}});
        tell_of_silent_store();
    }
    store_trouble = trouble;
    co_return done.has_value();
}

void App::Parts::notice_lost_store() {
    if (readiness.store && !redis->connected()) {
        ops::log(ops::Level::info, "store_lost");
        readiness.store = false;
    }
}

Awaitable<void> App::Parts::keep_store() {
    bool prepared = false;
    for (bool going = true; going && exit_code != misconfigured;) {
        // The first preparation waits for the connection itself: looking again after a pause cost 50 ms of every start.
        if (!prepared || (redis->connected() && !readiness.store)) {
            const bool ready = co_await store_prepared(prepared);
            prepared = prepared || ready;
        } else {
            notice_lost_store();
        }
        const auto rest = prepared ? 500ms : 50ms;
        going = co_await ops::pause(rest);
    }
}

Awaitable<void> App::Parts::keep_stock() {
    for (bool going = true; going;) {
        if (readiness.store) {
            co_await stock->refill(program_names());
        }
        going = co_await ops::pause(500ms);
    }
}

Awaitable<void> App::Parts::keep_timers() {
    for (bool going = true; going;) {
        // Of what no webhook caused: a look at the provider's list, say.
        ops::wipe_stack_soon(loop.get_executor());
        // With a wrong clock every worker who pauses would be taken for gone; and a silence is none while what was said in
        // it waits in the spool. Asked it is all the same: nobody else notices that our functions were flushed, and then
        // what waits in the spool is what nothing can be done with.
        const bool may = health->may_time() && !drains_first();
        for (const std::string& program : program_names()) {
            const Result<std::vector<std::string>> due =
                co_await redis::due(*redis, stores::Keyspace(program).timers(), ms(clock.now()),
                                    timers_at_once, clock.in(store_budget));
            if (!due && due.error() == redis::make_error_code(redis::errc::functions_gone)) {
                ops::log(ops::Level::error, "store_functions_gone");
                readiness.store = false;  // keep_store brings them again
            }
            for (std::size_t i = 0; may && due && i < due->size(); ++i) {
                co_await turns->elapse(program, (*due)[i]);
            }
        }
        going = co_await ops::pause(1s);
    }
}

Awaitable<void> App::Parts::keep_recordings() {
    for (bool going = true; going;) {
        for (const std::string& program : program_names()) {
            co_await recordings->work(program);
            co_await prompt_calls->work(program);
            std::vector<conversations::RecordingJob> untaken = co_await recordings->untaken(program);
            for (std::size_t i = 0; i < untaken.size(); ++i) {
                co_await turns->file_untaken(std::move(untaken[i]));
            }
        }
        going = co_await ops::pause(1s);
    }
}

/// What a worker deleted stays in the store's file until that is written anew.
Awaitable<void> App::Parts::forget_deleted() {
    Result<redis::Address> address = loader_address();
    if (!deleted || !readiness.store || clock.steady() < next_forgetting || !address) {
        co_return;
    }
    const std::unique_ptr<redis::Client> loader =
        redis::make_client(loop.get_executor(), std::move(*address));
    deleted = false;
    next_forgetting = clock.in(forgetting_rest);
    const Result<void> begun = co_await redis::forget_deleted(*loader, clock.in(store_budget));
    loader->close();
    if (begun) {
        ops::log(ops::Level::info, "store_forgets_deleted");
    } else {
        deleted = true;  // again after the rest
        ops::log(ops::Level::warn, "store_keeps_deleted", {{"error", begun.error()}});
    }
}

Awaitable<void> App::Parts::keep_sweeping() {
    for (bool going = true; going;) {
        co_await forget_deleted();
        if (!health->statistics_paused()) {
            co_await recordings->measure(program_names());
        }
        const bool may_sweep = health->may_delete() && !health->housekeeping_paused();
        const std::vector<std::string> programs_now =
            may_sweep ? program_names() : std::vector<std::string>();
        for (const std::string& program : programs_now) {
            const std::int64_t now = ms(clock.now());
            const std::int64_t before = ms(clock.now() - guard_kept);
            const Result<std::int64_t> swept =
                co_await redis::sweep(*redis, stores::Keyspace(program).guards(), before, now, swept_at_once,
                                      clock.in(store_budget));
            if (swept && *swept > 0) {
                ops::log(ops::Level::info, "guards_swept", {{"count", *swept}});
            }
            co_await retention->work(program);
            co_await referrals->work(program);
        }
        going = co_await ops::pause(60s);
    }
}

Awaitable<void> App::Parts::wait_for_end() {
    boost::system::error_code failed;
    co_await ending.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    if (!failed) {
        readiness.draining = true;
        loop.stop();
    }
}

Awaitable<void> App::Parts::wait_for_reload() {
    for (;;) {
        boost::system::error_code failed;
        co_await reloading.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, failed));
        if (failed) {
            co_return;
        }
        reload();
        const Result<void> stored = co_await packs->persist(clock.in(store_budget));
        readiness.packs = stored && every_program_speaks();
    }
}

void App::Parts::refresh_metrics() {
    const redis::Traffic traffic = redis->traffic();
    metrics.counter("rightsline_redis_commands_total", "Commands that Redis answered")
        .take_over(traffic.commands);
    metrics.counter("rightsline_redis_sends_total", "Writes to the Redis socket").take_over(traffic.sends);
    metrics.counter("rightsline_redis_abandoned_total", "Commands given up").take_over(traffic.abandoned);
    metrics.counter("rightsline_log_overruns_total", "Log lines lost").take_over(ops::log_overruns());
    metrics.counter("rightsline_redis_restarts_total", "Times that our own Redis had to be started again")
        .take_over(embedded ? static_cast<std::uint64_t>(embedded->restarts()) : 0);
    metrics.gauge("rightsline_redis_up", "The store is connected").set(redis->connected() ? 1 : 0);
    spool->measure();
    measure_vault();
    metrics.gauge("rightsline_receipt_codes_ready", "Prepared receipt codes")
        .set(static_cast<std::int64_t>(stock->codes()));
}

}  // namespace rightsline::app
