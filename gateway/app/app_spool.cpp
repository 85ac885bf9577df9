// What comes in while the store is gone: the spool opened, drained, and the provider asked for the rest.
#include <algorithm>
#include <iostream>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/spool/error.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds shortest_rest = 250ms;
constexpr std::chrono::milliseconds longest_rest = 4s;
constexpr auto pull_every = 1h;
constexpr auto pull_again = 1min;

/// What is wrong with the spool, and what to do.
std::string refusal_of(const boost::system::error_code& error, const std::string& path) {
    if (error == spool::make_error_code(spool::errc::other_key)) {
        return path +
               ": messages wait in it that were sealed with other keys than those here. Mount or restore the "
               "keys of "
               "before and start once with them. Without them nobody reads those messages: then move the "
               "file away.";
    }
    if (error == spool::make_error_code(spool::errc::newer)) {
        return path + ": a newer rightsline wrote it. Start that one until the file is drained.";
    }
    if (error == spool::make_error_code(spool::errc::not_ours)) {
        return path + ": this is no spool of rightsline. Move the file away.";
    }
    return path +
           ": it cannot be written, so nothing could be kept while the store is gone. Is the disk full or "
           "read-only, "
           "or the file another user's? limits.spool_bytes says how much it takes.";
}

}  // namespace

int App::Parts::open_spool() {
    const std::string path = spool::path_in(config.state_dir);
    Result<std::unique_ptr<spool::File>> file = spool::open_file(path, config.limits.spool_bytes);
    Result<std::unique_ptr<spool::Spool>> opened =
        file ? ops::wait_for(loop,
                             spool::Spool::open({*vault, clock, metrics, spool_worker, loop.get_executor()},
                                                std::move(*file)))
             : Result<std::unique_ptr<spool::Spool>>(file.error());
    if (!opened) {
        std::cerr << refusal_of(opened.error(), path) << "\n";
        return opened.error() == spool::make_error_code(spool::errc::disk) ? unavailable : misconfigured;
    }
    spool = std::move(*opened);
    drains_before_all.look(false, spool->waiting(), clock.steady());
    return ok;
}

void App::Parts::build_recovery() {
    const auto line_of = [this](const conversations::SpooledText& text) {
        if (hooks->has_line(text.inbound.line)) {
            return hooks->context_of_line(text.inbound.line);
        }
        conversations::LineContext plain;  // the line has left the configuration; what was said to it has not
        plain.program = text.program;
        plain.account = text.account;
        const auto account = directory.accounts.find(text.account);
        plain.provider = account != directory.accounts.end()
                             ? account->second.provider.get()
                             : directory.accounts.begin()->second.provider.get();
        return plain;
    };
    drain = std::make_unique<hooks::Drain>(hooks::DrainServices{*spool, *turns, *recordings, clock, line_of});
    pull = std::make_unique<hooks::Pull>(
        hooks::PullServices{directory, *hooks, *turns, *redis, *providers_pool, clock, metrics,
                            [this](const std::string& program, const vault::PhoneNumber& phone) {
                                return alerts->is_on_roster(program, phone);
                            }});
}

/// Nothing is sent to workers, and no silence is counted, before what they said is in the store: it may be STOP.
bool App::Parts::drains_first() const {
    return drain && drains_before_all.holds(drain->waiting(), clock.steady());
}

/// A store that is full or takes no writes for another reason is connected, and yet nothing can be drained into it.
bool App::Parts::store_takes() const { return readiness.store && health->level() != health::Level::away; }

Awaitable<void> App::Parts::keep_draining() {
    std::chrono::milliseconds rest = shortest_rest;
    for (bool going = true; going;) {
        drains_before_all.look(store_takes(), drain->waiting(), clock.steady());
        if (store_takes() && spool->waiting() > 0) {
            const bool all = co_await drain->work();
            rest = all ? shortest_rest : std::min(rest * 2, longest_rest);
            if (all) {
                dispatcher->wake();
            }
        }
        going = co_await ops::pause(rest);
    }
}

Awaitable<void> App::Parts::keep_pulling() {
    Deadline next = clock.steady();
    for (bool going = true; going;) {
        if (!store_takes()) {
            next = clock.steady();
        } else if (clock.steady() >= next && !drains_first()) {
            const bool all = co_await pull->work();
            next = all ? clock.in(pull_every) : clock.in(pull_again);
        }
        going = co_await ops::pause(250ms);
    }
}

}  // namespace rightsline::app
