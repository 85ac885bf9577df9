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

/// "uid:1000": neither a user nor anybody of a roster has such a name.
bool is_of_this_machine(const std::string& person) { return person.find(':') != std::string::npos; }

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

/// Who took it has the case, of the roster or of its users. Whoever ended the alert by giving the case a status takes it from
/// nobody by that; and the user of this machine, whose name is nobody's, is given nothing.
void AlertDesk::give(Loaded& loaded, const std::string& person, const std::string& how) {
    if (loaded.work_readable && loaded.work.left != 0) {  // nobody had it until now
        loaded.work.left = 0;
        loaded.work_changed = true;
    }
    const bool known = !is_of_this_machine(person);
    const bool stays = how == "status" && !loaded.work.assignee.empty();
    if (known && !stays && loaded.work_readable && loaded.work.assignee != person) {
        loaded.work.assignee = person;
        loaded.work_changed = true;
    }
}

Awaitable<Result<Answer>> AlertDesk::take(std::string program, std::string case_id, std::string person,
                                          std::string how, Deadline deadline) {
    Taking taking{std::move(person), std::move(how)};
    co_return co_await take_as(std::move(program), std::move(case_id), std::move(taking), deadline);
}

/// Errors beside those of take(): errc::answered, the text that takes it was answered meanwhile.
Awaitable<Result<Answer>> AlertDesk::take_as(std::string program, std::string case_id, Taking taking,
                                             Deadline deadline) {
    for (int i = 0; i < tries; ++i) {
        Result<Loaded> loaded = co_await load(program, case_id, deadline);
        if (!loaded) {
            co_return loaded.error();
        }
        if (!loaded->alert) {
            co_return errc::no_such_alert;
        }
        if (const std::optional<Answer> answer = already(*loaded->alert, loaded->work, taking.person)) {
            co_return *answer;
        }
        const Result<redis::Committed> kept = co_await keep_taken(program, *loaded, taking);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::duplicate) {
            co_return errc::answered;
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            taken_.add();
            co_return Answer::taken;
        }  // else others changed it, or its worker has deleted the report: then there is no alert to load
    }
    co_return errc::contended;
}

/// With the text's memory in the same commit: one text takes one alert, however often and however fast it is told of.
Awaitable<Result<redis::Committed>> AlertDesk::keep_taken(const std::string& program, Loaded& loaded,
                                                          const Taking& taking) {
    const stores::Keyspace keys(program);
    Alert& alert = *loaded.alert;
    const ops::UtcMs now = services_.clock.now();
    alert.taken_by = taking.person;
    alert.taken_how = taking.how;
    alert.taken_at = now;
    give(loaded, taking.person, taking.how);
    redis::Commit commit;
    if (!taking.once_key.empty()) {
        commit.once_key = taking.once_key;
        commit.once_index = keys.guards();
        commit.answer = taking.sealed;
    }
    const std::string& id = alert.case_id;
    commit.writes.push_back({redis::Op::zrem, keys.alerts(), {id}});
    const std::int64_t hour = std::chrono::floor<std::chrono::hours>(now.time_since_epoch()).count();
    commit.writes.push_back({redis::Op::hset, keys.case_facts(id), {"taken", std::to_string(hour * 3600)}});
    audit::add_entry(commit.writes, keys, {audit::What::alert_taken, id, taking.person, taking.how});
    co_return co_await keep(program, loaded, std::move(commit));
}

}  // namespace rightsline::alerts
