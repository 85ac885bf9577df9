#include "gateway/app/app.hpp"

#include <unistd.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <csignal>
#include <iostream>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/ops/wait_for.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

// From the signal to the end 15 s at most: sends 10 (turns 5, meanwhile), tasks 1, our Redis 4. Then the guard has its word.
constexpr auto drain_budget = 1s;
constexpr auto end_within = 20s;
constexpr auto preparing_budget = 1s;  // of a store that is away the hooks tell the truth

std::chrono::seconds allowance_to_end() {
    const std::string given(ops::test_setting("RL_END_SECONDS"));
    return given.empty() ? end_within : std::chrono::seconds(std::stoi(given));
}

}  // namespace

App::Parts::Parts(config::Config given)
    : config(std::move(given)),
      tasks(loop.get_executor()),
      workers(loop.get_executor(), {}),
      spool_worker(loop.get_executor(), {}),
      login_worker(loop.get_executor(), {1, 10}),
      outside_names(loop.get_executor(), {2, 32}),
      prompt_worker(loop.get_executor(), {1, 16}),
      ending(loop, SIGTERM, SIGINT),
      reloading(loop, SIGHUP),
      end_guard(allowance_to_end()) {}

App::Parts::~Parts() = default;

int App::Parts::build() {
    int code = load_keys();
    code = code == ok ? build_programs() : code;
    code = code == ok ? read_rosters() : code;
    if (code == ok) {
        know_staff();
    }
    code = code == ok ? take_state() : code;
    code = code == ok ? open_spool() : code;
    code = code == ok ? wait_for_store() : code;
    if (code == ok && !ended) {
        build_services();
        prepare_first();
        code = exit_code == ok ? listen() : exit_code;
    }
    return code;
}

/// Two servers on one folder would file and fetch the same things twice.
int App::Parts::take_state() {
    std::vector<std::string> folders{config.state_dir, config.state_dir + "/blobs",
                                     config.state_dir + "/spool"};
    if (config.redis.embedded) {
        folders.push_back(config.redis.directory);
    }
    for (const std::string& folder : folders) {
        const std::string refusal = claim_folder(folder, ::geteuid());
        if (!refusal.empty()) {
            std::cerr << refusal << "\n";
            return misconfigured;
        }
    }
    state = StateLock::take(config.state_dir);
    if (state.held() && config.redis.embedded) {  // the same one under two state_dirs
        store_lock = StateLock::take(config.redis.directory, "server.lock", "redis.directory");
    }
    const StateLock& last = state.held() && config.redis.embedded ? store_lock : state;
    if (!last.held()) {
        std::cerr << last.refusal() << "\n";
        return taken;
    }
    return ok;
}

namespace {

struct Waiting {
    boost::asio::cancellation_signal stop;
    std::optional<Result<void>> store;
    bool begun = false;  // what is cut short before its first step ends by an exception that nobody can catch
    bool ended = false;
};

/// `start`, unless the end came first.
Awaitable<Result<void>> start_unless_ended(std::shared_ptr<Waiting> waiting, Awaitable<Result<void>> start) {
    waiting->begun = true;
    if (waiting->ended) {
        co_return boost::asio::error::operation_aborted;
    }
    co_return co_await std::move(start);
}

}  // namespace

/// Starts the store, and hears SIGTERM meanwhile: a big append-only file takes its time.
int App::Parts::wait_for_store() {
    const auto waiting = std::make_shared<Waiting>();
    ending.async_wait([waiting](const boost::system::error_code& failed, int) {
        if (!failed) {
            waiting->ended = true;
        }
        if (waiting->ended && waiting->begun) {
            waiting->stop.emit(boost::asio::cancellation_type::terminal);
        }
    });
    boost::asio::co_spawn(
        loop, start_unless_ended(waiting, start_store()),
        boost::asio::bind_cancellation_slot(
            waiting->stop.slot(), [waiting](const std::exception_ptr& cut_short, Result<void> store) {
                waiting->store = cut_short ? Result<void>(boost::asio::error::operation_aborted) : store;
            }));
    loop.restart();
    while (!waiting->store && loop.run_one() != 0) {
    }
    ended = waiting->ended;
    ending.cancel();
    loop.poll();
    if (!ended && !*waiting->store) {
        tell_of_disk();
        std::cerr << "The store did not start: " << waiting->store->error().message() << ". Its log is in "
                  << config.state_dir << "/redis.\n";
        return unavailable;
    }
    return ok;
}

/// A store that is there is made ready before anybody may ask: behind a socket that was open before us, they wait already.
void App::Parts::prepare_first() {
    tasks.spawn("store", keep_store());
    const Deadline until = clock.in(preparing_budget);
    loop.restart();
    while (!readiness.store && exit_code == ok && clock.steady() < until && loop.run_one_until(until) != 0) {
    }
}

void App::Parts::stop() {
    readiness.draining = true;
    for (const auto& server : servers) {
        server->wind_down();
    }
    (void)ops::wait_for(loop, finish_work());
    for (const auto& server : servers) {
        server->stop();
    }
    if (health) {
        (void)ops::wait_for(loop, say_goodbye());
    }
    ops::EndGuard::waits_for("tasks", tasks.live());
    tasks.cancel_all();
    const Result<void> drained = ops::wait_for(loop, tasks.drain(clock.in(drain_budget)));
    if (!drained) {
        ops::log(ops::Level::error, "drain_incomplete", {{"tasks", tasks.live()}});
    }
    providers_pool.reset();  // its idle connections would keep the loop alive
    if (home != nullptr) {
        home->close();  // the same
    }
    if (redis) {
        redis->close();
    }
    loop.poll();
    ops::EndGuard::waits_for("its services: workers, the log, its own Redis");
}

App::App(config::Config config) : parts_(std::make_unique<Parts>(std::move(config))) {}
App::~App() = default;

int App::run(const std::function<void()>& started) {
    Parts& parts = *parts_;
    const int code = parts.build();
    if (code != ok || parts.ended) {
        parts.stop();
        return code;
    }
    parts.tasks.spawn("codes", parts.keep_stock());
    parts.tasks.spawn("timers", parts.keep_timers());
    parts.tasks.spawn("recordings", parts.keep_recordings());
    parts.tasks.spawn("sweeper", parts.keep_sweeping());
    parts.tasks.spawn("audit", parts.keep_audit());
    parts.tasks.spawn("events", parts.keep_events());
    parts.tasks.spawn("spool", parts.spool->keep_writing());
    parts.tasks.spawn("drain", parts.keep_draining());
    parts.tasks.spawn("pull", parts.keep_pulling());
    parts.spawn_sending();
    parts.spawn_health();
    parts.tasks.spawn("reload", parts.wait_for_reload());
    parts.tasks.spawn("prompts", parts.keep_prompts());
    parts.tasks.spawn("ending", parts.wait_for_end());
    ops::log(ops::Level::info, "started", {{"programs", parts.programs.size()}});
    started();
    ops::EndGuard::waits_for("the loop");
    parts.loop.run();
    parts.stop();
    ops::log(ops::Level::info, "stopped");
    return parts.exit_code;
}

}  // namespace rightsline::app
