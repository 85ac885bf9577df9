// AlertDesk: wakes the people of a program for a case, one after the other, until one of them has it.
//
// Whoever the case keeps out (gateway/cases/casework.hpp) is not told of it, finds it in no list and cannot take it. To take
// an alert is to have its case: both are one commit. When the case is nobody's again, by whatever, it begins again.
// A turn that files or raises a case writes one line into the index of alerts, in its own commit; the desk does the rest.
// E-mails and webhooks go beside the texts and calls of a step, by a queue of their own, and replace none of them.
// Each move of the ladder is one commit: the alert's document, the messages of the outbox, the next due time and the
// audit, all or nothing, so that any number of servers may do it side by side and a crash repeats nothing.
// Content-free; every step is in the audit. Must never: put a number into the store unsealed, or tell what was reported.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/alerts/alert.hpp"
#include "gateway/alerts/alert_words.hpp"
#include "gateway/alerts/call_page.hpp"
#include "gateway/alerts/ladder.hpp"
#include "gateway/cases/case_file.hpp"
#include "gateway/cases/clocks.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/courier.hpp"
#include "gateway/outbox/fate.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/people/roster.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/transaction.hpp"

namespace rightsline::alerts {

struct AlertServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    stores::PackShelf& packs;
    outbox::Outbox& outbox;
    std::function<void()> posted;        // wakes the dispatcher
    outbox::Courier* courier = nullptr;  // none: nobody is told by e-mail or webhook
    std::function<void()>
        unheard{};  // somebody is in danger, and nobody is left who may be told: of them the operator is
};

/// What a program needs for its alerts.
struct AlertProgram {
    people::Roster roster;
    std::string line;  // of ours, that the alerts leave by
    std::function<int(ops::UtcMs)> utc_offset_minutes;
    std::vector<std::string> webhooks{};  // their URLs, called with every step that tells somebody
    std::string link{};                   // of an e-mail and a webhook, before the report's name; "" = none
};

/// The address of an alert's page, below the account's hooks.
std::string path_of(const CallPage& page);

class AlertDesk {
 public:
    AlertDesk(AlertServices services, std::map<std::string, AlertProgram> programs);

    /// Takes the steps that are due in `program`; call after a commit that raised one, and every second.
    Awaitable<void> work(std::string program);

    /// Tells whoever has a case of clocks that press, and whoever is to do a task that it is due; call every few seconds while the clocks agree.
    Awaitable<void> watch_clocks(std::string program);

    /// A person says that they have the case, and it is theirs with the same commit. `how`: "sms", "call", "api", "console";
    /// or "status", when they gave it one: then a case that somebody has stays theirs.
    /// Errors: errc::no_such_alert, errc::contended, the store's.
    Awaitable<Result<Answer>> take(std::string program, std::string case_id, std::string person,
                                   std::string how, Deadline deadline);
    /// For whom alerts are listed; "" = whoever is on this machine. `all`: also those of sites that they do not look after.
    struct Asking {
        std::string person{};
        bool all = true;
    };
    /// All alerts that nobody has taken yet, the oldest first, at most `most`; without those of cases that keep them out.
    /// Errors: the store's.
    Awaitable<Result<std::vector<Alert>>> open_alerts(std::string program, Asking who, int most,
                                                      Deadline deadline);
    /// Errors: errc::no_such_alert, errc::damaged, the store's.
    Awaitable<Result<Alert>> find(std::string program, std::string case_id, Deadline deadline);

    /// Cheap: every text of a worker asks it.
    bool is_on_roster(const std::string& program, const vault::PhoneNumber& phone) const;
    /// A text that came from one of the roster's phones.
    struct Text {
        std::string phone;
        std::string body;
        std::string
            event;  // what the provider names it by, however often it tells of it (conversations::event_name)
    };
    /// Told of again it gets the very answer that it got, and takes nothing more. Nothing: it is a worker's like any other, or
    /// STOP, or START.
    Awaitable<std::optional<std::string>> answer_text(std::string program, Text text);
    /// What an answered call of an alert says. Nothing: the page is none that we gave.
    Awaitable<std::optional<std::vector<flows::Action>>> answer_call(CallPage page, flows::Event event);

    /// Those of the roster whose phones have sent STOP: no text reaches them until START. Errors: the vault's, the store's.
    Awaitable<Result<std::set<std::string>>> stopped(std::string program, Deadline deadline);

    /// How many of an organisation are told by e-mail that a report is offered to it.
    std::size_t told_of_offers(const std::string& program, std::string_view organisation) const;
    /// The writes that tell them, for the commit of the offer; none where nobody is. Errors: the vault's.
    Awaitable<Result<std::vector<redis::Write>>> offer_notices(std::string program, std::string organisation);

    const AlertProgram* program(const std::string& name) const;
    people::WeekTime local_time(const AlertProgram& program) const;

 private:
    struct Loaded;
    enum class Onward : std::uint8_t { next_person, rest };
    Awaitable<Result<Loaded>> load(std::string program, std::string case_id, Deadline deadline);
    /// `keys`: the case's and the sites'.
    Awaitable<void> open_work(Loaded& into, const std::vector<std::string>& keys, redis::Document sites,
                              redis::Document sealed);
    void work_unreadable(Loaded& into, boost::system::error_code error);
    /// It does when nobody has the open case any more, or who took it is kept out since; not when somebody took it meanwhile.
    bool begins_again(const std::string& program, Loaded& loaded, const std::string& status) const;
    static void give(Loaded& loaded, const std::string& person, const std::string& how);
    Awaitable<void> advance(const std::string& program, const AlertProgram& context, std::string member);
    Awaitable<void> make_move(const std::string& program, const AlertProgram& context, Loaded loaded,
                              std::string member);
    Awaitable<Result<void>> move(const std::string& program, const AlertProgram& context, Loaded& loaded,
                                 redis::Commit& commit);
    Moves moves_of(const AlertProgram& context, const Loaded& loaded);
    Awaitable<Result<void>> tell_next(const std::string& program, const AlertProgram& context, Loaded& loaded,
                                      redis::Commit& commit);
    /// Of a report that is told once: whether the next person is to be told.
    Awaitable<Result<Onward>> look_back(const std::string& program, const AlertProgram& context, Alert& alert,
                                        redis::Commit& commit);
    Awaitable<Result<std::vector<outbox::Fate>>> last_step(const std::string& program,
                                                           const AlertProgram& context, const Alert& alert);
    // ---- holding_back.cpp
    /// rest: this step only tells again who was told before, and its line has enough to do without it.
    Awaitable<Result<Onward>> hold_back(const AlertProgram& context, const Loaded& loaded);
    Awaitable<Result<void>> tell(const std::string& program, const AlertProgram& context,
                                 const Telling& telling, Alert& alert, redis::Commit& commit);
    struct Medium {
        const char* name;  // "sms", "call"
        ops::UtcMs due;
    };
    Awaitable<Result<void>> post(const AlertProgram& context, const people::Person& person, Medium medium,
                                 outbox::Message message, Alert& alert, redis::Commit& commit);
    // ---- reminding.cpp
    Awaitable<Result<Loaded>> load_known(const std::string& program, const AlertProgram& context,
                                         const cases::CaseFacts& facts);
    Awaitable<void> tell_news(const std::string& program, const AlertProgram& context, cases::CaseFacts facts,
                              std::string member);
    Awaitable<void> remind_all(const std::string& program, const AlertProgram& context, Loaded loaded,
                               std::vector<std::size_t> people, Reminder what, redis::Commit commit);
    Awaitable<Result<void>> remind(const std::string& program, const AlertProgram& context, std::size_t who,
                                   Reminder what, Alert& alert, redis::Commit& commit);
    Awaitable<Result<void>> remind_by_text(const AlertProgram& context, const people::Person& person,
                                           const std::string& words, Alert& alert, redis::Commit& commit);
    std::vector<std::size_t> awake(const AlertProgram& context, flows::Urgency urgency,
                                   std::initializer_list<std::optional<std::size_t>> people) const;
    Awaitable<void> put_off(redis::Write line);
    void reminder_failed(boost::system::error_code error);
    // ---- clock_watch.cpp
    Awaitable<void> look_at_clocks(const std::string& program, const AlertProgram& context,
                                   std::string case_id);
    struct Pressing;
    struct Look;
    Awaitable<Result<Pressing>> what_presses(const std::string& program, const cases::CaseFacts& facts,
                                             const cases::Casework& work);
    void judge_clocks(const AlertProgram& context, const Loaded& loaded, const Pressing& pressing,
                      std::int64_t now, Look& look) const;
    void judge_tasks(const AlertProgram& context, const Loaded& loaded, const Pressing& pressing,
                     std::int64_t now, Look& look) const;
    Awaitable<void> tell_of_what_presses(const std::string& program, const AlertProgram& context,
                                         Loaded loaded, const Pressing& pressing);
    // ---- notices.cpp
    Awaitable<Result<void>> mail_to(const std::string& program, const AlertProgram& context,
                                    const people::Person& person, Alert& alert, redis::Commit& commit);
    Awaitable<Result<void>> call_webhooks(const std::string& program, const AlertProgram& context,
                                          Alert& alert, redis::Commit& commit);
    Awaitable<Result<void>> post_notice(const std::string& program, const std::string& who,
                                        const char* medium, std::string id, outbox::Notice notice,
                                        Alert& alert, redis::Commit& commit);
    Awaitable<Result<redis::Committed>> keep(const std::string& program, const Loaded& loaded,
                                             redis::Commit commit);
    Awaitable<void> forget(const std::string& program, const std::string& case_id, std::string member);
    /// Whom a call asks about what.
    struct Asked {
        std::string case_id;
        std::string person;
    };
    Awaitable<Result<CallPage>> page_of(std::string program, Asked asked);
    /// Nothing: it is none of ours.
    Awaitable<std::optional<Asked>> read_page(const CallPage& page);
    // ---- once.cpp
    struct Once;
    struct Taking;
    struct Reader;
    Awaitable<Result<Once>> once_of(std::string program, std::string event, Deadline deadline);
    Awaitable<Result<std::string>> seal_words(const Once& once, std::string words);
    Awaitable<Result<std::string>> say_once(const Once& once, std::string words, Deadline deadline);
    Awaitable<Result<std::string>> answer_first(std::string program, Reader reader, std::string folded,
                                                const Once& once, Deadline deadline);
    Awaitable<Result<Answer>> take_as(std::string program, std::string case_id, Taking taking,
                                      Deadline deadline);
    Awaitable<Result<redis::Committed>> keep_taken(const std::string& program, Loaded& loaded,
                                                   const Taking& taking);
    static const people::Person* person_of(const AlertProgram& program, std::string_view name);
    static const people::Person* person_with(const AlertProgram& program, const std::string& phone);
    Awaitable<Result<Alert>> alert_meant(std::string program, std::string person, std::string folded,
                                         Deadline deadline);

    AlertServices services_;
    std::map<std::string, AlertProgram> programs_;
    ops::Counter& moves_;
    ops::Counter& taken_;
    ops::Counter& failed_;
    ops::Counter& lost_;
    ops::Counter& held_back_;
};

}  // namespace rightsline::alerts
