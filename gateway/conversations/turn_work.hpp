// The working values of one turn: names, what was loaded, what the engine decided. Private to the Turns files.
//
// Invariant: they live on the coroutine frame of one take() or elapse(), so that plain words of a worker die
// with their turn. Must never: be kept, logged or shared between turns. Threading: the loop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/engine.hpp"
#include "gateway/conversations/turn.hpp"
#include "gateway/outbox/reply.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::conversations {

/// What the event and its conversation are called in the store.
struct Turns::Names {
    stores::Keyspace keys;
    std::string conversation;  // hex
    EventId event{};
    std::string event_hex{};
    EventId content{};
    std::string limit{};  // hex, calls and texts apart; "" when no number was shown
    std::string
        block{};  // hex: of a call that begins, the thousand numbers that its caller's is one of; "" = nobody knows
    std::string guard_key{};     // of the event
    std::string document_key{};  // of the conversation
    bool call = false;           // a call, which its own hang-up may overtake
    bool begins = false;         // … and its first event
};

struct Turns::Counters {
    ops::Counter& committed;
    ops::Counter& duplicate;
    ops::Counter& conflict;
    ops::Counter& store_gone;
    ops::Counter& altered;     // a known event with other content
    ops::Counter& unreadable;  // a stored conversation that could not be opened
    ops::Counter& crowded;     // no seat came free in time
    ops::Counter& pictures;    // came with texts and stay with the provider
    ops::Counter& not_posted;  // answers that may not, or cannot, be sent
};

/// What one step leaves behind, with the draft that it belongs to: returning to a case changes the draft.
struct Told {
    std::string case_id;  // hex
    flows::LanguageIndex language = 0;
    std::vector<flows::Part> parts;
    std::optional<flows::Filing> filing;
    bool of_case = false;  // it is added to what was filed in an earlier turn, or earlier in this one
    std::string circle{};  // that it is sealed to; "" = the program's own
};

struct Turns::Working {
    const LineContext& line;
    const providers::Inbound& inbound;
    const Names& names;
    Deadline budget;
    ops::UtcMs now{};

    flows::PackPtr pack{};
    std::optional<Envelope> envelope{};  // nothing: a new conversation
    std::optional<flows::Conversation>
        lost{};              // one whose pack nobody has any more: only its story can be kept
    bool call_over = false;  // its hang-up overtook this event
    /// That call as it was before its hang-up; nothing when it cannot be read.
    std::optional<flows::Conversation> overtaken{};
    std::uint64_t version = 0;
    unsigned pending_recordings = 0;
    std::optional<cases::OpenCheckIn> check_in{};  // that this phone was asked by a text
    bool key_first = false;                        // a call that begins while calls come in a flood

    flows::Step step{};                       // the last of the turn; its actions are the answer
    std::vector<Told> told{};                 // what the turn's steps leave in a draft or a case, in order
    std::optional<RecordingJob> recording{};  // of this event
    std::optional<ReadyCode> code{};          // kept over repeated attempts
    std::vector<redis::Write> writes{};       // of deeds
    std::optional<flows::Raise> raise{};   // to less than P1: the team may have given the case more than that
    std::vector<std::string> forgotten{};  // recordings whose sealed files go after the commit
    bool conflict = false;
    bool case_gone = false;  // the case that was added to was deleted meanwhile: the next attempt says so
    bool unsure = false;     // a commit was sent and nobody knows what became of it
    outbox::Leaves leaves = outbox::Leaves::in_answer;
    bool posted = false;  // something for the outbox is in the commit

    /// Before it is read again.
    void forget_opened() {
        envelope.reset();
        lost.reset();
        call_over = false;
        overtaken.reset();
        check_in.reset();
        key_first = false;
        pending_recordings = 0;
    }
    /// What `next` changes in a case that was filed before: a greater hurry, the language that its worker picked, where its
    /// questions stand. A hurry that is not the greatest is left in `raise`, for keep_raise().
    void amend(const flows::Step& next);
};

/// Sets aside what a step leaves in its draft.
void collect(std::vector<Told>& told, flows::Step& step);
/// Where the questions about a case stand now, for whoever comes back with its code. `told`: of this turn so far.
void keep_unanswered(const stores::Keyspace& keys, const flows::Unanswered& left, ops::UtcMs now,
                     const std::vector<Told>& told, std::vector<redis::Write>& writes);
/// The writes of `raise`, unless the case has that urgency or a greater one by now: its conversation does not know what the
/// team, or its worker on another phone, made of it. Errors: the store's.
Awaitable<Result<void>> keep_raise(redis::Client& client, const stores::Keyspace& keys,
                                   std::optional<flows::Raise>& raise, ops::UtcMs now,
                                   redis::Deadline deadline, std::vector<redis::Write>& writes);
/// What a later step of the same turn adds to the first.
void merge(flows::Step& into, flows::Step next);
/// A recording that the script had no place for is a report of its own: a worker's words are never erased unheard.
Told report_of(const flows::Recorded& recorded, const flows::Pack& pack, flows::LanguageIndex language,
               flows::Urgency urgency);
/// What was told in a conversation that no pack continues is filed, as after silence. Nothing when nothing waits.
std::optional<Told> rescue_of(const flows::Conversation& lost, const flows::Pack& active);
/// The hex name of a conversation's draft.
std::string draft_hex(const flows::Conversation& conversation);
/// Any of the actions says a receipt code.
bool says_secret(const std::vector<flows::Action>& actions);

}  // namespace rightsline::conversations
