#include "gateway/keep/finding.hpp"

#include <array>

namespace rightsline::keep {
namespace {

struct Words {
    Damage damage;
    const char* name;
    const char* what;
    const char* mend;
};

constexpr const char* from_backup = "Copy the store aside, then look for it in the last backup that has it";
constexpr const char* hand =
    "Somebody or something wrote into the store: copy it aside, and restore the last backup that is clean";
constexpr const char* by_itself =
    "It does no harm and goes by itself; if it is there tomorrow, tell the maintainers";
constexpr const char* older_keys =
    "Bring older public keys of the circle back into keys_dir/circles; if it stays, look in the last backup";
constexpr const char* tell = "Tell the maintainers; the case itself is whole";

constexpr std::array all{
    Words{Damage::case_damaged, "case_damaged", "the facts of this case cannot be read", from_backup},
    Words{Damage::case_without_parts, "case_without_parts", "nothing that was told is in this case",
          from_backup},
    Words{Damage::case_sealed_to_nobody, "case_sealed_to_nobody",
          "no part of this case is sealed to a key of its circle",
          "Bring the circle's public keys of before back into keys_dir/circles; whoever holds the private "
          "half opens it"},
    Words{Damage::part_unreadable, "part_unreadable",
          "a part of this case is damaged, or sealed to an unknown key", older_keys},
    Words{Damage::case_not_listed, "case_not_listed", "`rightsline case list` does not show this case",
          "It opens all the same: rightsline case show with its name. Call who is on duty"},
    Words{Damage::case_listed_wrongly, "case_listed_wrongly",
          "this case stands among those of another urgency",
          "Read it now: rightsline case show with its name"},
    Words{Damage::listed_without_case, "listed_without_case", "the list names a case that is not there",
          from_backup},
    Words{Damage::alias_not_taken, "alias_not_taken", "another case could be given this one's name", tell},
    Words{Damage::number_missing, "number_missing",
          "the worker of this case wants to be reached, and no number is kept",
          "They hear what is there when they come back with their code; look in the last backup that has it"},
    Words{Damage::number_unwanted, "number_unwanted",
          "a worker's number is kept, sealed, and no case says that it may be", hand},
    Words{Damage::consents_of_nothing, "consents_of_nothing",
          "what somebody agreed to is kept, and no case or draft of it is there", hand},
    Words{Damage::case_not_in_audit, "case_not_in_audit", "no audit entry says that this case was filed",
          hand},
    Words{Damage::case_filed_twice, "case_filed_twice",
          "the audit says more than once that this case was filed", tell},
    Words{Damage::case_deleted_and_there, "case_deleted_and_there",
          "the audit says that this case was deleted, and it is there", hand},
    Words{Damage::acts_not_in_audit, "acts_not_in_audit",
          "more was done to this case than the audit has entries of, or less", hand},
    Words{Damage::audit_broken, "audit_broken", "the audit is not what was sealed",
          "`rightsline audit verify` says between which entries; deploy/runbook.md says what to do"},
    Words{Damage::case_vanished, "case_vanished",
          "this case was filed and is gone, and its worker did not delete it", from_backup},
    Words{Damage::alert_without_case, "alert_without_case",
          "people would be told of a case that is not there", by_itself},
    Words{Damage::alert_unreadable, "alert_unreadable", "who was told of this case cannot be opened",
          "A state key was removed too early: bring it back. Until then call who is on duty yourself"},
    Words{Damage::casework_of_nothing, "casework_of_nothing",
          "notes, or who had it, are kept of a case that is not there", hand},
    Words{Damage::casework_unreadable, "casework_unreadable",
          "who has this case, and who may not, cannot be opened",
          "A state key was removed too early: bring it back. The report itself opens all the same"},
    Words{Damage::sites_unreadable, "sites_unreadable",
          "which sites the program has, and who stands on an employer's list, cannot be opened",
          "A state key was removed too early: bring it back. Until then no case is there for who logs in"},
    Words{Damage::status_differs, "status_differs",
          "the worker of this case hears another status than the team gave it last",
          "Give it the status again that is true: rightsline case status"},
    Words{Damage::note_unreadable, "note_unreadable",
          "a note of this case is damaged, or sealed to an unknown key", older_keys},
    Words{Damage::draft_without_conversation, "draft_without_conversation",
          "what a worker told is kept, and nothing will make it a case",
          "Copy the store aside and tell the maintainers; it is sealed to the circle and not lost"},
    Words{Damage::conversation_unreadable, "conversation_unreadable", "a conversation cannot be opened",
          "A state key was removed too early, or a newer rightsline wrote it: bring back what was there"},
    Words{Damage::conversation_without_pack, "conversation_without_pack",
          "the script that a conversation began with is not in the store",
          "The worker's next message begins anew, and what was told is filed; no mend is needed"},
    Words{Damage::conversation_without_timer, "conversation_without_timer",
          "silence will never end a conversation",
          "What was told in it is filed when the worker writes or calls again; tell the maintainers"},
    Words{Damage::timer_without_conversation, "timer_without_conversation",
          "a timer of a conversation that is not there", by_itself},
    Words{Damage::active_pack_missing, "active_pack_missing", "the program's script is not in the store",
          "Restart the server: it stores the script again"},
    Words{Damage::hand_off_unreadable, "hand_off_unreadable",
          "who is being called for a caller cannot be opened",
          "It is looked at a few minutes more and then forgotten, and you are told: runbook, 'Callers reach "
          "nobody'"},
    Words{Damage::hand_off_not_looked_at, "hand_off_not_looked_at",
          "a caller is being put through, and nobody looks whether it comes to its end",
          "The phones stop by themselves; if it is there tomorrow, tell the maintainers"},
    Words{Damage::hand_off_of_nothing, "hand_off_of_nothing",
          "a caller who is being put through is listed, and is not there", by_itself},
    Words{Damage::call_back_unreadable, "call_back_unreadable",
          "how far a call to a worker has come cannot be opened",
          "Whoever picks up hears nothing, and it is forgotten at the next look; the call can be made again"},
    Words{Damage::call_back_not_looked_at, "call_back_not_looked_at",
          "a worker is being called, and nobody looks whether that comes to its end",
          "The phones stop by themselves; if it is there tomorrow, tell the maintainers"},
    Words{Damage::call_back_of_nothing, "call_back_of_nothing",
          "a call to a worker is listed, and is not there", by_itself},
    Words{Damage::recording_missing, "recording_missing",
          "a case refers to a recording that is not on the disk",
          "Look for its file in the backups, in the folder blobs, and put it back under its name"},
    Words{Damage::recording_not_queued, "recording_not_queued",
          "a recording waits to be fetched and nobody will",
          "Tell the maintainers today: the phone company keeps it only for so long"},
    Words{Damage::recording_job_missing, "recording_job_missing",
          "a recording is to be fetched and its job is gone", hand},
    Words{Damage::recordings_of_nothing, "recordings_of_nothing", "recordings of a case that is not there",
          hand},
    Words{Damage::blob_without_recording, "blob_without_recording",
          "a sealed recording that no case refers to",
          "After a restore it may be newer than the backup: keep it until the reports of that day were asked "
          "for again"},
    Words{
        Damage::blob_unreadable, "blob_unreadable",
        "a recording's file is damaged, or sealed to an unknown key",
        "Look for the file in the backups; bring older public keys of the circle back into keys_dir/circles"},
    Words{Damage::guard_not_indexed, "guard_not_indexed", "the memory of an event will never be swept",
          by_itself},
    Words{Damage::mailbox_of_nothing, "mailbox_of_nothing",
          "a mailbox, or replies, of a case that is not there", hand},
    Words{Damage::mailbox_unreadable, "mailbox_unreadable", "the mailbox of this case is damaged",
          from_backup},
    Words{Damage::reply_unreadable, "reply_unreadable",
          "a reply to the worker of this case is damaged, or sealed to an unknown key", from_backup},
    Words{Damage::replies_miscounted, "replies_miscounted",
          "this case counts more replies than there are, or fewer", hand},
    Words{Damage::outbox, "outbox", "the records of a message contradict each other",
          "`rightsline outbox` names its line; deploy/runbook.md says what to do"},
    Words{Damage::month_gone, "month_gone",
          "something that was kept is locked under the key of a month that is not here: nothing opens it",
          "Was that month destroyed on purpose, and is this store a backup's? Then it stays so. Otherwise "
          "bring "
          "epochs/epochs.key of before back into keys_dir"},
    Words{Damage::locked_otherwise, "locked_otherwise",
          "something that is kept here does not fit: it was changed, or it is another case's", hand},
    Words{Damage::wrong_kind, "wrong_kind", "a key holds a value of another kind", hand},
};

const Words& words_of(Damage damage) { return all.at(static_cast<std::size_t>(damage)); }

consteval bool in_order() {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (static_cast<std::size_t>(all[i].damage) != i) {
            return false;
        }
    }
    return all.size() == static_cast<std::size_t>(Damage::wrong_kind) + 1;
}
static_assert(in_order());

}  // namespace

std::string_view name_of(Damage damage) { return words_of(damage).name; }
std::string_view what_of(Damage damage) { return words_of(damage).what; }
std::string_view mend_of(Damage damage) { return words_of(damage).mend; }

}  // namespace rightsline::keep
