// Walk: one walk through the store, kind by kind. Private to check_store's files.
//
// Each check_… looks at one page of one kind and tells what is wrong there; look() asks twice before it believes.
// Threading: the loop's. Owner: check_store().
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "flows/conversation.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/keep/ask.hpp"
#include "gateway/keep/case_ledger.hpp"
#include "gateway/keep/check.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/epoch.hpp"

namespace rightsline::keep {

class Walk {
 public:
    Walk(CheckedStore store, std::function<void(const Checked&)> progress);
    Awaitable<Result<Checked>> run();

 private:
    using Ids = std::vector<std::string>;
    using Wrong = std::vector<Finding>;
    using Found = Awaitable<Result<Wrong>>;
    using Keys = stores::Keyspace;
    /// What is walked through. The letters are those of the keyspace.
    enum class Kind {
        cases,
        parts,
        recordings,
        contacts,
        consents,
        conversations,
        hand_offs,
        may_ring,
        call_backs,
        guards,
        jobs,
        news,
        alerts,
        casework,
        notes,
        tasks,
        task_words,
        handed_on,
        copies,
        told,
        outreach,
        links,
        check_ins,
        mailboxes,
        unanswered,
        replies,
        replies_read,
        list,
        timers,
        to_tell,
        to_look_at,
        to_fetch,
        to_take,
        to_put_through,
        to_call_back
    };

    // ---- walk.cpp
    static std::map<Kind, Ids> sorted_by_kind(const Ids& names, std::size_t prefix);
    Awaitable<Result<void>> walk_program(const std::string& program);
    Awaitable<Result<void>> scan(const Keys& keys, const std::string& program, bool conversations_only);
    Awaitable<Result<void>> scan_set(Kind kind, const Keys& keys, std::string set);
    Awaitable<Result<void>> look(Kind kind, const Keys& keys, Ids ids);
    Found check(Kind kind, const Keys& keys, Ids ids);
    Awaitable<Result<Replies>> ask(std::vector<redis::Command> questions);
    void tell(Wrong wrong);
    // ---- walk_cases.cpp
    Found check_cases(const Keys& keys, Ids ids);
    std::optional<std::string> judge_case(const std::string& id, const redis::Reply& stored,
                                          const redis::Reply& parts, const redis::Reply* score, Wrong& wrong);
    Found check_aliases(const Keys& keys, Ids aliases, Wrong wrong);
    Awaitable<Result<void>> check_rest_of_parts(const Keys& keys, const std::string& id,
                                                const std::string& object, Wrong& wrong);
    Found check_drafts(const Keys& keys, Ids ids);
    void judge_draft(const std::string& id, const redis::Reply& parts, Wrong& wrong);
    Found check_recordings(const Keys& keys, Ids ids);
    // ---- walk_contacts.cpp
    Found check_contacts(const Keys& keys, Ids ids);
    Found check_consents(const Keys& keys, Ids ids);
    Found check_reachable(const Keys& keys, Ids ids, Wrong wrong);
    bool knows(const redis::Reply& part) const;
    /// Takes off the lock around it, where it has one, for the place where it was found. What is wrong with it: the key of
    /// its month is not here, or it was locked for another place, or changed.
    std::optional<Damage> lock_damage(const std::string& context, std::string_view stored) const;
    void judge_lock(const std::string& context, std::string_view stored, const std::string& object,
                    Wrong& wrong) const;
    // ---- walk_replies.cpp
    Found check_relay(Kind kind, const Keys& keys, Ids ids);
    void judge_mailbox(const std::string& id, const std::string& stored, Wrong& wrong) const;
    void judge_replies(const std::string& id, const redis::Reply& stored, const redis::Reply& counted,
                       Wrong& wrong) const;
    // ---- walk_conversations.cpp
    Awaitable<Result<void>> check_pack(const Keys& keys, const std::string& program);
    Found check_conversations(const Keys& keys, Ids ids);
    Awaitable<std::optional<flows::Conversation>> open_conversation(std::string key, std::string document);
    Found check_guards(const Keys& keys, Ids ids);
    Found check_jobs(Kind kind, const Keys& keys, Ids ids);
    Found check_alerts(const Keys& keys, Ids ids);
    // ---- walk_hand_offs.cpp: callers who are put through to a person, and workers who are called
    Found check_calls(Kind kind, const Keys& keys, Ids ids);
    Found check_of_calls(Kind kind, const Keys& keys, Ids ids);
    // ---- walk_casework.cpp: what the team made of the cases
    Found check_casework(const Keys& keys, Ids ids);
    Found check_untouched(const Keys& keys, Ids ids, Wrong wrong);
    Awaitable<Result<void>> check_sites(const Keys& keys, const std::string& program);
    Awaitable<void> judge_casework(const Keys& keys, const std::string& id, const redis::Reply& status,
                                   const redis::Reply& stored, Wrong& wrong);
    Found check_notes(const Keys& keys, Ids ids);
    Found check_copies(const Keys& keys, Ids ids);
    static std::string key_of(Kind kind, const Keys& keys, const std::string& id);
    Found check_told(Kind kind, const Keys& keys, Ids ids);
    Found check_members(Kind kind, const Keys& keys, Ids ids);
    // ---- walk_audit.cpp: its chain, and whether it has one entry of each effect
    Awaitable<Result<void>> walk_audit(const Keys& keys, const std::string& program);
    void note_entry(const audit::Entry& entry);
    Awaitable<Result<void>> read_on(const Keys& keys);
    Awaitable<Result<Replies>> facts_of_cases(const Keys& keys, const Ids& ids);
    Awaitable<Result<void>> close_acts(const Keys& keys);
    // ---- walk_ends.cpp: what can be said only when everything was seen
    Awaitable<Result<void>> walk_outbox();
    void list_blobs();
    void mark(const std::string& recording);
    bool has_blob(const std::string& recording) const;
    Awaitable<Result<void>> close_ledger(const Keys& keys, const std::string& program);
    Awaitable<Result<void>> close_drafts(const Keys& keys, const std::string& program, Ids drafts);
    std::optional<Damage> blob_damage(const std::string& recording, std::string_view head) const;
    void close_blobs();

    CheckedStore store_;
    std::function<void(const Checked&)> progress_;
    Checked checked_;
    std::set<Finding> findings_;
    std::set<std::string> circle_keys_;  // ids that parts may be sealed to
    std::string program_;                // under way
    CaseLedger ledger_;                  // of that
    audit::StreamId audited_{};          // its last entry that was seen
    std::map<std::string, bool> blobs_;  // recordings on the disk: whether something refers to them
};

/// The id of the circle's key as bytes in a string; "" when it is no such thing.
std::string circle_key_of(std::string_view sealed, vault::SealedForm form);
bool is_id(std::string_view hex);
/// How many acts a case's facts count; -1 = they do not.
std::int64_t acts_in(const redis::Reply& count);

}  // namespace rightsline::keep
