// Entry: one line of the audit: what was done, by whom, to which case, when.
//
// An entry is written by the very commit that has the effect, so that neither is there without the other. It keeps a case's
// random id and nothing else of it: a deleted case leaves no more than that somebody acted. Who: a name of the roster,
// the user who is logged in, "worker", "server", or the user of this machine ("uid:1000"). When: the entry's id in the stream, by the store's clock.
// Must never: hold a number, a text, a code, or what a case is about. Pure. Threading: plain values.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/stores/keyspace.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::audit {

enum class What : std::uint8_t {
    filed,            // a draft became a case
    added,            // a worker told more, in a case that was filed
    raised,           // a case got a greater urgency
    contact_changed,  // a worker said whether, and how, they may be reached
    consent_given,    // a worker said yes to one purpose (`why`)
    consent_refused,
    consent_withdrawn,
    returned_to,          // a worker gave its code
    replied,              // somebody of the team wrote to its worker
    reply_read,           // who had the code was given such a reply, whole
    pinged,               // its worker was sent a text that says that a message waits
    ping_held,            // such a text was owed and is held back (`why`)
    deleted_by_worker,    // a case or a draft, whole
    read,                 // its sealed parts left the server
    recording_read,       // one of its sealed recordings did
    recording_held,       // a recording was brought home and sealed
    recording_put_aside,  // one that cannot be brought home
    alert_told,           // somebody of the roster, an address or a webhook was told of a case
    alert_taken,          // somebody said that they have it
    alert_reached_nobody,
    reminded,        // who has it was told that something is new, or late (`why`)
    status_changed,  // by somebody of the team; `to` says which it is now
    assigned,        // to a person of the roster, or to nobody
    recused,         // somebody may not work on it, by their own word
    excluded,        // … by another's; the entry does not say who, for that may name whom the report is about
    readmitted,      // … may again
    site_set,        // it is of a site now, or of none; the entry does not say which: the store tells nobody
    category_set,  // it was sorted into one of its program's categories, or out of them; the entry does not say which either
    note_written,
    notes_read,  // what monitors noted left the server
    linked,      // with another report, which has the same entry
    unlinked,
    task_set,  // something is to be done about it; `to`: by whom; `why`: of one that the server set
    task_done,
    tasks_read,         // what is to be done left the server
    handed_on,          // somebody took it out to give it to others, for what its worker said yes to (`why`)
    check_in_asked,     // its worker is asked how they are, by a text or in the mailbox (`how`)
    check_in_answered,  // `why`: fine, changed, stop
    check_in_unknown,   // nobody answered in time; that says nothing about them
    operator_told,      // of trouble with the server
    copy_not_erased,    // the provider keeps a text that we asked it to erase
    user_added,
    user_disabled,
    user_reset,        // a new password and second factor
    roles_changed,     // of a user; `to` says which they are now
    password_changed,  // by the user themselves
    sites_changed,  // a site was made or taken away, somebody listed at one or sent to it (`how`); no entry says which
    logged_in,
    login_refused,  // who: the name that was tried, when there is such a user
    login_ended,
    access_refused,       // somebody asked for what they have no right to
    restored,             // the store is a backup's
    held,                 // whatever its program says of time, a case is kept
    released,             // … and no longer
    recordings_shredded,  // its time was over: `why` counts them
    relay_shredded,       // the number, the mailbox, the replies
    case_shredded,        // the whole case
    month_moved,          // what it keeps was locked anew under a later month (`to`)
    month_destroyed,      // `why` names it: nothing that was locked in it opens any more
    sealed_anew,          // a member sealed so much of it (`why`) to a newer version of its circle (`to`)
    referred,             // it was offered to another organisation (`to`), for a reason (`why`)
    passed_more,          // so was what its worker told since
    referral_accepted,    // they read it from now on
    referral_declined,    // they do not take it (`why`)
    referral_taken_back,  // nothing more of it is shown to them
    referral_lapsed,      // they did not answer in time
    referral_withdrawn,   // its worker took the yes back; what it was of is `why`
    // ---- of a caller who asked for a person, and of no case; `how` names the hand-off, `why` may be seconds
    call_rung,      // somebody's phone is to ring
    call_not_rung,  // it could not: their number, most likely
    call_taken,     // they pressed the key; `why`: how long the caller had waited
    call_ended,     // the talk with them is over; `why`: how long it was
    call_untaken,  // nobody took it (`why`: nobody, late, asked for the message, left); `to`: P1, they had said danger
    sender_blocked,  // nobody is rung for a number any more, by its keyed id (`to`)
    sender_freed,    // … and again
    // ---- of a worker who asked to be called
    call_back_begun,  // somebody of the team is calling its worker, who asked for that
    call_back_over,   // what became of that call (`why`)
    // ---- of a caller who was put through, as above
    call_handed_on,    // a colleague (`to`) is asked to take the call over
    call_taken_over,   // … and pressed the key
    call_passed_over,  // somebody was not rung for this caller (`why`: conflict)
    // ---- of the recordings that calls play; `to` names the language and the line
    prompt_recorded,   // somebody recorded a line, by `how`; nobody hears it yet
    prompt_approved,   // somebody else has listened (`whom`: who recorded it): calls play it
    prompt_rejected,   // … and it must be recorded again
    prompt_invited,    // somebody (`whom`) may record by phone, with a code; `to`: in which language
    prompt_uninvited,  // … no more
    // ---- of the people whom education reaches, and of no case; no entry names one of them, or a topic
    people_imported,   // from a file: `why` counts them; `how`: on whose word they agreed
    people_exported,   // the list left the server; `why` counts them
    person_entered,    // one of them, by hand
    person_changed,    // one of them: language, place, groups
    person_wiped,      // one of them, whole; that they want nothing stays
    person_told,       // one of them was sent what is kept of them
    audience_consent,  // one of them said yes (`how`), or somebody wrote down that they did; `to`: to what
    audience_refusal,  // … or no
    people_read,       // one of them, or the list, was shown
    segment_changed,   // a choice of people was kept or taken away; `to`: which
    // ---- of one message to many; `how` names it
    blast_changed,    // it was written, or written anew
    blast_asked,      // somebody is to look at it
    blast_returned,   // … and did not agree
    blast_approved,   // … and agreed: what goes to whom stands from now on; `why` counts them
    blast_tested,     // it went to somebody of the team
    blast_scheduled,  // `why`: when
    blast_begun,
    blast_held,  // by the server: `why`
    blast_paused,
    blast_resumed,
    blast_finished,
    blast_cancelled,
    blast_expired,
    // ---- of a course of lessons; `how` names it
    course_changed,
    course_begun,
    course_ended,
};
std::string_view name_of(What what);  // "filed"; "case_returned_to", "case_read"

struct Act {
    What what{};
    std::string case_id{};  // hex; "" when it is of none
    std::string who{};      // "" when that says nothing: the server by itself
    std::string how{};      // "sms", "call", "api"; "none", "relay"
    std::string why{};      // a word of ours: of a failure, of what is agreed to
    std::string to{};       // what it is now: a status of the program, a name of the roster, roles
    std::string whom{};     // the user that it was done to; "" when it is nobody or `who`
};
inline constexpr std::string_view worker = "worker";

/// The writes of one entry, for the commit of its effect. Acts on a case that is there (see `is_counted`) are counted in its
/// facts, so that fsck can hold the entries against them: such a commit makes the facts, or has a must_exist of them before.
std::vector<redis::Write> entry_writes(const stores::Keyspace& keys, Act act);
void add_entry(std::vector<redis::Write>& writes, const stores::Keyspace& keys, Act act);
/// Whether the facts of a case count acts of this name, and under which field.
bool is_counted(std::string_view name);
inline constexpr std::string_view counted_field = "acts";

/// The id of an entry: milliseconds of the store's clock, and a number among those of the same.
struct StreamId {
    std::uint64_t ms = 0;
    std::uint64_t number = 0;
    friend auto operator<=>(const StreamId&, const StreamId&) = default;
    std::string str() const;  // "1763800000000-0"; the last one of all is "+"
    StreamId next() const;
    StreamId before() const;
};
inline constexpr StreamId last_of_all{std::numeric_limits<std::uint64_t>::max(),
                                      std::numeric_limits<std::uint64_t>::max()};
std::optional<StreamId> parse_stream_id(std::string_view text);

/// As it stands in the stream, its fields in their order.
struct Entry {
    StreamId id{};
    std::vector<std::pair<std::string, std::string>> fields;

    std::string_view field(std::string_view name) const;  // "" when it has none
};
/// What XRANGE answers. Nothing: that is no answer of it.
std::optional<std::vector<Entry>> read_entries(const redis::Reply& reply);

/// Every byte of the entry, in one way only: what blocks are made over.
void append_canonical(std::string& out, const Entry& entry);

}  // namespace rightsline::audit
