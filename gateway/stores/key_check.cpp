#include "gateway/stores/key_check.hpp"

#include <utility>
#include <vector>

#include "gateway/stores/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::stores {
// What the pepper calls this: another pepper calls it something else.
Awaitable<Result<std::string>> name_of_keys(vault::Vault& vault) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::event, "rightsline: the keys of this store"});
    const Result<std::vector<vault::KeyedId>> ids = co_await vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return ids->front().hex();
}

Awaitable<Result<void>> check_keys(redis::Client& client, vault::Vault& vault, std::string program,
                                   redis::Deadline deadline) {
    const std::string key = Keyspace(program).key_check();
    const Result<std::string> ours = co_await name_of_keys(vault);
    if (!ours) {
        co_return ours.error();
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(key);
    const Result<redis::Loaded> loaded = co_await redis::load(client, wanted, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    std::vector<vault::SealRequest> requests;
    if (loaded->extras.front()) {
        requests.push_back({vault::Purpose::conversation, key, *loaded->extras.front()});
        const Result<std::vector<std::string>> theirs = co_await vault.open(std::move(requests));
        const bool same = theirs && theirs->front() == *ours;
        co_return same ? Result<void>() : Result<void>(errc::other_keys);
    }
    requests.push_back({vault::Purpose::conversation, key, *ours});
    const Result<std::vector<std::string>> sealed = co_await vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    redis::Commit first;
    first.writes.push_back({redis::Op::set, key, {sealed->front()}});
    const Result<redis::Committed> written = co_await redis::commit(client, first, deadline);
    co_return written ? Result<void>() : Result<void>(written.error());
}

}  // namespace rightsline::stores
