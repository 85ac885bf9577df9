// CaseFile: the clear facts of a case and the sealed parts beside them.
//
// Clear by choice (reliability.md's surrender table): alias, status, urgency, family, language, mode and the hour of
// filing. Everything a worker said is in the parts, sealed to the circle before it leaves the turn.
// Pure: values and the writes they become. Threading: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/circle.hpp"
#include "locales/result.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

struct CaseFacts {
    std::string id;      // hex, 32 characters
    std::string alias;   // "7K4-921": what staff say aloud; not a secret
    std::string status;  // the program's status key
    flows::Urgency urgency = flows::Urgency::p3;
    std::string family;            // the program's family key, or ""
    std::string circle{};          // that it is sealed to, of the program's others; "" = the program's own
    std::string language;          // BCP-47
    std::string mode;              // "sms", "voice", "ussd"
    std::string reason;            // how it was filed: "asked", "hang_up", "silence" …
    std::int64_t filed_hour = 0;   // seconds since 1970, cut to the hour
    std::int64_t raised_hour = 0;  // when it got a greater urgency; 0 = it has that of its filing
    std::int64_t taken_hour = 0;   // when somebody of the roster took it, cut to the hour; 0 = nobody has
    std::int64_t answered_hour =
        0;                         // when somebody first wrote to its worker, cut to the hour; 0 = nobody has
    std::int64_t wrote_hour = 0;   // when last, likewise
    std::string contact = "none";  // how its worker may be reached (flows::contact_words), never where
    std::int64_t replies = 0;      // how many the team wrote to its worker
    bool held = false;             // on hold: nothing of it is deleted for its age
    std::string acts;              // how many were done to it, as it counts them; "" = it does not
    std::int64_t replies_read = 0;  // how many of them the worker has read: a call may pass over some
    std::int64_t returns = 0;       // how often the worker came back with the code
    std::string
        entered_by;  // who of the team entered it for its worker, as the audit names them; "" = nobody did
    std::int64_t pinged_hour =
        0;                      // when a text last told them that a message waits, cut to the hour; 0 = never
    std::int64_t check_in = 0;  // the day of the check-in that its worker has not answered; 0 = none
    bool untold = false;        // its worker was not told its number so far; one from before counts as told
    std::int64_t call_hour =
        0;  // when whoever entered it had taken the call in which it was told, cut to the hour; 0 = in none
};

/// A sealed part as the reader opens it.
struct OpenedPart {
    std::string name;       // the block that asked
    std::string text;       // words, or "" for a recording
    std::string recording;  // id of the sealed recording, or ""
    std::int64_t seconds = 0;
    std::int64_t at = 0;  // seconds since 1970
};

/// What a part is bound to: nobody can move it to another case.
std::string part_context(std::string_view program, std::string_view case_id);
std::string recording_context(std::string_view program, std::string_view recording_id);

/// Seals one part to the circle.
std::string seal_part(const vault::CirclePublicKey& circle, std::string_view program,
                      std::string_view case_id, const flows::Part& part, std::int64_t at);
/// The inverse, for the holder of the private key. Errors: as CirclePrivateKey::open, cases::errc none.
Result<OpenedPart> open_part(const vault::CirclePrivateKey& key, std::string_view program,
                             std::string_view case_id, std::string_view sealed);

/// Where a case stands in the list: the highest first, which is the most urgent, and of these the newest.
std::int64_t list_score(flows::Urgency urgency, std::int64_t hour);

/// What stands in the index of alerts when a case was filed with, or has risen to, an urgency. Until the desk has seen it.
std::string raised_member(std::string_view case_id, flows::Urgency urgency);

/// What stands there when nobody has a case any more, or who took its alert is kept out of it since.
std::string released_member(std::string_view case_id);

/// What stands there when its worker has told more, until whoever has the case knows it.
std::string news_member(std::string_view case_id);

/// Its clocks may have changed at `at` (seconds since 1970): they are looked at.
redis::Write clocks_looked_at(const stores::Keyspace& keys, const std::string& case_id, std::int64_t at);

/// The status whose words are true for its worker now: "received" alone does not say whether anybody has it.
/// "taken", "unanswered" (of what must be answered soon), else the case's own.
std::string status_for_worker(const CaseFacts& facts);

/// The mode, and the reason, of a report that somebody of the team entered.
inline constexpr std::string_view mode_entered = "operator";

/// The writes that make a draft a case; its alert is raised with them. Like those below they hold their audit entry.
std::vector<redis::Write> filing_writes(const stores::Keyspace& keys, const CaseFacts& facts);
/// Its worker is told its number by the answer of this very commit. Of a case that was deleted it writes nothing.
redis::Write number_told(const stores::Keyspace& keys, const std::string& case_id);
/// The writes that put a case that is there in a greater hurry, as new among those of that urgency at `hour` (seconds).
/// `who`: as the audit names them.
std::vector<redis::Write> raising_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         flows::Urgency urgency, std::int64_t hour,
                                         std::string_view who = audit::worker);
/// The writes beside parts that are added to a case that is there at `at` (seconds); a case that was deleted meanwhile gets
/// none.
std::vector<redis::Write> adding_writes(const stores::Keyspace& keys, const std::string& case_id,
                                        std::int64_t at);
/// When its worker told more, as the adding writes keep it; what is no time of ours is left out.
std::vector<std::int64_t> read_told(std::string_view stored);
/// The writes that tell in which language the worker of a case is answered.
std::vector<redis::Write> language_writes(const stores::Keyspace& keys, const std::string& case_id,
                                          const std::string& language);
/// The writes that delete everything a worker told under `case_id`, and everything that others made of it, with this entry.
std::vector<redis::Write> deletion_writes(const stores::Keyspace& keys, audit::Act act);
/// The same, by its worker's own word.
std::vector<redis::Write> deletion_writes(const stores::Keyspace& keys, std::string_view case_id);

/// Reads the facts back from the hash's fields. Errors: stores::errc::damaged.
Result<CaseFacts> read_facts(std::string id, const std::map<std::string, std::string>& fields);

std::string_view to_word(flows::Urgency urgency);  // "P1"
std::string_view to_word(flows::Mode mode);        // "sms"

}  // namespace rightsline::cases
