#include "gateway/alerts/operator_desk.hpp"

#include <chrono>
#include <utility>

#include "gateway/alerts/hurry.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/at_once.hpp"
#include "redis/transaction.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr int copies = 3;  // as an alert: two are better than none
constexpr auto worth_telling = std::chrono::hours(24);

const char* key_of(Matter matter) {
    switch (matter) {
        case Matter::disk:
            return "disk";
        case Matter::memory:
            return "memory";
        case Matter::clock:
            return "clock";
        case Matter::vault:
            return "vault";
        case Matter::unheard:
            return "unheard";
        case Matter::callers:
            return "callers";
        case Matter::flood:
            return "flood";
    }
    return "";
}

std::int64_t day_of(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

}  // namespace

std::string operator_words(Matter matter, int step) {
    switch (matter) {
        case Matter::disk:
            return step > 1
                       ? "rightsline: a disk is over 90 % full. When it is full, no report can be filed. "
                         "Make room now: runbook, 'The disk fills'."
                       : "rightsline: a disk is over 80 % full. Make room soon: runbook, 'The disk fills'.";
        case Matter::memory:
            return step > 1
                       ? "rightsline: the store has used over 90 % of its memory. When it is used up, no "
                         "report can be filed: runbook, 'The memory fills'."
                       : "rightsline: the store has used over 70 % of its memory: runbook, 'The memory "
                         "fills'.";
        case Matter::clock:
            return "rightsline: this machine's clock and the store's disagree. Nothing is deleted and no "
                   "timer runs "
                   "until they agree: runbook, 'The clocks disagree'.";
        case Matter::vault:
            return step > 1 ? "rightsline: the vault does not answer, or its quota of today is used up. "
                              "Replies to "
                              "workers and new texts wait: runbook, 'The vault is away'."
                            : "rightsline: the vault's quota of today is used up by 80 %. Is it a busy day, "
                              "or does "
                              "somebody list numbers? Runbook, 'The vault is away'.";
        case Matter::unheard:
            return "rightsline: a report waits and nobody who is on call can be told of it. Reach a "
                   "supervisor "
                   "now: rightsline alert list. Runbook, 'An alert reaches nobody'.";
        case Matter::callers:
            return step > 1
                       ? "rightsline: a call that was being put through cannot be read and was given up: "
                         "runbook, 'Callers reach nobody'."
                       : "rightsline: somebody asked for a person, and no phone of the roster could be "
                         "called. They were led to the message: runbook, 'Callers reach nobody'.";
        case Matter::flood:
            return "rightsline: very many calls ask for a person, or are silent. Who asks must press a key "
                   "first, and the rest leave a message: runbook, 'Calls in a flood'.";
    }
    return "";
}

OperatorDesk::OperatorDesk(OperatorServices services, std::string line,
                           std::vector<vault::PhoneNumber> numbers)
    : services_(std::move(services)), line_(std::move(line)), numbers_(std::move(numbers)) {}

Awaitable<void> OperatorDesk::tell(Matter matter, int step) {
    const std::int64_t today = day_of(services_.clock.now());
    if (std::exchange(day_, today) != today) {
        told_.clear();
    }
    for (std::size_t who = 0; who < numbers_.size(); ++who) {
        const std::string id = "op-" + std::string(key_of(matter)) + "-" + std::to_string(step) + "-" +
                               std::to_string(today) + "-" + std::to_string(who);
        if (told_.contains(id)) {
            continue;
        }
        const Result<void> posted = co_await post(matter, step, who, id);
        if (posted) {
            told_.insert(id);
            services_.posted();
        } else {
            ops::log(ops::Level::error, "operator_not_told", {{"error", posted.error()}});
        }
    }
}

Awaitable<Result<void>> OperatorDesk::post(Matter matter, int step, std::size_t who, std::string id) {
    const outbox::LineOut* line = services_.outbox.find(line_);
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, numbers_[who].reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    outbox::Message message{outbox::Lane::alert,
                            numbers_[who],
                            ids ? ids->front().hex() : std::string(),
                            outbox::Text{locales::PrivateText(operator_words(matter, step)), 4h},
                            copies,
                            services_.clock.now() + worth_telling};
    const ops::UtcMs due = outbox::at_once(rank_of_operators(), services_.clock.now());
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(line_, std::move(id), std::move(message), due);
    if (!writes) {
        co_return writes.error();
    }
    redis::Commit commit;
    commit.writes = std::move(*writes);
    audit::add_entry(commit.writes, stores::Keyspace(line->program),
                     {audit::What::operator_told, "", "", "", key_of(matter)});
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    // A message of that id is there: another server, or this one before a restart, has told it today.
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    co_return done ? Result<void>() : Result<void>(done.error());
}

}  // namespace rightsline::alerts
