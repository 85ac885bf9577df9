// Desk: puts a caller through to a person of the roster, or to the message when nobody comes.
//
//   caller's turn  -> ask()          "wait", "into the room", "to the message"
//   a phone rings  -> answer_call()  the page of the call: a whisper, a key, the room
//   its callbacks  -> hear()         it is over, or what the provider calls it
//   who talks with them -> hand_on()   a colleague's phone rings, and they come into the same room
//   a silent end   -> note_silent_meanwhile()   so that a flood is known as one (gate.hpp)
//   the clock      -> work()         rings that cannot leave, that nobody answers, waits that are over
//
// Each takes one step of the machine (machine.hpp) and keeps it in one commit with the calls that the outbox is to make and
// its entries in the audit (account.hpp): so any number of servers may do it side by side, and a crash loses nothing and rings
// nobody twice. A phone whose turn is over before it began to ring never does. What hurries and may be
// lost is done afterwards, once: calling the caller's leg back, ending the other phones. Should that fail, the caller's own
// next step and the rings' own end come to the same.
// Who stands on the employer's side of a caller is neither rung nor asked into their talk (conflicts.hpp): what says so is loaded
// in the round trip that asks the gate, and has not changed when the hand-off is kept.
// The phones ring by the outbox' calls, with its leases, marks, rates and allowed prefixes. Both sides see our line alone.
// Must never: log or keep in clear a number, or who was called; put anybody into a room who did not press the key.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/operator_desk.hpp"
#include "gateway/handoff/gate.hpp"
#include "gateway/handoff/machine.hpp"
#include "gateway/http/pool.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/transaction.hpp"

namespace rightsline::handoff {

struct DeskServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    stores::PackShelf& packs;
    outbox::Outbox& outbox;
    alerts::AlertDesk& alerts;  // whose roster it is
    http::Pool& outside;
    std::function<void()> posted;                    // wakes the dispatcher
    std::function<void(Awaitable<void>)> spawn;      // starts what may be lost beside the rest
    std::function<void(alerts::Matter, int)> alarm;  // the operator is to be told
};

/// A caller's turn in which they wait for a person.
struct Caller {
    std::string program;
    std::string hand_off;  // that they wait by; "" = they ask for the first time
    std::string turn;      // hex: names this turn, however often it is attempted
    std::string line;      // of ours, that they called
    std::string call;      // the provider's name of the call
    std::string step_url;  // where the call comes next
    std::optional<locales::LanguageTag> language{};
    bool wants_message = false;
    std::optional<vault::PhoneNumber> worker{};  // that calls; nothing: none was shown
    bool pressed_key = false;                    // that shows that they are no machine
    bool in_danger = false;                      // they said so
    std::string case_id{};  // hex: what they came back to, or tell in this call; "" = none
    std::string gender{};   // whom they asked for; "" = anybody
    Deadline deadline{};
};
struct Answer {
    Reply reply = Reply::message;
    std::string hand_off{};
    std::string room{};  // of Reply::talk and talk_on
};

/// A call that is to go on with a colleague.
struct HandOn {
    std::string program;
    std::string call;  // as `roster calls` names it
    std::string by;    // who is in it; "" = who runs the server
    std::string who;   // as the audit names them
    std::string to;    // a name of the roster
    Deadline deadline{};
};

/// The address of a call that rings for a caller, below the account's hooks.
std::string live_path_of(const alerts::CallPage& page);
bool is_live_page(std::string_view path);

class Desk {
 public:
    explicit Desk(DeskServices services);

    /// Errors: the store's, errc::contended, errc::damaged.
    Awaitable<Result<Answer>> ask(Caller caller);
    /// The caller's call is over.
    Awaitable<void> leave(std::string program, std::string hand_off);
    /// The same, beside a turn that has no time left for it.
    void leave_meanwhile(std::string program, std::string hand_off);
    /// What a call that rings for a caller does next. `call`: the provider's name of it. Nothing: the page is none of ours.
    Awaitable<std::optional<std::vector<flows::Action>>> answer_call(alerts::CallPage page,
                                                                     flows::Event event, std::string call);
    /// What the provider says of such a call, by the outbox' name of it. Errors: the store's.
    Awaitable<Result<void>> hear(std::string program, std::string message, std::string call,
                                 std::string word);
    /// Whether callers of the program are asked by whom they would rather be answered.
    bool asks_gender(const std::string& program) const;
    /// A colleague is rung; whether they come is theirs. Errors: errc::no_such_call, room.hpp's may_hand_on(),
    /// errc::not_callable, errc::kept_out, errc::not_as_asked, errc::contended, errc::damaged, the store's, the vault's.
    Awaitable<Result<void>> hand_on(HandOn wish);
    /// A call ended without a key and without a word: beside the turn that ended it.
    void note_silent_meanwhile(SilentEnd end);
    /// Looks at what is due; call it twice a second.
    Awaitable<void> work(std::string program);

 private:
    struct Loaded;
    struct Counters;
    Awaitable<Result<Loaded>> load(std::string program, std::string id, Deadline deadline);
    HandOff fresh(const Caller& caller, const alerts::AlertProgram& program, const flows::Pack& pack);
    Awaitable<Result<Answer>> begin_for(Caller caller);
    /// Nobody is there to be rung: whether somebody would be, were they not asked for by gender.
    Answer nobody_for(const Caller& caller, const alerts::AlertProgram& program, const flows::Pack& pack);
    /// Whom a conflict keeps away is not rung. The conditions under which that holds; nothing: it cannot be known.
    Awaitable<std::optional<std::vector<redis::Write>>> pass_over(
        std::string program, HandOff& hand_off, std::vector<std::optional<std::string>> stored);
    Awaitable<Result<Answer>> put_through(Caller caller, Step first, std::vector<redis::Write> conditions);
    /// Takes the step and keeps it. `call`: heard of the event's ring; "" = nothing new.
    Awaitable<Result<Step>> take(std::string program, std::string id, Event event, std::string call,
                                 Deadline deadline);
    // ---- keeping.cpp
    struct Moved;
    Awaitable<Result<redis::Committed>> keep(Moved moved, Step& step);
    /// Puts the calls of a step into its commit. Who cannot be rung at all is over at once, and the next one's turn comes.
    Awaitable<Result<void>> place_rings(const std::string& program, const std::string& id, Step& step,
                                        redis::Commit& commit);
    Awaitable<Result<void>> place(const std::string& program, const std::string& id, const Step& step,
                                  std::size_t ring, redis::Commit& commit);
    Awaitable<Result<alerts::CallPage>> page_of(std::string program, std::string message);
    void after_commit(const std::string& program, const std::string& id, const Step& step, State before);
    // ---- handing_on.cpp
    Awaitable<Result<std::string>> under_way(std::string program, std::string call, Deadline deadline);
    bool may_be_called(const std::string& program, const std::string& person) const;
    /// Errors: errc::kept_out, errc::not_as_asked, the store's, the vault's, cases::errc::damaged.
    Awaitable<Result<void>> may_have(std::string program, HandOff hand_off, std::string person,
                                     Deadline deadline);
    // ---- looking.cpp
    Awaitable<void> look(std::string program, std::string id);
    Awaitable<void> not_readable(std::string program, std::string id, boost::system::error_code error);
    /// `of`: it is put off only while it stands as then; nothing: whatever it is.
    Awaitable<void> put_off(std::string program, std::string id, ops::UtcMs until,
                            std::optional<std::uint64_t> of);
    Awaitable<Result<std::size_t>> lost_ring(const std::string& program, const std::string& id,
                                             const HandOff& hand_off);
    Awaitable<void> forget(std::string program, std::string id);
    // ---- legs.cpp
    Awaitable<void> move_legs(std::string program, std::string id, HandOff hand_off, Todo todo);
    Awaitable<void> stop(std::string line, std::string call);
    Awaitable<void> send_away(std::string program, std::string message, std::string line, std::string call);

    Asking asking(const Caller& caller, const HandOff& wish, const people::Roster& roster) const;

    DeskServices services_;
    Gate gate_;
    std::shared_ptr<Counters> counters_;
    std::map<std::string, int> unreadable_;  // how often each was looked at in vain; bounded
};

}  // namespace rightsline::handoff
