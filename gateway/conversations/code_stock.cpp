#include "gateway/conversations/code_stock.hpp"

#include <sodium.h>

#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/mailbox.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto refill_budget = 5s;
constexpr int alias_tries = 8;

/// "7K4-921": a digit, a letter that no digit looks like, a digit, and three more. 2.3 million of them.
std::string random_alias() {
    static constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    const auto digit = [] { return static_cast<char>('0' + randombytes_uniform(10)); };
    std::string alias{digit(), letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))],
                      digit(), '-'};
    for (int i = 0; i < 3; ++i) {
        alias.push_back(digit());
    }
    return alias;
}

}  // namespace

/// One place in the line of those who look a code up.
class CodeStock::Place {
 public:
    Place(std::multiset<std::string>& line, std::string sender)
        : line_(line), place_(line.insert(std::move(sender))) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { line_.erase(place_); }

 private:
    std::multiset<std::string>& line_;
    std::multiset<std::string>::iterator place_;
};

Awaitable<Result<CodeKeys>> CodeStock::keys_of(vault::ReceiptCode code, std::string sender,
                                               Deadline deadline) {
    if (looking_.size() >= most_looking || looking_.count(sender) >= most_of_one) {
        co_return errc::busy;
    }
    const Place place(looking_, std::move(sender));
    co_return co_await derive_(std::move(code), deadline);
}

Awaitable<Result<ReadyCode>> CodeStock::make_code(Deadline deadline) {
    vault::ReceiptCode code = vault::ReceiptCode::random();
    Result<CodeKeys> keys = co_await derive_(code, deadline);
    if (!keys) {
        co_return keys.error();
    }
    std::string mailbox = vault::lock_mailbox(*keys->opener, vault::fresh_mailbox());
    co_return ReadyCode{std::move(code), std::move(keys->index), std::move(mailbox)};
}

Awaitable<Result<ReadyCode>> CodeStock::take_code(Deadline deadline) {
    if (codes_.empty()) {
        co_return co_await make_code(deadline);
    }
    ReadyCode ready = std::move(codes_.front());
    codes_.pop_front();
    co_return ready;
}

Awaitable<Result<std::string>> CodeStock::reserve_alias(std::string program, Deadline deadline) {
    const stores::Keyspace keys(program);
    for (int i = 0; i < alias_tries; ++i) {
        std::string alias = random_alias();
        redis::Commit reserve;  // the guard itself is the reservation: a second one is a duplicate
        reserve.once_key = keys.alias(alias);
        reserve.answer = "1";
        reserve.now_ms = clock_.now().time_since_epoch().count();
        const Result<redis::Committed> done = co_await redis::commit(client_, reserve, deadline);
        if (!done) {
            co_return done.error();
        }
        if (done->outcome == redis::Committed::Outcome::committed) {
            co_return alias;
        }
    }
    co_return errc::contended;  // the program has used up most of its aliases
}

Awaitable<Result<std::string>> CodeStock::take_alias(std::string program, Deadline deadline) {
    std::deque<std::string>& ready = aliases_[program];
    if (ready.empty()) {
        co_return co_await reserve_alias(std::move(program), deadline);
    }
    std::string alias = std::move(ready.front());
    ready.pop_front();
    co_return alias;
}

Awaitable<void> CodeStock::refill(std::vector<std::string> programs) {
    for (const std::string& program : programs) {
        while (aliases_[program].size() < most_) {
            Result<std::string> alias = co_await reserve_alias(program, clock_.in(refill_budget));
            if (!alias) {
                co_return;  // the store is gone: the next round comes anyway
            }
            aliases_[program].push_back(std::move(*alias));
        }
    }
    while (codes_.size() < most_ && looking_.empty()) {
        Result<ReadyCode> code = co_await make_code(clock_.in(refill_budget));
        if (!code) {
            co_return;  // the pool is busy with workers who wait: they come first
        }
        codes_.push_back(std::move(*code));
    }
}

}  // namespace rightsline::conversations
