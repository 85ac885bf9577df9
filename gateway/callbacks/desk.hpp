// Desk: calls a worker back for somebody of the team, where the worker has asked for it.
//
//   the console's button -> call()         may it be? then the person's phone rings
//   either leg           -> answer_page()  a whisper and a key; an opener and the code; the room
//   its callbacks        -> hear()         it is over, or what the provider calls it
//   the clock            -> work()         phones that cannot be rung, that nobody answers, talks that are over
//
// Each takes one step of the machine (machine.hpp) and keeps it in one commit with the calls that the outbox is to make and the
// entry of the case's log: so any number of servers may do it side by side, and a crash calls nobody twice.
// The worker's number is opened for that one call, and leaves only while their yes stands. Whoever picks up hears a neutral
// opener; the code of that very case is all that leads into the room, and its tries count with those of every other way.
// Must never: log or keep in clear a number or a code; say a word of a program or of a case to a phone that has not given it;
// leave a word with a machine. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/callbacks/machine.hpp"
#include "gateway/cases/contact.hpp"
#include "gateway/conversations/code_stock.hpp"
#include "gateway/conversations/code_tries.hpp"
#include "gateway/handoff/legs.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/transaction.hpp"

namespace rightsline::callbacks {

struct DeskServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    stores::PackShelf& packs;
    outbox::Outbox& outbox;
    alerts::AlertDesk& alerts;  // whose roster it is
    conversations::CodeStock& codes;
    handoff::Legs legs;
    std::function<void()> posted;                // wakes the dispatcher
    std::function<void(Awaitable<void>)> spawn;  // starts what may be lost beside the rest
};

/// Somebody of the team wants to speak with a case's worker. Whether they may see the case was looked at before.
struct Wish {
    std::string program;
    std::string case_id;
    std::string person;  // by their name in the roster
    Deadline deadline{};
};

/// What a leg's page was asked with.
struct Heard {
    flows::Event event;
    std::string call;       // the provider's name of it
    bool machine = false;   // it says that a machine has answered
    std::uint32_t nth = 0;  // how many codes had been tried when it was asked
};
struct Said {
    std::vector<flows::Action> actions;
    std::uint32_t nth = 0;  // goes into the address that the next key comes to
};

/// The address of a leg of a call-back, below the account's hooks.
std::string back_path_of(const alerts::CallPage& page, std::uint32_t nth);
bool is_back_page(std::string_view path);
/// What back_path_of() wrote there; 0 where it wrote nothing that can be read.
std::uint32_t codes_tried(std::string_view query);

/// A day holds so many calls to one worker.
inline constexpr std::int64_t most_a_day = 2;

class Desk {
 public:
    explicit Desk(DeskServices services);

    /// Errors: closed to no_phone_of_ours of errc, stores::errc::no_such_case, outbox::errc, the vault's, the store's.
    Awaitable<Result<void>> call(Wish wish);
    /// Nothing: the page is none of ours.
    Awaitable<std::optional<Said>> answer_page(alerts::CallPage page, Heard heard);
    /// Errors: the store's.
    Awaitable<Result<void>> hear(std::string program, std::string message, std::string call,
                                 std::string word);
    /// Looks at what is due; call it every second.
    Awaitable<void> work(std::string program);

 private:
    struct Loaded;
    struct Counters;
    // ---- asking.cpp
    Awaitable<Result<void>> is_open(const Wish& wish);
    Awaitable<Result<cases::Reach>> may_be_called(const Wish& wish);
    std::int64_t day_there(const std::string& program) const;
    Awaitable<Result<std::vector<redis::Write>>> count_today(const Wish& wish, const std::string& id);
    // ---- keeping.cpp
    Awaitable<Result<Loaded>> load(std::string program, std::string id, Deadline deadline);
    Awaitable<Result<Step>> take(std::string program, std::string id, Event event, Side side,
                                 std::string call, Deadline deadline);
    Awaitable<Result<redis::Committed>> keep(std::string program, std::string id, std::uint64_t version,
                                             Outcome before, Step& step, std::vector<redis::Write> besides,
                                             Deadline deadline);
    Awaitable<Result<void>> place_calls(const std::string& program, const std::string& id, Step& step,
                                        redis::Commit& commit);
    Awaitable<Result<void>> ring_person(const std::string& program, const std::string& id,
                                        const CallBack& call_back, redis::Commit& commit);
    Awaitable<Result<void>> ring_worker(const std::string& program, const std::string& id,
                                        const CallBack& call_back, redis::Commit& commit);
    void count(Outcome outcome);
    void after_commit(const std::string& program, const std::string& id, const Step& step);
    // ---- legs.cpp
    Awaitable<Result<alerts::CallPage>> page_of(std::string program, std::string message);
    Awaitable<Event::Told> told_by(const std::string& program, const LegName& name, const Heard& heard,
                                   const CallBack& call_back);
    Awaitable<Event::Told> try_code(const std::string& program, const std::string& id,
                                    const CallBack& call_back, const Heard& heard);
    Awaitable<Result<std::string>> phone_of(const std::string& program, const std::string& case_id,
                                            Deadline deadline);
    Awaitable<Result<std::int64_t>> opens(const std::string& program, const std::string& case_id,
                                          vault::ReceiptCode code, std::string phone, Deadline deadline);
    // ---- desk.cpp
    Awaitable<void> look(std::string program, std::string id);
    Awaitable<std::optional<Event::Told>> lost_call(const std::string& program, const std::string& id,
                                                    const CallBack& call_back);
    Awaitable<void> forget(std::string program, std::string id);
    Awaitable<void> put_off(std::string program, std::string id, ops::UtcMs until);
    Awaitable<void> move_legs(std::string program, std::string id, CallBack call_back, Todo todo);

    DeskServices services_;
    cases::ContactBook book_;
    conversations::CodeTries tries_;
    std::shared_ptr<Counters> counters_;
};

}  // namespace rightsline::callbacks
