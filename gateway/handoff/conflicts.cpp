#include "gateway/handoff/conflicts.hpp"

#include <utility>

#include "gateway/cases/sites_desk.hpp"
#include "redis/error.hpp"

namespace rightsline::handoff {

std::vector<std::string> conflict_keys(const stores::Keyspace& keys, const std::string& case_id) {
    std::vector<std::string> all{keys.sites()};
    if (!case_id.empty()) {
        all.push_back(keys.casework(case_id));
    }
    return all;
}

Awaitable<Result<Conflicts>> open_conflicts(vault::Vault& vault, std::vector<std::string> keys,
                                            std::vector<std::optional<std::string>> stored) {
    if (keys.empty() || stored.size() != keys.size()) {
        co_return redis::errc::unexpected_reply;
    }
    Conflicts all;
    std::vector<redis::Document> documents;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Result<redis::Document> document = redis::read_document(stored[i]);
        if (!document) {
            co_return document.error();
        }
        all.unchanged.push_back(redis::must_be_version(keys[i], document->version));
        documents.push_back(std::move(*document));
    }
    const Result<cases::SitesPtr> sites =
        co_await cases::open_sites(vault, keys.front(), std::move(documents.front()));
    if (!sites) {
        co_return sites.error();
    }
    all.work.sites = *sites;
    if (keys.size() == 1 || documents.back().version == 0) {
        co_return all;
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, keys.back(), std::move(documents.back().bytes)});
    const Result<std::vector<std::string>> plain = co_await vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    Result<cases::Casework> work = cases::parse_casework(plain->front(), *sites);
    if (!work) {
        co_return work.error();
    }
    all.work = std::move(*work);
    co_return all;
}

}  // namespace rightsline::handoff
