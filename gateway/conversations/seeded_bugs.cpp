#include "gateway/conversations/seeded_bugs.hpp"

#ifdef RIGHTSLINE_TEST_POINTS
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "gateway/conversations/envelope.hpp"
#include "gateway/ops/test_point.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;
using Outcome = Result<redis::Committed>;

Awaitable<void> later(redis::Client& client, redis::Commit commit) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 20ms);
    co_await timer.async_wait(boost::asio::use_awaitable);
    const Outcome lost = co_await redis::commit(client, commit, std::chrono::steady_clock::now() + 1s);
    static_cast<void>(lost);
}

Awaitable<Outcome> overwriting(redis::Client& client, redis::Commit commit, Deadline deadline) {
    Outcome done = co_await redis::commit(client, commit, deadline);
    if (done && done->outcome == redis::Committed::Outcome::conflict) {
        commit.expected_version = done->version;
        done = co_await redis::commit(client, commit, deadline);
    }
    co_return done;
}

Awaitable<Outcome> in_two_halves(redis::Client& client, redis::Commit commit, Deadline deadline) {
    redis::Commit effects;
    effects.writes = std::move(commit.writes);
    effects.now_ms = commit.now_ms;
    commit.writes.clear();
    const Outcome first = co_await redis::commit(client, effects, deadline);
    if (!first) {
        co_return first;
    }
    ops::test_point("between_halves");
    co_return co_await redis::commit(client, commit, deadline);
}

/// Who is to be told: the alerts' index, and the outbox.
bool tells_somebody(const redis::Write& write) {
    const std::size_t tag = write.key.find("}:");
    const std::string kind = tag == std::string::npos ? "" : write.key.substr(tag + 2);
    return kind == "at" || kind.starts_with('o');
}

Awaitable<Outcome> outbox_after_commit(redis::Client& client, redis::Commit commit, Deadline deadline) {
    redis::Commit outbox;
    outbox.now_ms = commit.now_ms;
    for (redis::Write& write : std::exchange(commit.writes, {})) {
        (tells_somebody(write) ? outbox : commit).writes.push_back(std::move(write));
    }
    const Outcome first = co_await redis::commit(client, commit, deadline);
    const bool written = first && first->outcome == redis::Committed::Outcome::committed;
    if (written && !outbox.writes.empty()) {
        ops::test_point("between_halves");
        const Outcome lost = co_await redis::commit(client, outbox, deadline);
        static_cast<void>(lost);
    }
    co_return first;
}

Awaitable<Outcome> audit_after_commit(redis::Client& client, redis::Commit commit, Deadline deadline) {
    redis::Commit audit;
    audit.now_ms = commit.now_ms;
    for (redis::Write& write : std::exchange(commit.writes, {})) {
        (write.op == redis::Op::xadd ? audit : commit).writes.push_back(std::move(write));
    }
    const Outcome first = co_await redis::commit(client, commit, deadline);
    const bool written = first && first->outcome == redis::Committed::Outcome::committed;
    if (written && !audit.writes.empty()) {
        ops::test_point("between_halves");
        const Outcome lost = co_await redis::commit(client, audit, deadline);
        static_cast<void>(lost);
    }
    co_return first;
}

/// The guard says that the event was there, and no more.
void forget_response(redis::Commit& commit) {
    Result<Guard> guard = parse_guard(commit.answer);
    if (guard) {
        commit.answer = to_bytes(Guard{guard->content, true, ""});
    }
}

}  // namespace

Awaitable<Outcome> commit_with_bug(redis::Client& client, redis::Commit commit, Deadline deadline) {
    const std::string_view bug = ops::seeded_bug();
    if (bug == "answer_before_commit") {
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::co_spawn(executor, later(client, std::move(commit)), [](std::exception_ptr) {});
        co_return redis::Committed{};
    }
    if (bug == "no_version_check") {
        co_return co_await overwriting(client, std::move(commit), deadline);
    }
    if (bug == "split_commit") {
        co_return co_await in_two_halves(client, std::move(commit), deadline);
    }
    if (bug == "outbox_after_commit") {
        co_return co_await outbox_after_commit(client, std::move(commit), deadline);
    }
    if (bug == "audit_after_commit") {
        co_return co_await audit_after_commit(client, std::move(commit), deadline);
    }
    if (bug == "response_not_stored") {
        forget_response(commit);
    }
    if (bug == "no_dedupe") {
        commit.once_key.clear();
        commit.once_index.clear();
    }
    const Outcome done = co_await redis::commit(client, commit, deadline);
    const bool lie = !done && bug == "answer_though_unknown";
    co_return lie ? Outcome(redis::Committed{}) : done;
}

}  // namespace rightsline::conversations
#endif
