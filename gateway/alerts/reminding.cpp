// Whoever has a case is told, in one short text or e-mail without content, that its worker wrote more or that a clock presses.
#include <algorithm>
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/alerts/hurry.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/alerts/watch.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/error.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr auto worth_telling = 24h;
constexpr int copies = 1;  // nobody is woken by it: one more when the fate of the first is unknown

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::string reminder_id(Alert& alert) { return message_id(alert, 'n', ++alert.reminders); }

const char* why(Reminder what) {
    switch (what) {
        case Reminder::news:
            return "news";
        case Reminder::clock_late:
            return "late";
        case Reminder::task_due:
            return "task";
        case Reminder::clock_warned:
            break;
    }
    return "warned";
}

}  // namespace

/// A case's alert, made when nobody was told of it yet, and its casework.
Awaitable<Result<AlertDesk::Loaded>> AlertDesk::load_known(const std::string& program,
                                                           const AlertProgram& context,
                                                           const cases::CaseFacts& facts) {
    const Deadline in_time = services_.clock.in(store_budget);
    Result<Loaded> loaded = co_await load(program, facts.id, in_time);
    if (loaded && !loaded->alert) {
        Alert alert;
        alert.case_id = facts.id;
        alert.outside = fresh_outside_name();
        alert.alias = facts.alias;
        alert.urgency = facts.urgency;
        alert.raised = ops::UtcMs(std::chrono::seconds(facts.filed_hour));
        alert.line = context.line;
        loaded->alert = std::move(alert);
    }
    co_return loaded;
}

/// The writes that tell one person, by text where they take texts and by e-mail where they have it.
Awaitable<Result<void>> AlertDesk::remind(const std::string& program, const AlertProgram& context,
                                          std::size_t who, Reminder what, Alert& alert,
                                          redis::Commit& commit) {
    const people::Person& person = context.roster.people[who];
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack) {
        co_return make_error_code(errc::no_words);
    }
    const std::string words = text_of(*pack, person.language, what, alert.alias);
    if (person.email && services_.courier != nullptr) {
        outbox::Notice notice;
        notice.by = outbox::Notice::By::mail;
        notice.to = locales::PrivateText(person.email->reveal());
        notice.subject = words;
        notice.body = words + "\n\n" + mail_note(*pack, person.language) + "\n";
        notice.body += context.link.empty() ? "" : "\n" + context.link + alert.alias + "\n";
        notice.not_after = services_.clock.now() + worth_telling;
        const std::string id = reminder_id(alert);
        Result<std::vector<redis::Write>> mailed =
            co_await services_.courier->post(program, id, std::move(notice));
        if (!mailed) {
            co_return mailed.error();
        }
        std::move(mailed->begin(), mailed->end(), std::back_inserter(commit.writes));
    }
    if (person.texts) {
        const Result<void> texted = co_await remind_by_text(context, person, words, alert, commit);
        if (!texted) {
            co_return texted.error();
        }
    }
    const char* how = person.texts && person.email ? "sms and email" : person.texts ? "sms" : "email";
    audit::add_entry(commit.writes, stores::Keyspace(program),
                     {audit::What::reminded, alert.case_id, person.name, how, why(what)});
    co_return Result<void>();
}

Awaitable<Result<void>> AlertDesk::remind_by_text(const AlertProgram& context, const people::Person& person,
                                                  const std::string& words, Alert& alert,
                                                  redis::Commit& commit) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, person.phone.reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    outbox::Message message{outbox::Lane::alert,
                            person.phone,
                            ids->front().hex(),
                            outbox::Text{locales::PrivateText(words), 4h},
                            copies,
                            services_.clock.now() + worth_telling};
    std::string id = reminder_id(alert);
    const ops::UtcMs due = outbox::at_once(rank_of_reminder(), services_.clock.now());
    Result<std::vector<redis::Write>> writes =
        co_await services_.outbox.post(context.line, std::move(id), std::move(message), due);
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    co_return Result<void>();
}

/// Those of them who are on duty, each once; of danger all.
std::vector<std::size_t> AlertDesk::awake(const AlertProgram& context, flows::Urgency urgency,
                                          std::initializer_list<std::optional<std::size_t>> people) const {
    std::vector<std::size_t> all;
    for (const std::optional<std::size_t>& one : people) {
        const bool loud = urgency == flows::Urgency::p1;
        const bool may = one && (loud || context.roster.people[*one].hours.cover(local_time(context)));
        if (may && std::ranges::find(all, *one) == all.end()) {
            all.push_back(*one);
        }
    }
    return all;
}

/// In one commit; what another server did meanwhile, or what cannot be done now, is decided anew at the next look.
Awaitable<void> AlertDesk::remind_all(const std::string& program, const AlertProgram& context, Loaded loaded,
                                      std::vector<std::size_t> people, Reminder what, redis::Commit commit) {
    for (const std::size_t who : people) {
        const Result<void> told = co_await remind(program, context, who, what, *loaded.alert, commit);
        if (!told) {
            reminder_failed(told.error());
        }
        if (!told && told.error().category() != outbox::category()) {
            co_return;
        }  // one who cannot be sent to holds up nobody else
    }
    const Result<redis::Committed> kept = co_await keep(program, loaded, std::move(commit));
    if (!kept) {
        reminder_failed(kept.error());
    } else if (kept->outcome == redis::Committed::Outcome::committed) {
        services_.posted();
    }
}

void AlertDesk::reminder_failed(boost::system::error_code error) {
    failed_.add();
    ops::log(ops::Level::error, "reminder_not_made", {{"error", error}});
}

/// A line of an index that is looked at later, or no more.
Awaitable<void> AlertDesk::put_off(redis::Write line) {
    redis::Commit commit;
    commit.writes.push_back(std::move(line));
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {
        reminder_failed(done.error());
    }
}

/// Its worker told more. Of a report that nobody has, the ladder tells. When who has it is off duty it waits.
Awaitable<void> AlertDesk::tell_news(const std::string& program, const AlertProgram& context,
                                     cases::CaseFacts facts, std::string member) {
    const stores::Keyspace keys(program);
    Result<Loaded> loaded = co_await load_known(program, context, facts);
    if (!loaded) {
        reminder_failed(loaded.error());
        co_return;
    }
    const bool somebodys = loaded->alert->is_taken() || !loaded->work.assignee.empty();
    const std::optional<std::size_t> keeper = keeper_of(context.roster, loaded->work);
    if (!somebodys || !keeper) {
        redis::Write done{redis::Op::zrem, keys.alerts(), {std::move(member)}};
        co_await put_off(std::move(done));
        co_return;
    }
    std::vector<std::size_t> told = awake(context, facts.urgency, {keeper});
    if (told.empty()) {
        const std::int64_t later = ms(services_.clock.now() + context.roster.repeat);
        redis::Write waits{redis::Op::zadd, keys.alerts(), {std::to_string(later), std::move(member)}};
        co_await put_off(std::move(waits));
        co_return;
    }
    redis::Commit commit;
    commit.writes.push_back({redis::Op::zrem, keys.alerts(), {std::move(member)}});
    co_await remind_all(program, context, std::move(*loaded), std::move(told), Reminder::news,
                        std::move(commit));
}

}  // namespace rightsline::alerts
