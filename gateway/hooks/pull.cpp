#include "gateway/hooks/pull.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::hooks {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr auto turn_budget = 4s;
constexpr auto page_budget = 15s;
constexpr int most_pages = 50;
constexpr std::chrono::milliseconds overlap = 10min;               // the provider's clock is not ours
constexpr std::chrono::milliseconds settling = 30s;                // a webhook of this moment is on its way
constexpr std::chrono::milliseconds reach = std::chrono::days(7);  // half of what the once-guards are kept

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

}  // namespace

struct Pull::Asked {
    const Account& account;
    std::string line;  // "": the account's recordings
    ops::UtcMs since;
};

Pull::Pull(PullServices services)
    : services_(std::move(services)),
      heard_(services_.metrics.counter("rightsline_pulled_total",
                                       "Events in the providers' lists, most of them known already")),
      failed_(services_.metrics.counter("rightsline_pulls_failed_total",
                                        "Times that a provider's list could not be read or taken")) {}

Awaitable<bool> Pull::work() {
    bool all = true;
    for (const auto& [number, line] : services_.directory.lines) {
        if (line.modes.empty() || line.modes.contains(flows::Mode::sms)) {
            const Result<void> done = co_await pull_texts(number, line);
            all = all && done.has_value();
        }
    }
    for (const auto& [name, account] : services_.directory.accounts) {
        const Result<void> done = co_await pull_recordings(name);
        all = all && done.has_value();
    }
    co_return all;
}

Awaitable<Result<ops::UtcMs>> Pull::since(std::string key) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(key);
    const Result<redis::Loaded> loaded =
        co_await redis::load(services_.redis, wanted, services_.clock.in(store_budget));
    if (!loaded) {
        co_return loaded.error();
    }
    const ops::UtcMs now = services_.clock.now();
    const std::string text = loaded->extras.front().value_or("");
    std::int64_t until = 0;
    std::from_chars(text.data(), text.data() + text.size(), until);
    if (until > 0) {
        // A time to come was written by a clock that was ahead: nobody knows what was heard before it went back.
        const ops::UtcMs heard{std::chrono::milliseconds(until)};
        co_return heard > now ? now - reach : std::max(heard - overlap, now - reach);
    }
    ops::log(ops::Level::info, "pull_begins");
    const Result<void> begun = co_await remember(std::move(key), now);
    if (!begun) {
        co_return begun.error();
    }
    co_return ops::UtcMs{};
}

Awaitable<Result<void>> Pull::remember(std::string key, ops::UtcMs until) {
    redis::Commit commit;
    commit.writes.push_back({redis::Op::set, std::move(key), {std::to_string(ms(until))}});
    commit.now_ms = ms(services_.clock.now());
    const Result<redis::Committed> kept =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!kept) {
        co_return kept.error();
    }
    co_return Result<void>();
}

Awaitable<Result<providers::Heard>> Pull::read_page(const Asked& asked, std::string next) {
    const providers::Provider& provider = *asked.account.provider;
    const providers::Credentials& credentials = asked.account.credentials;
    std::optional<http::Outgoing> request =
        asked.line.empty() ? provider.list_recordings(asked.since, next, credentials)
                           : provider.list_texts(asked.line, asked.since, next, credentials);
    if (!request) {
        co_return providers::errc::not_offered;
    }
    const http::Fate fate =
        co_await services_.outside.send(std::move(*request), services_.clock.in(page_budget));
    if (!fate.answer) {
        co_return fate.answer.error();
    }
    co_return asked.line.empty() ? provider.read_recordings(*fate.answer, asked.since)
                                 : provider.read_texts(*fate.answer, asked.line, asked.since);
}

/// Newest first, as it is listed. Errors: a page could not be read; then nothing is taken, for the oldest come last.
Awaitable<Result<std::vector<providers::Inbound>>> Pull::read_all(const Asked& asked) {
    std::vector<providers::Inbound> all;
    std::string next;
    for (int page = 0; page < most_pages; ++page) {
        Result<providers::Heard> heard = co_await read_page(asked, std::move(next));
        if (!heard) {
            co_return heard.error();
        }
        std::move(heard->events.begin(), heard->events.end(), std::back_inserter(all));
        if (heard->reaches_back || heard->next.empty()) {
            co_return all;
        }
        next = std::move(heard->next);
    }
    ops::log(ops::Level::error, "pull_too_long", {{"events", all.size()}});
    co_return all;
}

Awaitable<Result<void>> Pull::take_text(std::string number, providers::Inbound inbound) {
    const conversations::LineContext& line = services_.hooks.context_of_line(number);
    if (inbound.worker && services_.is_staff(line.program, *inbound.worker)) {
        co_return Result<void>();
    }
    heard_.add();
    co_return co_await services_.turns.take_in(line, inbound, services_.clock.in(turn_budget));
}

Awaitable<Result<void>> Pull::pull_texts(std::string number, Line line) {
    const std::string key = stores::Keyspace(line.program).heard_until(number);
    const ops::UtcMs began = services_.clock.now();
    const Result<ops::UtcMs> from = co_await since(key);
    if (!from || *from == ops::UtcMs{}) {
        co_return from ? Result<void>() : Result<void>(from.error());
    }
    const Asked asked{services_.directory.accounts.at(line.account), number, *from};
    Result<std::vector<providers::Inbound>> all = co_await read_all(asked);
    if (!all && all.error() == providers::make_error_code(providers::errc::not_offered)) {
        co_return Result<void>();
    }
    Result<void> taken = all ? Result<void>() : Result<void>(all.error());
    for (std::size_t i = all ? all->size() : 0; taken && i-- > 0;) {
        if (*(*all)[i].said_at < began - settling) {
            taken = co_await take_text(number, std::move((*all)[i]));
        }
    }
    if (!taken) {
        failed_.add();
        ops::log(ops::Level::warn, "pull_failed", {{"error", taken.error()}});
        co_return taken;
    }
    ops::log(ops::Level::info, "pulled_texts", {{"events", all->size()}});
    co_return co_await remember(key, began - settling);
}

/// An account of several programs does not tell whose a recording is: then only webhooks bring them.
Awaitable<Result<void>> Pull::pull_recordings(std::string account) {
    const std::string program = services_.hooks.program_of(account, "");
    if (program.empty()) {
        co_return Result<void>();
    }
    const std::string key = stores::Keyspace(program).recordings_heard_until(account);
    const ops::UtcMs began = services_.clock.now();
    const Result<ops::UtcMs> from = co_await since(key);
    if (!from || *from == ops::UtcMs{}) {
        co_return from ? Result<void>() : Result<void>(from.error());
    }
    const Asked asked{services_.directory.accounts.at(account), "", *from};
    Result<std::vector<providers::Inbound>> all = co_await read_all(asked);
    if (!all && all.error() == providers::make_error_code(providers::errc::not_offered)) {
        co_return Result<void>();
    }
    Result<void> taken = all ? Result<void>() : Result<void>(all.error());
    for (std::size_t i = all ? all->size() : 0; taken && i-- > 0;) {
        conversations::LineContext context;
        context.program = program;
        context.account = account;
        heard_.add();
        taken = co_await services_.turns.hear_of_recording(std::move(context), std::move((*all)[i]));
    }
    if (!taken) {
        failed_.add();
        ops::log(ops::Level::warn, "pull_failed", {{"error", taken.error()}});
        co_return taken;
    }
    co_return co_await remember(key, began - settling);
}

}  // namespace rightsline::hooks
