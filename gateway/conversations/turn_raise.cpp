// What a turn changes in a case that was filed before: a greater hurry, another language, where its questions stand.
#include <chrono>
#include <iterator>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/conversations/turn_work.hpp"

namespace rightsline::conversations {
namespace {

void add_raise(const stores::Keyspace& keys, const flows::Raise& raise, ops::UtcMs now,
               std::vector<redis::Write>& writes) {
    const auto hour = std::chrono::floor<std::chrono::hours>(now.time_since_epoch());
    std::vector<redis::Write> raised = cases::raising_writes(
        keys, vault::KeyedId{raise.draft}.hex(), raise.urgency, std::chrono::seconds(hour).count());
    std::move(raised.begin(), raised.end(), std::back_inserter(writes));
}

}  // namespace

Awaitable<Result<void>> keep_raise(redis::Client& client, const stores::Keyspace& keys,
                                   std::optional<flows::Raise>& raise, ops::UtcMs now,
                                   redis::Deadline deadline, std::vector<redis::Write>& writes) {
    const std::optional<flows::Raise> wanted = std::exchange(raise, std::nullopt);
    if (!wanted) {
        co_return Result<void>();
    }
    redis::Command question{"HGET", keys.case_facts(vault::KeyedId{wanted->draft}.hex()), "urgency"};
    const Result<redis::Reply> has = co_await client.execute(std::move(question), deadline);
    if (!has) {
        co_return has.error();
    }
    if (has->string() == nullptr || *has->string() > cases::to_word(wanted->urgency)) {  // "P3" > "P2"
        add_raise(keys, *wanted, now, writes);  // of a case that is gone, too: its worker hears that
    }
    co_return Result<void>();
}

void Turns::Working::amend(const flows::Step& next) {
    const stores::Keyspace& keys = names.keys;
    if (next.unanswered) {
        keep_unanswered(keys, *next.unanswered, now, told, writes);
    }
    if (next.raise && next.raise->urgency == flows::Urgency::p1) {
        add_raise(keys, *next.raise, now, writes);
        raise.reset();
    } else if (next.raise) {
        raise = next.raise;
    }
    if (next.spoken) {
        std::vector<redis::Write> spoken = cases::language_writes(
            keys, vault::KeyedId{next.spoken->draft}.hex(), pack->languages[next.spoken->language].str());
        std::move(spoken.begin(), spoken.end(), std::back_inserter(writes));
    }
}

}  // namespace rightsline::conversations
