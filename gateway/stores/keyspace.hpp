// Keyspace: every key that we write, on one page. Nobody else spells a key.
//
// All keys of a program carry the hash tag {program}, so that a turn, its case, its lists and limits are one atomic
// call and programs spread over a cluster. Ids are keyed hashes (gateway/vault), so a key betrays no number.
//
//   key                    type    holds                                                    lives
//   {p}:c:<id>             string  version + sealed conversation (phone, call or session)    until it ends
//   {p}:ce:<id>            string  sealed: a call as it was before its hang-up               10 minutes (TTL)
//   {p}:ho:<event>         string  version + sealed: who is being called for a caller, and what came of it   until 20 min after it is over
//   {p}:hi                 zset    of these, by when it is looked at again
//   {p}:hr:<event>         hash    of its phones, by number: those that may still begin to ring         as it
//   {p}:hc:<what>:<span>   string  callers put through in that minute, hour or day: of a number, of a block of numbers, of all   14 days (sweeper)
//   {p}:hw                 string  version + what tells a flood: counts of silent calls, by keyed ids   an hour after the last (TTL)
//   {p}:hb                 hash    numbers that nobody is rung for, by keyed id: the hour                until they are freed
//   {p}:hp:<call>          string  the report that was entered of a talk, by the name that the audit gives it   2 days (TTL)
//   {p}:cb:<id>            string  version + sealed: a call to a worker who asked for one, and how far it has come   until 10 min after it is over
//   {p}:ci                 zset    of these, by when it is looked at again
//   {p}:mc:<what>:<span>   string  calls back after missed calls in that hour or day: to a number, to a block of numbers, to all   14 days (sweeper)
//   {p}:ml:<caller>        string  the last of them to a number: its message in the outbox, when it was asked for (ms), and by which line   until it is over, else 14 days (sweeper)
//   {p}:e:<event>          string  once-guard: content mac, flags, sealed answer             14 days (sweeper)
//   {p}:es:<event>         string  an answer that says a receipt code, sealed                10 minutes (TTL)
//   {p}:ex                 zset    guards by time
//   {p}:t                  zset    conversation keys by the time their timer is due
//   {p}:k:<case>           hash    a case's clear facts: alias, status, urgency, family …    retention
//   {p}:kp:<case>          list    its parts, each sealed to the circle                      retention
//   {p}:kx                 zset    cases by urgency, then by the hour they were filed
//   {p}:ka:<alias>         string  alias taken
//   {p}:r:<receipt>        string  case id under the receipt code's index                    as the case
//   {p}:kw:<case>          string  version + sealed casework: who has it, who may not, its statuses    as the case
//   {p}:kn:<case>          list    what monitors noted of it, each sealed to the circle      as the case
//   {p}:kq:<case>          string  its tasks: who, by when, done; a line each, without what is to be done    as the case
//   {p}:kqw:<case>         hash    what is to be done, each sealed to the circle, by the task's id     as the case
//   {p}:kf:<case>          string  what of it went to others: purpose, who, hour; a line each          as the case
//   {p}:ko:<case>          hash    copies of its parts for other organisations, each sealed to theirs, by who/number   until it is over
//   {p}:ks                 zset    cases that are with another organisation, by when it is looked whether that is over
//   {p}:kt:<case>          string  when its worker told more, seconds and commas             as the case
//   {p}:kr:<case>          set     ids of its recordings (their bytes are sealed files)      as the case
//   {p}:kh:<case>          hash    how its worker may be reached: mode, line, hours; the number, sealed; how often they were called today  until they say no
//   {p}:kl:<case>          hash    what its worker said yes or no to, by purpose: answer, hour, where asked   as the case
//   {p}:km:<case>          string  its mailbox: a public key, and the private half locked under the receipt code  as the case
//   {p}:kj:<case>          string  sealed to the mailbox: which question about it was not answered yet      a day (TTL)
//   {p}:ky:<case>          list    replies to its worker, each sealed to the circle and to the mailbox      as the case
//   {p}:ku:<case>          hash    which of them were read, by number: the hour                   as the case
//   {p}:kg:<case>          string  version + sealed: what was texted to its worker unasked, and why no more is   as the case
//   {p}:kk:<case>          string  reports that it is linked with: ids, signs and commas          as the case
//   {p}:kv:<case>          hash    by day: when its worker was asked how they are, and what they answered   as the case
//   {p}:gq                 zset    cases by when it is looked whether their worker is to be asked how they are
//   {p}:qp:<phone>         string  sealed: of which case that phone was asked, not answered yet    a week (TTL)
//   {p}:gt                 zset    cases by when it is looked whether their worker is to be texted
//   {p}:w:<limit>:<day>    string  wrong codes of a phone that day, calls apart             14 days (sweeper)
//   {p}:wp:<day>           string  wrong codes of all phones of the program that day         14 days (sweeper)
//   {p}:ww:<day>           string  wrong codes of callers without a number that day          14 days (sweeper)
//   {p}:np:<day>           string  when the next code of a phone may be looked up: ms of day 14 days (sweeper)
//   {p}:nw:<day>           string  the same, of callers without a number                     14 days (sweeper)
//   {p}:wl:<id>:<minute>   string  codes that a phone or a call had looked up in that minute 14 days (sweeper)
//   {p}:rf                 zset    recordings to fetch, by due time
//   {p}:rd                 zset    sealed recordings whose files are to be deleted, by time    until they are
//   {p}:rw                 zset    recordings that the provider told of, by when we look whether a turn took them
//   {p}:ro:<recording>     string  how often the provider's recording was taken (by its keyed id)  14 days (sweeper)
//   {p}:ra                 hash    recordings put aside: why                                 until they are held
//   {p}:rj:<recording>     string  sealed job: where it is, whose it is, how far we are
//   {p}:rn:<recording>     string  sealed: what the provider told of it; until a turn or we have taken it
//   {p}:pr:<id>            string  recordings of a conversation that are not held yet
//   {p}:p:<hash>           string  a pack's sources                                          longest expiry + a day
//   {p}:pa                 string  the active pack's hash
//   {p}:st                 string  version + sealed: the sites, who stands on an employer's list, who looks after which
//   {p}:al:<case>          string  version + sealed alert: who was told of a case, who has it    as the case
//   {p}:at                 zset    alerts by when their ladder goes on, and cases just filed or raised
//   {p}:kd                 zset    cases by when their clocks are looked at next (ms)
//   {p}:aw:<name>          string  the case that a person of the roster was told of last        14 days (sweeper)
//   {p}:oj:<line>          hash    outbox: sealed messages by id                             until their fate is known
//   {p}:os:<line>          hash    outbox: each message's state record                       14 days after that
//   {p}:ol:<line>          zset    outbox: messages in somebody's hands, by end of lease
//   {p}:ou:<line>          zset    outbox: messages in doubt, by when to look
//   {p}:od:<line>          zset    outbox: messages whose fate is known, by when             14 days
//   {p}:og:<line>          hash    outbox: the line's rate
//                                  e-mails and webhooks: the same keys, with "notices" in the line's place
//   {p}:ox:<line>          zset    outbox: messages of which nobody will ever know, by when we gave up  14 days (dispatcher)
//   {p}:oq<lane>:<line>    zset    outbox: messages that wait, by due time
//   {p}:ob:<expansion>     string  version + how far a message to many is put in: counts       as its blast
//   {p}:or:<message>       list    delivery receipts, all of them                            14 days (sweeper)
//   {p}:oc:<phone>:<day>   string  what a phone was sent that day                            14 days (sweeper)
//   {p}:op:<day>           string  what the program sent that day                            14 days (sweeper)
//   {p}:pc:<account>       zset    copies at the provider that are to be erased, by when to ask    until they are
//   {p}:pf:<account>       zset    of these, what failed, by when it did first                     until they are
//   {p}:pt:<account>       hash    of these, how often and why; and what was given up, which stays
//   {p}:so                 set     phones that said STOP
//   {p}:ls:<line>          string  until when the provider's list of texts was read (ms)    for ever
//   {p}:lr:<account>       string  the same of an account's recordings
//   {p}:n                  hash    content-free counts by day ("2026-11-21:test_call")
//   {p}:re                 string  version + when the next run of retention is due, and what the last one did
//   {p}:au                 stream  audit: what was done, by whom, to which case; never content     for ever
//   {p}:ab                 list    audit: signed blocks over its entries, each naming the one before  for ever
//   {p}:ah                 string  version (how many blocks) + the last of them
//
// What is of no program stands under the name ":server", which no program can have: its audit (au, ab, ah), and
//   {:server}:u:<name>     string  version + sealed user: roles, password's hash, TOTP secret      for ever
//   {:server}:us           set     the names of all users
//   {:server}:s:<hash>     string  sealed login, under the hash of its token                 until it is over (TTL)
//   {:server}:su:<name>    zset    a user's logins by when they end at the latest
//   {:server}:rm           hash    months under which no case keeps anything: since when we know that (ms)
//   {:server}:ik:<hash>    string  sealed answer to a request with an Idempotency-Key        a day (TTL)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rightsline::stores {

class Keyspace {
 public:
    explicit Keyspace(std::string_view program) : prefix_("{" + std::string(program) + "}:") {}

    std::string conversation(std::string_view id) const { return make("c:", id); }
    std::string ended_call(std::string_view id) const { return make("ce:", id); }
    std::string hand_off(std::string_view id) const { return make("ho:", id); }
    std::string hand_offs() const { return make("hi", ""); }
    std::string may_ring(std::string_view hand_off) const { return make("hr:", hand_off); }
    /// `what`: "all", or the keyed id of a number or of a block of them; `span`: "m", "h" or "d" and which.
    std::string put_through(std::string_view what, std::string_view span) const {
        return make("hc:", what).append(":").append(span);
    }
    std::string flood_watch() const { return make("hw", ""); }
    std::string blocked_senders() const { return make("hb", ""); }
    std::string report_of_call(std::string_view name) const { return make("hp:", name); }
    std::string call_back(std::string_view id) const { return make("cb:", id); }
    std::string call_backs() const { return make("ci", ""); }
    /// `what` and `span` as of put_through().
    std::string called_back(std::string_view what, std::string_view span) const {
        return make("mc:", what).append(":").append(span);
    }
    std::string being_called_back(std::string_view caller) const { return make("ml:", caller); }
    std::string guard(std::string_view event) const { return make("e:", event); }
    std::string secret_answer(std::string_view event) const { return make("es:", event); }
    std::string guards() const { return make("ex", ""); }
    std::string timers() const { return make("t", ""); }
    std::string case_facts(std::string_view id) const { return make("k:", id); }
    std::string case_parts(std::string_view id) const { return make("kp:", id); }
    std::string casework(std::string_view id) const { return make("kw:", id); }
    /// For monitors alone: nothing that a worker is answered with reads it (tests/architecture/notes.py).
    std::string case_notes(std::string_view id) const { return make("kn:", id); }
    std::string case_tasks(std::string_view id) const { return make("kq:", id); }
    std::string task_words(std::string_view id) const { return make("kqw:", id); }
    std::string handed_on(std::string_view id) const { return make("kf:", id); }
    std::string case_copies(std::string_view id) const { return make("ko:", id); }
    std::string referrals() const { return make("ks", ""); }
    std::string case_told(std::string_view id) const { return make("kt:", id); }
    std::string cases() const { return make("kx", ""); }
    std::string sites() const { return make("st", ""); }
    std::string alias(std::string_view alias) const { return make("ka:", alias); }
    std::string receipt(std::string_view index) const { return make("r:", index); }
    std::string case_recordings(std::string_view id) const { return make("kr:", id); }
    std::string case_contact(std::string_view id) const { return make("kh:", id); }
    std::string case_consents(std::string_view id) const { return make("kl:", id); }
    std::string mailbox(std::string_view id) const { return make("km:", id); }
    std::string unanswered(std::string_view id) const { return make("kj:", id); }
    std::string replies(std::string_view id) const { return make("ky:", id); }
    std::string replies_read(std::string_view id) const { return make("ku:", id); }
    std::string case_links(std::string_view id) const { return make("kk:", id); }
    std::string outreach(std::string_view id) const { return make("kg:", id); }
    std::string case_check_ins(std::string_view id) const { return make("kv:", id); }
    std::string to_check_in() const { return make("gq", ""); }
    std::string open_check_in(std::string_view phone) const { return make("qp:", phone); }
    std::string to_reach() const { return make("gt", ""); }
    std::string wrong_codes(std::string_view limit, std::int64_t day) const {
        return make("w:", limit) + ":" + std::to_string(day);
    }
    std::string program_wrong_codes(std::int64_t day) const { return make("wp:", std::to_string(day)); }
    std::string withheld_wrong_codes(std::int64_t day) const { return make("ww:", std::to_string(day)); }
    std::string next_code(std::int64_t day) const { return make("np:", std::to_string(day)); }
    std::string next_withheld_code(std::int64_t day) const { return make("nw:", std::to_string(day)); }
    std::string code_looks(std::string_view id, std::int64_t minute) const {
        return make("wl:", id) + ":" + std::to_string(minute);
    }
    std::string recordings() const { return make("rf", ""); }
    std::string withdrawn_recordings() const { return make("rd", ""); }
    std::string untaken_recordings() const { return make("rw", ""); }
    std::string recording_taken(std::string_view remote) const { return make("ro:", remote); }
    std::string recordings_aside() const { return make("ra", ""); }
    std::string recording_job(std::string_view id) const { return make("rj:", id); }
    std::string recording_news(std::string_view id) const { return make("rn:", id); }
    std::string pending_recordings(std::string_view conversation) const { return make("pr:", conversation); }
    std::string pack(std::string_view hash) const { return make("p:", hash); }
    std::string active_pack() const { return make("pa", ""); }
    std::string key_check() const { return make("kc", ""); }
    std::string alert(std::string_view case_id) const { return make("al:", case_id); }
    std::string last_told(std::string_view person) const { return make("aw:", person); }
    std::string clocks() const { return make("kd", ""); }
    std::string alerts() const { return make("at", ""); }
    /// `what`: a letter of the table above. The line is ours and no secret.
    std::string outbox(std::string_view what, std::string_view line) const {
        return make("o", what).append(":").append(line);
    }
    std::string expansion(std::string_view id) const { return make("ob:", id); }
    std::string receipts(std::string_view message) const { return make("or:", message); }
    std::string sent_to(std::string_view phone, std::int64_t day) const {
        return make("oc:", phone) + ":" + std::to_string(day);
    }
    std::string sent_by_program(std::int64_t day) const { return make("op:", std::to_string(day)); }
    std::string copies(std::string_view account) const { return make("pc:", account); }
    std::string copies_failing(std::string_view account) const { return make("pf:", account); }
    std::string copies_trouble(std::string_view account) const { return make("pt:", account); }
    std::string stopped() const { return make("so", ""); }
    /// The line and the account are ours and no secret.
    std::string heard_until(std::string_view line) const { return make("ls:", line); }
    std::string recordings_heard_until(std::string_view account) const { return make("lr:", account); }
    std::string retention() const { return make("re", ""); }
    std::string free_months() const { return make("rm", ""); }
    std::string counts() const { return make("n", ""); }
    std::string audit() const { return make("au", ""); }
    std::string audit_blocks() const { return make("ab", ""); }
    std::string audit_head() const { return make("ah", ""); }
    std::string user(std::string_view name) const { return make("u:", name); }
    std::string users() const { return make("us", ""); }
    std::string login(std::string_view hash) const { return make("s:", hash); }
    std::string logins_of(std::string_view user) const { return make("su:", user); }
    std::string kept_answer(std::string_view hash) const { return make("ik:", hash); }

 private:
    std::string make(std::string_view kind, std::string_view id) const {
        std::string key;
        key.reserve(prefix_.size() + kind.size() + id.size());
        key.append(prefix_).append(kind).append(id);
        return key;
    }
    std::string prefix_;
};

/// In a program's place: users, their logins, and the audit of what is of no program.
inline constexpr std::string_view server_wide = ":server";

/// Of no program: hash, the running processes by their id: when each was heard of, and which functions it calls.
inline constexpr std::string_view instances_key = "{:instances}:alive";

/// What the caller's Redis user may touch: every key that a Keyspace can spell.
inline constexpr std::string_view key_pattern = "{*}:*";

}  // namespace rightsline::stores
