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
constexpr std::size_t most_pages = 1000;                           // of 200 texts each, at Twilio
constexpr std::chrono::milliseconds overlap = 10min;               // the provider's clock is not ours
constexpr std::chrono::milliseconds settling = 30s;                // a webhook of this moment is on its way
constexpr std::chrono::milliseconds reach = std::chrono::days(7);  // half of what the once-guards are kept

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

}  // namespace

/// What is asked of one line, or of an account's recordings.
struct Pull::Asked {
    const Account& account;
    std::string account_name;
    std::string program;
    std::string line;  // "": the account's recordings
    ops::UtcMs since{};
    ops::UtcMs until{};  // of texts: what came later is left to its webhook
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

/// The names of the pages that reach back as far as was asked; the newest first, as they are listed, and the last one read.
/// Errors: a page could not be read, or there are too many; then nothing is taken, for the oldest come last.
Awaitable<Result<Pull::Pages>> Pull::find_pages(const Asked& asked) {
    Pages pages{{""}, {}};
    while (pages.names.size() <= most_pages) {
        Result<providers::Heard> heard = co_await read_page(asked, pages.names.back());
        if (!heard) {
            co_return heard.error();
        }
        if (heard->reaches_back || heard->next.empty()) {
            pages.last = std::move(heard->events);
            co_return pages;
        }
        pages.names.push_back(std::move(heard->next));
    }
    ops::log(ops::Level::error, "pull_too_long", {{"pages", pages.names.size()}});
    co_return providers::errc::bad_answer;
}

/// Oldest first; a page is read again when its turn comes, so that a long outage takes no more memory than a short one.
Awaitable<Result<std::size_t>> Pull::take_all(const Asked& asked) {
    Result<Pages> pages = co_await find_pages(asked);
    if (!pages) {
        co_return pages.error();
    }
    std::size_t taken = 0;
    std::vector<providers::Inbound> events = std::move(pages->last);
    for (;;) {
        for (; !events.empty(); events.pop_back(), ++taken) {
            const Result<void> kept = co_await take(asked, std::move(events.back()));
            if (!kept) {
                co_return kept.error();
            }
        }
        pages->names.pop_back();
        if (pages->names.empty()) {
            co_return taken;
        }
        Result<providers::Heard> heard = co_await read_page(asked, pages->names.back());
        if (!heard) {
            co_return heard.error();
        }
        events = std::move(heard->events);
    }
}

Awaitable<Result<void>> Pull::take(const Asked& asked, providers::Inbound inbound) {
    if (asked.line.empty()) {
        conversations::LineContext context;
        context.program = asked.program;
        context.account = asked.account_name;
        heard_.add();
        co_return co_await services_.turns.hear_of_recording(std::move(context), std::move(inbound));
    }
    if (inbound.said_at >= asked.until) {
        co_return Result<void>();
    }
    co_return co_await take_text(asked.line, std::move(inbound));
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
    const Account& account = services_.directory.accounts.at(line.account);
    Asked asked{account, line.account, line.program, number};
    co_return co_await pull(key, std::move(asked));
}

/// An account of several programs does not tell whose a recording is: then only webhooks bring them.
Awaitable<Result<void>> Pull::pull_recordings(std::string account) {
    const std::string program = services_.hooks.program_of(account, "");
    if (program.empty()) {
        co_return Result<void>();
    }
    const std::string key = stores::Keyspace(program).recordings_heard_until(account);
    Asked asked{services_.directory.accounts.at(account), account, program, ""};
    co_return co_await pull(key, std::move(asked));
}

Awaitable<Result<void>> Pull::pull(std::string key, Asked asked) {
    asked.until = services_.clock.now() - settling;
    const Result<ops::UtcMs> from = co_await since(key);
    if (!from || *from == ops::UtcMs{}) {
        co_return from ? Result<void>() : Result<void>(from.error());
    }
    asked.since = *from;
    const Result<std::size_t> taken = co_await take_all(asked);
    if (!taken && taken.error() == providers::make_error_code(providers::errc::not_offered)) {
        co_return Result<void>();
    }
    if (!taken) {
        failed_.add();
        ops::log(ops::Level::warn, "pull_failed", {{"error", taken.error()}});
        co_return taken.error();
    }
    if (!asked.line.empty()) {
        ops::log(ops::Level::info, "pulled_texts", {{"events", *taken}});
    }
    co_return co_await remember(std::move(key), asked.until);
}

}  // namespace rightsline::hooks
