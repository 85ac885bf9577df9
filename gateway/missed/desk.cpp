// The desk itself, what a text asks for, and the end of a call.
#include <algorithm>
#include <array>
#include <utility>

#include "gateway/handoff/counted_ids.hpp"
#include "gateway/missed/desk_parts.hpp"
#include "locales/folding.hpp"
#include "locales/reading.hpp"

namespace rightsline::missed {
namespace {

constexpr std::size_t longest_wish = 200;  // bytes: more is no bare "please call me"
constexpr std::array<std::string_view, 5> last_words{"completed", "busy", "no-answer", "failed", "canceled"};

}  // namespace

Desk::Desk(DeskServices services) : services_(std::move(services)) {
    const auto count = [this](ops::Label outcome) -> ops::Counter& {
        return services_.metrics.counter("rightsline_missed_calls_total",
                                         "Missed calls and wishes to be called, by what became of them",
                                         {{ops::Dimension::outcome, outcome}});
    };
    counters_ = std::make_shared<Counters>(Counters{count("called_back"), count("on_its_way"),
                                                    count("refused"), count("blocked"), count("capped"),
                                                    count("failed"), count("begun"), count("machine")});
}

std::optional<std::string> Desk::asks_for_call(const std::string& program, const std::string& text) const {
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack || text.size() > longest_wish) {
        return std::nullopt;
    }
    const std::string folded = locales::fold(text);
    std::vector<std::string> spoken;
    bool asks = false;
    for (std::size_t i = 0; i < pack->languages.size(); ++i) {
        if (std::ranges::find(pack->reading[i].call_me, folded) != pack->reading[i].call_me.end()) {
            asks = true;
            spoken.emplace_back(pack->languages[i].str());
        }
    }
    return !asks ? std::nullopt : std::optional(spoken.size() == 1 ? spoken.front() : std::string());
}

/// It is forgotten that they are being called; what it was counted as stays.
Awaitable<Result<void>> Desk::hear(std::string program, std::string message,
                                   std::optional<vault::PhoneNumber> worker, std::string word) {
    if (!is_missed_call(message) || !worker || std::ranges::find(last_words, word) == last_words.end()) {
        co_return Result<void>();
    }
    std::vector<vault::IdRequest> requests{handoff::caller_request(worker->reveal())};
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    const std::string key = stores::Keyspace(program).being_called_back(ids->front().hex());
    const Deadline in_time = services_.clock.in(timing::store_budget);
    redis::LoadKeys wanted;
    wanted.extras.push_back(key);
    const Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, in_time);
    if (!loaded) {
        co_return loaded.error();
    }
    const std::string last = loaded->extras.front().value_or("");
    if (!last.starts_with(message + " ")) {
        co_return Result<void>();  // they have asked anew since
    }
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_be, key, {last}});
    commit.writes.push_back({redis::Op::del, key, {}});
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, in_time);
    if (!done) {
        co_return done.error();
    }
    co_return Result<void>();
}

}  // namespace rightsline::missed
