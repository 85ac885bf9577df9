// How cases stand: what the team keeps of them, opened, with what is known of the program's sites.
#include <algorithm>
#include <utility>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/links.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr std::size_t version_bytes = 8;  // before the caller's, in a versioned document

std::optional<std::string> without_version(const std::optional<std::string>& document) {
    return document ? std::optional(document->substr(std::min(version_bytes, document->size())))
                    : std::nullopt;
}

}  // namespace

bool Standing::is_there_for(std::string_view person, bool all) const {
    if (!readable || work.keeps_out(person)) {
        return false;
    }
    const auto for_them = [person](const Task& one) { return one.is_open() && one.who == person; };
    return all || work.assignee == person || (work.assignee.empty() && work.is_near(person)) ||
           std::ranges::any_of(tasks, for_them);
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
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    // Where the lists cannot be read nobody is known not to stand on one: then no case is readable.
    Result<redis::Document> known = redis::read_document(stored->extras.front());
    Result<SitesPtr> sites = known ? SitesPtr() : Result<SitesPtr>(known.error());
    if (known) {
        sites = co_await open_sites(services_.vault, keys.sites(), std::move(*known));
    }
    std::vector<Stored> documents;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const std::size_t at = 1 + 4 * i;
        documents.push_back({wanted.extras[at], without_version(stored->extras[at])});
        all[i].told = read_told(stored->extras[at + 1].value_or(""));
        all[i].linked = read_links(stored->extras[at + 2].value_or("")).size();
        all[i].tasks = read_tasks(stored->extras[at + 3].value_or(""));
    }
    co_await open_all(std::move(documents), sites, all);
    const std::vector<flows::Category> known_categories = categories(program);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        all[i].clocks = clocks(program, cases[i], all[i]);
        const flows::Category* category = find_category(known_categories, all[i].work.category);
        all[i].category_name = category == nullptr ? "" : category->name;
    }
    co_return all;
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
