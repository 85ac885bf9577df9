// CaseDesk: carries out what the team wants of a case, and tells how a case stands.
//
// Each change is one commit: the sealed document compared by its version, the clear status and the audit's entry, all or
// nothing, and none of it when the worker deleted the case meanwhile. Who comes second at the same moment decides anew upon
// what the first one left. Notes are kept as they come: sealed, and this desk cannot open them.
// Must never: answer a worker. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/casework.hpp"
#include "gateway/cases/clocks.hpp"
#include "gateway/cases/handed_on.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::cases {

struct CaseDeskServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    stores::PackShelf& packs;
    std::map<std::string, vault::CirclePublicKey> circles;  // by name; a program's own has the program's
    std::map<std::string, People> people;                   // likewise
};

/// Who wants it: what the audit names, and the name that they gave or logged in with; "" = none.
struct Actor {
    std::string who;
    std::string name;
    std::vector<std::string> users{};  // names that count beside the roster's: of those who log in
    bool sees_all = true;              // what others have is there for them, too
};

/// What a change carries beside the document: on other keys of the case.
struct Beside {
    std::vector<redis::Write> conditions;
    std::vector<redis::Write> writes;
};

struct Standing {
    bool readable = true;  // no: `work` is empty, for no key here opens it, or the vault does not answer
    Casework work;
    std::vector<std::int64_t> told;  // when its worker told more
    std::size_t linked = 0;          // with how many others
    std::vector<Task> tasks;         // the done ones too
    std::string category_name{};  // of `work`'s category, for the team; "" where the program has it no more
    std::vector<DueClock> clocks;
    std::uint64_t version = 0;  // of its document
    bool for_all = false;  // a danger, or nobody who is told looks after its site: whoever is woken finds it
    bool filed = true;  // no: there is no such case, as was found out of one that was named by its id alone

    /// Whether it is free for somebody: nobody has it, and they look after its site; a danger waits for nobody's list.
    bool is_free_for(std::string_view person) const {
        return work.assignee.empty() && may_be_free_for(person);
    }
    /// … or was, until somebody took it.
    bool may_be_free_for(std::string_view person) const {
        return readable && !work.keeps_out(person) && (for_all || work.is_near(person));
    }
    /// Whether it is there for somebody of the team: theirs (they have it, or something is to be done by them), or free for
    /// them. `all`: they hand cases out, so what others have is there for them, too. Never for whom it
    /// keeps out, nor where that cannot be read.
    bool is_there_for(std::string_view person, bool all) const;
};

struct Outcome {
    CaseFacts facts;
    Casework work;
    bool changed = true;  // no: it was so already
    std::string words;    // what its worker hears of its status from now on, in their language
};

struct SealedTask {
    Task task;
    std::string sealed;  // its words; "" = its kind says everything
};

/// Some of a case's notes, sealed, the oldest first, and how many there are.
using NotePage = PartPage;

class CaseDesk {
 public:
    explicit CaseDesk(CaseDeskServices services);

    /// Errors: those of decide(), errc::no_script, errc::contended, errc::damaged, stores::errc::no_such_case, the store's.
    Awaitable<Result<Outcome>> change(std::string program, std::string id, Actor actor, Wish wish,
                                      redis::Deadline deadline);
    /// The same, with more in its commit. stores::errc::no_such_case is also a condition that does not hold.
    Awaitable<Result<Outcome>> change_with(std::string program, std::string id, Actor actor, Wish wish,
                                           Beside beside, redis::Deadline deadline);
    /// How these cases stand now, in their order; one call of the store and of the vault, and one more for each that is named by
    /// its id alone. One that cannot be read hides no other. Errors: the store's.
    Awaitable<Result<std::vector<Standing>>> standing(std::string program, std::vector<CaseFacts> cases,
                                                      redis::Deadline deadline);

    /// Errors: errc::bad_note, errc::too_many_notes, errc::unknown_person, errc::may_not, stores::errc::no_such_case, the store's.
    Awaitable<Result<void>> keep_note(std::string program, std::string id, Actor actor, std::string sealed,
                                      redis::Deadline deadline);
    /// Those after the first `skip`, and how many there are. Whoever hands them on writes the audit's entry first.
    Awaitable<Result<NotePage>> notes(std::string program, std::string id, int skip,
                                      redis::Deadline deadline);

    /// `task`: who, by when. Its id and who set it are the desk's. Errors: errc::bad_task, errc::too_many_tasks,
    /// errc::unknown_person, errc::may_not, stores::errc::no_such_case, the store's.
    Awaitable<Result<Task>> set_task(std::string program, std::string id, Actor actor, Task task,
                                     std::string sealed, redis::Deadline deadline);
    /// One that is done already stays as it was. Errors: errc::no_such_task; as set_task().
    Awaitable<Result<Task>> finish_task(std::string program, std::string id, Actor actor, std::string task,
                                        redis::Deadline deadline);
    /// Whoever hands the words on writes the audit's entry first. Errors: the store's.
    Awaitable<Result<std::vector<SealedTask>>> tasks(std::string program, std::string id,
                                                     redis::Deadline deadline);

    /// Lets a case out for `purpose`: noted before a byte leaves. Errors: the missing consent's (consent.hpp),
    /// errc::unknown_person, errc::may_not, stores::errc::no_such_case, the store's.
    Awaitable<Result<void>> hand_on(std::string program, std::string id, Actor actor, Consent purpose,
                                    redis::Deadline deadline);
    /// What went already. Errors: the store's.
    Awaitable<Result<std::vector<HandedOn>>> handed_on(std::string program, std::string id,
                                                       redis::Deadline deadline);

    /// Whether whoever wants something is known and not kept out. Errors: errc::unknown_person, errc::may_not, errc::damaged,
    /// the vault's, the store's.
    Awaitable<Result<Casework>> may_act(std::string program, std::string id, Actor actor,
                                        redis::Deadline deadline);

    /// What `facts`' worker hears of it, in their language; "" where the program has no words for it.
    std::string words_of(const std::string& program, const CaseFacts& facts) const;
    /// The program's own.
    const vault::CirclePublicKey& circle(const std::string& program) const {
        return services_.circles.at(program);
    }
    /// Those that the program has; null = none. Errors: the store's, the vault's, errc::damaged.
    Awaitable<Result<SitesPtr>> sites(std::string program, redis::Deadline deadline);
    /// The newest key of the circle that a case is sealed to. Errors: errc::no_circle.
    Result<vault::CirclePublicKey> circle_of(const std::string& program, const CaseFacts& facts) const;
    /// The same. Errors: also stores::errc::no_such_case, the store's.
    Awaitable<Result<vault::CirclePublicKey>> circle_of(std::string program, std::string id,
                                                        redis::Deadline deadline);
    const People& people(const std::string& program) const;
    /// The same with those users among them, each once.
    People people(const std::string& program, const std::vector<std::string>& users) const;
    std::vector<flows::CaseStatus> statuses(const std::string& program) const;
    std::vector<flows::Category> categories(const std::string& program) const;
    /// Nothing in it where the program's script cannot be read: then everything is kept.
    flows::Retention retention(const std::string& program) const;
    /// The names of those that it has beside its own, the most sensitive first.
    std::vector<std::string> circles(const std::string& program) const;
    /// Those that its cases may be referred to.
    std::vector<flows::Organisation> organisations(const std::string& program) const;

 private:
    struct Loaded {
        Casework work;
        std::uint64_t version = 0;
        std::uint64_t sites = 0;  // the version of what is known of the sites
    };
    Awaitable<Result<Loaded>> load(std::string program, std::string id, redis::Deadline deadline);
    Awaitable<Result<void>> add(std::vector<redis::Write> writes, redis::Deadline deadline);
    Awaitable<Result<void>> read_words(std::string program, std::string id, std::vector<SealedTask>& tasks,
                                       redis::Deadline deadline);
    struct Stored {
        std::string key;
        std::optional<std::string> sealed;  // nothing: nobody touched the case yet
    };
    /// In their order. Errors: errc::damaged, the vault's.
    Awaitable<Result<std::vector<Casework>>> open(std::vector<Stored> documents, SitesPtr sites);
    /// Each into its place; where the sites cannot be read none is readable.
    Awaitable<void> open_all(std::vector<Stored> documents, Result<SitesPtr> sites,
                             std::vector<Standing>& into);
    Awaitable<void> open_one(Stored document, SitesPtr sites, Standing& into);
    Awaitable<Result<void>> read_facts(const std::string& program, std::vector<CaseFacts>& cases,
                                       std::vector<Standing>& all, redis::Deadline deadline);
    bool is_for_all(const std::string& program, const CaseFacts& facts, const Casework& work) const;
    void judge(const std::string& program, const std::vector<CaseFacts>& cases,
               std::vector<Standing>& all) const;
    struct Tried {
        bool done = false;  // no: somebody else was quicker
        Outcome outcome;
    };
    Awaitable<Result<Tried>> try_once(flows::PackPtr pack, std::string id, Actor actor, Wish wish,
                                      redis::Deadline deadline, const Beside& beside);
    Awaitable<Result<redis::Committed>> keep(std::string program, CaseFacts facts, const Loaded& before,
                                             const Decision& decision, std::string who,
                                             redis::Deadline deadline, const Beside& beside);
    std::vector<DueClock> clocks(const std::string& program, const CaseFacts& facts,
                                 const Standing& standing) const;

    CaseDeskServices services_;
};

}  // namespace rightsline::cases
