// Finding: one thing that is wrong in the store, for a person: what it is called, what it means, and the mend.
//
// Names things by a case's alias or by ids, which are keyed hashes or random: never a number, a text or a code. Pure.
// Threading: plain values.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace rightsline::keep {

enum class Damage {
    case_damaged,                // its facts cannot be read
    case_without_parts,          // nothing that was told is there
    case_sealed_to_nobody,       // no part of it is sealed to a key of the circle
    part_unreadable,             // one part has not the form that we write, or another circle's key
    case_not_listed,             // `case list` does not show it
    case_listed_wrongly,         // it stands among those of another urgency
    listed_without_case,         // the list names a case that is not there
    alias_not_taken,             // its alias could be given to another case
    number_missing,              // its worker may be reached, and no number is kept
    number_unwanted,             // a number is kept, and its case is not there or says "none"
    consents_of_nothing,         // answers of a case that is not there
    case_not_in_audit,           // no entry says that it was filed
    case_filed_twice,            // more than one entry says so
    case_deleted_and_there,      // the audit says that it was deleted
    acts_not_in_audit,           // its facts counted more acts than the audit has entries, or fewer
    audit_broken,                // what was sealed of it and what is there differ
    case_vanished,               // it was filed and is gone, and nobody deleted it
    alert_without_case,          // somebody would be told of nothing
    alert_unreadable,            // how far people were told of a case cannot be opened
    casework_of_nothing,         // what the team made of a case that is not there
    casework_unreadable,         // who has a case, and who may not, cannot be opened
    sites_unreadable,            // who stands on an employer's list cannot be opened
    status_differs,              // its worker hears another status than the team gave last
    note_unreadable,             // a note has not the form that we write, or another circle's key
    draft_without_conversation,  // nobody will file what was told
    conversation_unreadable,     // no state key here opens it, or it was written by a newer build
    conversation_without_pack,   // the script that it began with is not there
    conversation_without_timer,  // silence will not end it, nor file what was told
    timer_without_conversation,  // a timer of nothing
    active_pack_missing,         // new conversations cannot begin
    hand_off_unreadable,         // who is being called for a caller cannot be opened
    hand_off_not_looked_at,      // nobody ends its phones, and nothing forgets it
    hand_off_of_nothing,         // it is to be looked at, or its phones may ring, and it is not there
    call_back_unreadable,        // how far a call to a worker has come cannot be opened
    call_back_not_looked_at,     // nobody ends it, and nothing forgets it
    call_back_of_nothing,        // it is to be looked at, and it is not there
    recording_missing,           // a case has it and no file or job holds it
    recording_not_queued,        // nobody will fetch it
    recording_job_missing,       // it is to be fetched and nobody knows from where
    recordings_of_nothing,       // they belong to no draft or case
    blob_without_recording,      // a file that no case refers to
    blob_unreadable,             // a file that is not sealed to a key of the circle
    guard_not_indexed,           // it will never be swept
    mailbox_of_nothing,          // a mailbox, or replies, of no case
    mailbox_unreadable,          // it has not the form that we write
    reply_unreadable,            // the same of a reply, or it is sealed to an unknown key
    replies_miscounted,          // the case counts more replies than there are, or fewer
    outbox,                      // the records of a message contradict each other
    month_gone,                  // it is locked under the key of a month that is not here
    locked_otherwise,            // it was changed, or was locked for another case
    wrong_kind,                  // a key holds a value of another kind
};

struct Finding {
    Damage damage{};
    std::string object;  // alias, id, or the name of a message
    std::string more;    // what else is known, "" mostly
    friend auto operator<=>(const Finding&, const Finding&) = default;
};

std::string_view name_of(Damage damage);  // "case_not_listed"
std::string_view what_of(Damage damage);  // a sentence
std::string_view mend_of(Damage damage);  // what to do, in words

}  // namespace rightsline::keep
