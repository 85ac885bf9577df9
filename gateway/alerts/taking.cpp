// Somebody says that they have a report: the alert ends and the case is theirs, in one commit.
#include <algorithm>
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/audit/entry.hpp"

namespace rightsline::alerts {
namespace {

constexpr int tries = 3;

/// What somebody hears who has nothing left to take. Nothing: it can be taken.
std::optional<Answer> already(const Alert& alert, const cases::Casework& work, const std::string& person) {
    if (alert.is_taken() && alert.taken_by != person) {
        return Answer::too_late;
    }
    if (work.keeps_out(person)) {
        return Answer::not_yours;
    }
    return alert.is_taken() ? std::optional(Answer::was_yours) : std::nullopt;
}

}  // namespace

/// Who took it has the case. Whoever ended the alert by giving the case a status takes it from nobody by that; and the user of
/// this machine, who is nobody of the roster, is given nothing.
void AlertDesk::give(const AlertProgram* context, Loaded& loaded, const std::string& person,
                     const std::string& how) const {
    const bool known = how == "console" || (context != nullptr && person_of(*context, person) != nullptr);
    const bool stays = how == "status" && !loaded.work.assignee.empty();
    if (known && !stays && loaded.work_readable && loaded.work.assignee != person) {
        loaded.work.assignee = person;
        loaded.work_changed = true;
    }
}

Awaitable<Result<Answer>> AlertDesk::take(std::string program, std::string case_id, std::string person,
                                          std::string how, Deadline deadline) {
    const stores::Keyspace keys(program);
    for (int i = 0; i < tries; ++i) {
        Result<Loaded> loaded = co_await load(program, case_id, deadline);
        if (!loaded) {
            co_return loaded.error();
        }
        if (!loaded->alert) {
            co_return errc::no_such_alert;
        }
        Alert& alert = *loaded->alert;
        if (const std::optional<Answer> answer = already(alert, loaded->work, person)) {
            co_return *answer;
        }
        const ops::UtcMs now = services_.clock.now();
        alert.taken_by = person;
        alert.taken_how = how;
        alert.taken_at = now;
        give(this->program(program), *loaded, person, how);
        redis::Commit commit;
        commit.writes.push_back({redis::Op::zrem, keys.alerts(), {case_id}});
        const std::int64_t hour = std::chrono::floor<std::chrono::hours>(now.time_since_epoch()).count();
        commit.writes.push_back(
            {redis::Op::hset, keys.case_facts(case_id), {"taken", std::to_string(hour * 3600)}});
        audit::add_entry(commit.writes, keys, {audit::What::alert_taken, case_id, person, how});
        const Result<redis::Committed> kept = co_await keep(program, *loaded, std::move(commit));
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            taken_.add();
            co_return Answer::taken;
        }  // else others changed it, or its worker has deleted the report: then there is no alert to load
    }
    co_return errc::contended;
}

}  // namespace rightsline::alerts
