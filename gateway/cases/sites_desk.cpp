#include "gateway/cases/sites_desk.hpp"

#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

constexpr int tries = 3;

}  // namespace

Awaitable<Result<SitesPtr>> open_sites(vault::Vault& vault, std::string key, redis::Document stored) {
    if (stored.version == 0) {
        co_return SitesPtr();
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, std::move(key), std::move(stored.bytes)});
    const Result<std::vector<std::string>> plain = co_await vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    Result<Sites> sites = parse_sites(plain->front());
    if (!sites) {
        co_return sites.error();
    }
    co_return std::make_shared<const Sites>(std::move(*sites));
}

Awaitable<Result<SitesDesk::Known>> SitesDesk::load(std::string program, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.extras.push_back(keys.sites());
    const Result<redis::Loaded> stored = co_await redis::load(redis_, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    Result<redis::Document> document = redis::read_document(stored->extras.front());
    if (!document) {
        co_return document.error();
    }
    Known known;
    known.version = document->version;
    const Result<SitesPtr> sites = co_await open_sites(vault_, keys.sites(), std::move(*document));
    if (!sites) {
        co_return sites.error();
    }
    known.sites = *sites ? **sites : Sites();
    co_return known;
}

Awaitable<Result<Sites>> SitesDesk::read(std::string program, redis::Deadline deadline) {
    Result<Known> known = co_await load(std::move(program), deadline);
    if (!known) {
        co_return known.error();
    }
    co_return std::move(known->sites);
}

Awaitable<Result<redis::Committed>> SitesDesk::keep(const stores::Keyspace& keys, std::uint64_t version,
                                                    const SitesDecision& decision, std::string who,
                                                    redis::Deadline deadline) {
    redis::Commit commit;
    commit.document_key = keys.sites();
    commit.expected_version = version;
    commit.now_ms = clock_.now().time_since_epoch().count();
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, keys.sites(), to_bytes(decision.after)});
    Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    audit::add_entry(commit.writes, keys, {audit::What::sites_changed, "", std::move(who), decision.how});
    co_return co_await redis::commit(redis_, commit, deadline);
}

Awaitable<Result<SitesDecision>> SitesDesk::change(std::string program, Asked asked, SitesWish wish,
                                                   redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    for (int i = 0; i < tries; ++i) {
        Result<Known> before = co_await load(program, deadline);
        if (!before) {
            co_return before.error();
        }
        Result<SitesDecision> decision = decide(std::move(before->sites), asked.people, asked.actor, wish);
        if (!decision || !decision->changed) {
            co_return decision;
        }
        const Result<redis::Committed> kept =
            co_await keep(keys, before->version, *decision, asked.who, deadline);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            co_return decision;
        }
    }
    co_return errc::contended;
}

}  // namespace rightsline::cases
