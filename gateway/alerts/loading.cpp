// An alert and what the team made of its case, as they stand together; and whether the case is nobody's again.
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::alerts {

Awaitable<Result<AlertDesk::Loaded>> AlertDesk::load(std::string program, std::string case_id,
                                                     Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.document = keys.alert(case_id);
    wanted.extras.push_back(keys.casework(case_id));
    wanted.extras.push_back(keys.sites());
    Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    Loaded loaded;
    loaded.version = stored->version;
    Result<redis::Document> work = redis::read_document(stored->extras.front());
    Result<redis::Document> sites = redis::read_document(stored->extras.back());
    if (!work || !sites) {
        co_return work ? sites.error() : work.error();
    }
    loaded.sites_version = sites->version;
    co_await open_work(loaded, wanted.extras, std::move(*sites), std::move(*work));
    if (stored->version == 0) {
        co_return loaded;
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::alert, wanted.document, std::move(stored->document)});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    Result<Alert> alert = parse_alert(plain->front());
    if (!alert) {
        co_return alert.error();
    }
    loaded.alert = std::move(*alert);
    if (loaded.work.left != 0 && loaded.alert->is_taken()) {  // by who has it no more
        reopen(*loaded.alert);
    }
    co_return loaded;
}

/// Where it cannot be read nobody is known to be kept out: better that somebody too many learns that a report waits than that
/// nobody does. Nor is the case given to anybody then.
Awaitable<void> AlertDesk::open_work(Loaded& into, const std::vector<std::string>& keys,
                                     redis::Document sites, redis::Document sealed) {
    into.work_version = sealed.version;
    const Result<cases::SitesPtr> known =
        co_await cases::open_sites(services_.vault, keys.back(), std::move(sites));
    if (!known) {
        work_unreadable(into, known.error());
        co_return;
    }
    into.work.sites = *known;
    if (sealed.version == 0) {
        co_return;
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, keys.front(), std::move(sealed.bytes)});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(requests));
    Result<cases::Casework> work =
        plain ? cases::parse_casework(plain->front(), *known) : Result<cases::Casework>(plain.error());
    if (!work) {
        work_unreadable(into, work.error());
        co_return;
    }
    into.work = std::move(*work);
}

void AlertDesk::work_unreadable(Loaded& into, boost::system::error_code error) {
    into.work_readable = false;
    failed_.add();
    ops::log(ops::Level::error, "alert_casework_unreadable", {{"error", error}});
}

/// Where the case cannot be read it may be so: better that somebody too many is told.
bool AlertDesk::begins_again(const std::string& program, Loaded& loaded, const std::string& status) const {
    const flows::PackPtr pack = services_.packs.active(program);
    const flows::CaseStatus* now = pack ? cases::find_status(pack->statuses, status) : nullptr;
    const bool closed = now != nullptr && now->closes;
    if (!loaded.alert || closed) {
        return false;
    }
    const bool by_who_is_kept_out = loaded.alert->is_taken() && loaded.work.assignee.empty() &&
                                    loaded.work.keeps_out(loaded.alert->taken_by);
    const bool again = loaded.work.left != 0 || by_who_is_kept_out || !loaded.work_readable;
    if (again && loaded.alert->is_taken()) {
        reopen(*loaded.alert);
    }
    return again;
}

}  // namespace rightsline::alerts
