// One step of an alert: the messages that tell whoever is next, in the step's own commit.
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/alerts/hearing.hpp"
#include "gateway/alerts/hurry.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/error.hpp"
#include "redis/error.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto worth_telling = 24h;  // a message that could not leave by then is not sent any more
constexpr int copies = 3;            // a missed alert is worse than two

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

}  // namespace

/// Whom the case keeps out is stepped over.
Moves AlertDesk::moves_of(const AlertProgram& context, const Loaded& loaded) {
    const flows::Urgency urgency = loaded.alert->urgency;
    const auto may = may_be_told(context.roster, loaded.work, urgency);
    Moves moves = next_moves(context.roster, urgency, loaded.alert->rung, local_time(context), may);
    if (moves.everybody && moves.tell.empty() && urgency == flows::Urgency::p1) {
        lost_.add();  // the case keeps everybody out: somebody has to be let in, or the roster is too short
        ops::log(ops::Level::error, "alert_has_nobody_to_tell");
        if (services_.unheard) {
            services_.unheard();
        }
    }
    return moves;
}

Awaitable<Result<void>> AlertDesk::tell_next(const std::string& program, const AlertProgram& context,
                                             Loaded& loaded, redis::Commit& commit) {
    Alert& alert = *loaded.alert;
    const stores::Keyspace keys(program);
    // Who had it before it became more urgent has it no more, and its worker must not hear otherwise.
    commit.writes.push_back({redis::Op::hdel, keys.case_facts(alert.case_id), {"taken"}});
    const Moves moves = moves_of(context, loaded);
    alert.rung = moves.rung;
    alert.before = alert.messages;
    bool skipped = false;
    for (const Telling& telling : moves.tell) {
        const people::Person& person = context.roster.people[telling.person];
        const Result<void> mailed = co_await mail_to(program, context, person, alert, commit);
        if (!mailed) {
            co_return mailed.error();
        }
        const Result<void> told = co_await tell(program, context, telling, alert, commit);
        if (!told && told.error().category() != outbox::category()) {
            co_return told.error();
        }
        if (!told) {  // one person who cannot be sent to holds up nobody else
            skipped = true;
            failed_.add();
            ops::log(ops::Level::error, "alert_person_skipped", {{"error", told.error()}});
        }
    }
    if (!moves.tell.empty()) {
        const Result<void> called = co_await call_webhooks(program, context, alert, commit);
        if (!called) {
            co_return called.error();
        }
    }
    // What goes on no more by itself stands in the index all the same, until somebody takes it.
    std::optional<std::chrono::milliseconds> next = moves.next;
    if (!next) {  // told once: then it is looked whether it arrived; at once where nobody could be sent to
        alert.stepped = services_.clock.now();
        next = skipped ? 1s : next_look({});
    }
    const std::int64_t due = ms(services_.clock.now() + *next);
    commit.writes.push_back({redis::Op::zadd, keys.alerts(), {std::to_string(due), alert.case_id}});
    co_return Result<void>();
}

Awaitable<Result<void>> AlertDesk::tell(const std::string& program, const AlertProgram& context,
                                        const Telling& telling, Alert& alert, redis::Commit& commit) {
    const people::Person& person = context.roster.people[telling.person];
    const flows::PackPtr pack = services_.packs.active(program);
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, person.phone.reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    // Nobody waits for the vault to be woken: then their carrier alone holds back a text to who has said STOP.
    const std::string recipient = ids ? ids->front().hex() : std::string();
    Asked asked{alert.case_id, person.name};
    const Result<CallPage> page = co_await page_of(program, std::move(asked));
    if (!page || !pack) {
        co_return !page ? page.error() : make_error_code(errc::no_words);
    }
    outbox::Message message{outbox::Lane::alert, person.phone, recipient,
                            outbox::Text{},      copies,       services_.clock.now() + worth_telling};
    const ops::UtcMs due = outbox::at_once(rank_of(alert, person.name), services_.clock.now());
    const Medium by_text{"sms", due};
    const Medium by_call{"call", due};
    if (telling.text) {
        message.what = outbox::Text{locales::PrivateText(text_of(*pack, person.language, alert)), 4h};
        const Result<void> posted = co_await post(context, person, by_text, message, alert, commit);
        if (!posted) {
            co_return posted.error();
        }
    }
    if (telling.call) {
        message.what = outbox::Call{path_of(*page), 30s};
        const Result<void> posted = co_await post(context, person, by_call, message, alert, commit);
        if (!posted) {
            co_return posted.error();
        }
    }
    const stores::Keyspace keys(program);
    // No expiry: a clock that jumps must not make "1" mean nothing. It is swept with the guards.
    const std::string now = std::to_string(ms(services_.clock.now()));
    commit.writes.push_back({redis::Op::set, keys.last_told(person.name), {alert.case_id}});
    commit.writes.push_back({redis::Op::zadd, keys.guards(), {now, keys.last_told(person.name)}});
    const char* how = telling.text && telling.call ? "sms and call" : telling.text ? "sms" : "call";
    audit::add_entry(commit.writes, keys, {audit::What::alert_told, alert.case_id, person.name, how});
    co_return Result<void>();
}

Awaitable<Result<void>> AlertDesk::post(const AlertProgram& context, const people::Person& person,
                                        Medium medium, outbox::Message message, Alert& alert,
                                        redis::Commit& commit) {
    const std::string id = message_id(alert, 'a', ++alert.messages);
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(context.line, id, std::move(message), medium.due);
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    keep_told(alert, Told{person.name, medium.name, id, services_.clock.now()});
    co_return Result<void>();
}

Awaitable<Result<std::set<std::string>>> AlertDesk::stopped(std::string program, Deadline deadline) {
    const auto context = programs_.find(program);
    std::set<std::string> names;
    if (context == programs_.end() || context->second.roster.empty()) {
        co_return names;
    }
    const std::vector<people::Person>& people = context->second.roster.people;
    std::vector<vault::IdRequest> requests;
    for (const people::Person& one : people) {
        requests.push_back({vault::IdKind::phone, one.phone.reveal()});
    }
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
        redis::Command question{"SISMEMBER", stores::Keyspace(program).stopped(), (*ids)[i].hex()};
        const Result<redis::Reply> held = co_await services_.redis.execute(std::move(question), deadline);
        if (!held || held->integer() == nullptr) {
            co_return held ? redis::make_error_code(redis::errc::unexpected_reply) : held.error();
        }
        if (*held->integer() != 0) {
            names.insert(people[i].name);
        }
    }
    co_return names;
}

}  // namespace rightsline::alerts
