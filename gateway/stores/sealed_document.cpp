#include "gateway/stores/sealed_document.hpp"

#include <utility>
#include <vector>

#include "redis/transaction.hpp"

namespace rightsline::stores {

Awaitable<Result<SealedDocument>> load_sealed(redis::Client& client, vault::Vault& vault,
                                              vault::Purpose purpose, std::string key, Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.document = std::move(key);
    Result<redis::Loaded> stored = co_await redis::load(client, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->version == 0) {
        co_return SealedDocument{};
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({purpose, wanted.document, std::move(stored->document)});
    Result<std::vector<std::string>> plain = co_await vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    co_return SealedDocument{std::move(plain->front()), stored->version};
}

}  // namespace rightsline::stores
