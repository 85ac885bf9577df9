// A text of the roster is answered once: whatever a provider repeats gets the very answer that the first one got.
//
// The answer is kept sealed under the event's name, as a worker's is (conversations/turn.hpp), with the commit of what it took
// where it took something. Without it the repeat of a "1" would take the next danger that waits.
#include <utility>

#include "gateway/alerts/error.hpp"
#include "gateway/alerts/loaded.hpp"

namespace rightsline::alerts {
namespace {

// Apart from those of the workers' turns: who joins or leaves the roster between two copies gets no answer of the other kind.
constexpr const char* of_the_roster = "alert:";

}  // namespace

/// What is known of a text. Errors: the vault's, the store's.
Awaitable<Result<AlertDesk::Once>> AlertDesk::once_of(std::string program, std::string event,
                                                      Deadline deadline) {
    std::vector<vault::IdRequest> named;
    named.push_back({vault::IdKind::event, std::move(event)});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(named));
    if (!ids) {
        co_return ids.error();
    }
    const std::string key = stores::Keyspace(program).guard(of_the_roster + ids->front().hex());
    redis::LoadKeys wanted;
    wanted.once = key;
    Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    Once once{std::move(program), key, std::nullopt};
    if (!stored->answer) {
        co_return once;
    }
    std::vector<vault::SealRequest> sealed;
    sealed.push_back({vault::Purpose::answer, key, std::move(*stored->answer)});
    Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(sealed));
    if (!plain) {
        co_return plain.error();
    }
    once.said = std::move(plain->front());
    co_return once;
}

Awaitable<Result<std::string>> AlertDesk::seal_words(const Once& once, std::string words) {
    std::vector<vault::SealRequest> plain;
    plain.push_back({vault::Purpose::answer, once.key, std::move(words)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(plain));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return std::move(sealed->front());
}

/// Remembers what is answered to a text that changes nothing. Errors: errc::answered, the vault's, the store's.
Awaitable<Result<std::string>> AlertDesk::say_once(const Once& once, std::string words, Deadline deadline) {
    Result<std::string> sealed = co_await seal_words(once, words);
    if (!sealed) {
        co_return sealed.error();
    }
    redis::Commit commit;
    commit.once_key = once.key;
    commit.once_index = stores::Keyspace(once.program).guards();
    commit.answer = std::move(*sealed);
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, commit, deadline);
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome != redis::Committed::Outcome::committed) {
        co_return errc::answered;
    }
    co_return words;
}

}  // namespace rightsline::alerts
