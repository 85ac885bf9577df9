// How cases stand: what the team keeps of them, opened, with what is known of the program's sites.
#include <algorithm>
#include <utility>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/links.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "gateway/stores/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr std::size_t version_bytes = 8;  // before the caller's, in a versioned document

std::optional<std::string> without_version(const std::optional<std::string>& document) {
    return document ? std::optional(document->substr(std::min(version_bytes, document->size())))
                    : std::nullopt;
}

/// Errors: the vault's, errc::damaged, redis::errc::unexpected_reply.
Awaitable<Result<SitesPtr>> read_sites(vault::Vault& vault, std::string key,
                                       const std::optional<std::string>& stored) {
    Result<redis::Document> known = redis::read_document(stored);
    if (!known) {
        co_return known.error();
    }
    co_return co_await open_sites(vault, std::move(key), std::move(*known));
}

}  // namespace

bool Standing::is_there_for(std::string_view person, bool all) const {
    if (!readable || work.keeps_out(person)) {
        return false;
    }
    const auto for_them = [person](const Task& one) { return one.is_open() && one.who == person; };
    return all || work.assignee == person || is_free_for(person) || std::ranges::any_of(tasks, for_them);
}

Awaitable<Result<std::vector<Casework>>> CaseDesk::open(std::vector<Stored> documents, SitesPtr sites) {
    std::vector<vault::SealRequest> requests;
    for (Stored& one : documents) {
        if (one.sealed) {
            requests.push_back({vault::Purpose::casework, std::move(one.key), std::move(*one.sealed)});
        }
    }
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    std::vector<Casework> all(documents.size());
    auto next = plain->begin();
    for (std::size_t i = 0; i < documents.size(); ++i) {
        all[i].sites = sites;
        if (documents[i].sealed) {
            Result<Casework> work = parse_casework(*next++, sites);
            if (!work) {
                co_return work.error();
            }
            all[i] = std::move(*work);
        }
    }
    co_return all;
}

Awaitable<Result<CaseDesk::Loaded>> CaseDesk::load(std::string program, std::string id,
                                                   redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.document = keys.casework(id);
    wanted.extras.push_back(keys.sites());
    Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    Result<redis::Document> known = redis::read_document(stored->extras.front());
    if (!known) {
        co_return known.error();
    }
    Loaded loaded;
    loaded.version = stored->version;
    loaded.sites = known->version;
    const Result<SitesPtr> sites = co_await open_sites(services_.vault, keys.sites(), std::move(*known));
    if (!sites) {
        co_return sites.error();
    }
    std::vector<Stored> documents{{wanted.document, std::nullopt}};
    if (stored->version != 0) {
        documents.front().sealed = std::move(stored->document);
    }
    Result<std::vector<Casework>> opened = co_await open(std::move(documents), *sites);
    if (!opened) {
        co_return opened.error();
    }
    loaded.work = std::move(opened->front());
    co_return loaded;
}

Awaitable<Result<SitesPtr>> CaseDesk::sites(std::string program, redis::Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).sites());
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    co_return co_await read_sites(services_.vault, wanted.extras.front(), stored->extras.front());
}

Awaitable<Result<std::vector<Standing>>> CaseDesk::standing(std::string program, std::vector<CaseFacts> cases,
                                                            redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.extras.push_back(keys.sites());
    for (const CaseFacts& facts : cases) {
        wanted.extras.push_back(keys.casework(facts.id));
        wanted.extras.push_back(keys.case_told(facts.id));
        wanted.extras.push_back(keys.case_links(facts.id));
        wanted.extras.push_back(keys.case_tasks(facts.id));
    }
    std::vector<Standing> all(cases.size());
    if (cases.empty()) {
        co_return all;
    }
    const Result<void> known_by_id = co_await read_facts(program, cases, all, deadline);
    if (!known_by_id) {
        co_return known_by_id.error();
    }
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    // Where the lists cannot be read nobody is known not to stand on one: then no case is readable.
    const Result<SitesPtr> sites = co_await read_sites(services_.vault, keys.sites(), stored->extras.front());
    std::vector<Stored> documents;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const std::size_t at = 1 + 4 * i;
        documents.push_back({wanted.extras[at], without_version(stored->extras[at])});
        const Result<redis::Document> document = redis::read_document(stored->extras[at]);
        all[i].version = document ? document->version : 0;
        all[i].told = read_told(stored->extras[at + 1].value_or(""));
        all[i].linked = read_links(stored->extras[at + 2].value_or("")).size();
        all[i].tasks = read_tasks(stored->extras[at + 3].value_or(""));
    }
    co_await open_all(std::move(documents), sites, all);
    judge(program, cases, all);
    co_return all;
}

/// What their programs and clocks say of them, now that they are read.
void CaseDesk::judge(const std::string& program, const std::vector<CaseFacts>& cases,
                     std::vector<Standing>& all) const {
    const std::vector<flows::Category> known = categories(program);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        all[i].clocks = clocks(program, cases[i], all[i]);
        const flows::Category* category = find_category(known, all[i].work.category);
        all[i].category_name = category == nullptr ? "" : category->name;
        all[i].for_all = is_for_all(program, cases[i], all[i].work);
    }
}

/// Of those that are named by their id alone; one that is gone, or that nobody can read, stays as it is.
Awaitable<Result<void>> CaseDesk::read_facts(const std::string& program, std::vector<CaseFacts>& cases,
                                             std::vector<Standing>& all, redis::Deadline deadline) {
    CaseStore store(services_.redis);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!cases[i].alias.empty()) {
            continue;
        }
        Result<CaseFacts> facts = co_await store.facts(program, cases[i].id, deadline);
        if (facts) {
            cases[i] = std::move(*facts);
        } else if (facts.error() == stores::make_error_code(stores::errc::no_such_case)) {
            all[i].filed = false;
        } else if (facts.error() != stores::make_error_code(stores::errc::damaged)) {
            co_return facts.error();
        }
    }
    co_return Result<void>();
}

/// As the desk of alerts tells it (alerts/may_be_told.cpp).
bool CaseDesk::is_for_all(const std::string& program, const CaseFacts& facts, const Casework& work) const {
    if (facts.alias.empty() || facts.urgency == flows::Urgency::p1) {
        return !facts.alias.empty();
    }
    const People& known = people(program);
    const auto may = [&work](const std::string& one) { return !work.keeps_out(one); };
    const auto near = [&](const std::string& one) { return may(one) && work.is_near(one); };
    return !known.all.empty() && std::ranges::none_of(known.all, near) &&
           std::ranges::none_of(known.supervisors, may);
}

Awaitable<void> CaseDesk::open_all(std::vector<Stored> documents, Result<SitesPtr> sites,
                                   std::vector<Standing>& into) {
    if (!sites) {
        for (Standing& one : into) {
            one.readable = false;
        }
        co_return;
    }
    Result<std::vector<Casework>> works = co_await open(documents, *sites);
    for (std::size_t i = 0; i < into.size(); ++i) {
        if (works) {
            into[i].work = std::move((*works)[i]);
        } else {
            co_await open_one(std::move(documents[i]), *sites, into[i]);
        }
    }
}

Awaitable<void> CaseDesk::open_one(Stored document, SitesPtr sites, Standing& into) {
    std::vector<Stored> alone{std::move(document)};
    Result<std::vector<Casework>> work = co_await open(std::move(alone), std::move(sites));
    into.readable = work.has_value();
    if (work) {
        into.work = std::move(work->front());
    }
}

}  // namespace rightsline::cases
