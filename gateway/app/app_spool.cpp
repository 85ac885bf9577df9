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

constexpr auto drained_first_for =
    10min;  // a record that cannot be taken must not hold every answer for ever
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
    const std::string path = config.state_dir + "/spool/events";
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
    drain_until = clock.in(drained_first_for);
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
    return spool && spool->waiting() > 0 && clock.steady() < drain_until;
}

Awaitable<void> App::Parts::keep_draining() {
    std::chrono::milliseconds rest = shortest_rest;
    for (bool going = true; going;) {
        if (!readiness.store || spool->waiting() == 0) {
            drain_until = clock.in(drained_first_for);
        } else {
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
        if (!readiness.store) {
            next = clock.steady();
        } else if (clock.steady() >= next && !drains_first()) {
            const bool all = co_await pull->work();
            next = all ? clock.in(pull_every) : clock.in(pull_again);
        }
        going = co_await ops::pause(250ms);
    }
}

}  // namespace rightsline::app
