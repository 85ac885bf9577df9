// Load and commit: a read and an all-or-nothing write around one versioned document.
//
// The document is one string: eight bytes of version, then the caller's bytes. The once-guard is one string per event
// that holds the answer of its first commit, so that a repeat gets the same bytes. Both are Redis functions whose
// library name carries the hash of their source, so that two builds live side by side.
// Must never: build a key name inside Lua, use a TTL where early loss would hurt, know a word of the domain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "redis/client.hpp"

namespace rightsline::redis {

struct LoadKeys {
    std::string once;  // the event's guard
    std::string document;
    std::vector<std::string> extras;  // further plain strings to read in the same round trip
};
struct Loaded {
    std::optional<std::string> answer;  // this event was committed before: its stored answer
    std::uint64_t version = 0;          // 0: no document yet
    std::string document;
    std::vector<std::optional<std::string>> extras;
};
/// One round trip. Errors: as Client::execute, and errc::server_error.
Awaitable<Result<Loaded>> load(Client& client, const LoadKeys& keys, Deadline deadline);

/// The writes a commit may carry; anything else is refused by the function before its first write.
enum class Op : std::uint8_t {
    set,      // value
    set_for,  // value, seconds: only for data whose early loss is harmless
    del,
    append,   // value
    hset,     // field, value, …
    hdel,     // field, …
    hincrby,  // field, by
    incrby,   // by
    zadd,     // score, member, …
    zrem,     // member, …
    rpush,    // value, …
    lpop,     // (nothing)
    sadd,     // member, …
    srem,     // member, …
    xadd,     // field, value, …   (stream with automatic id)
    // Conditions: they write nothing. When one does not hold, nothing of the commit is written.
    must_exist,       // (nothing)
    must_be_below,    // limit: of a counter; one that is not there counts 0
    must_lack,        // field: of a hash; an earlier write of the commit counts too
    must_be_version,  // eight bytes, or none when it is not there: of another document than the commit's own
    must_be,          // value: of a string; "" = it is not there
    must_be_field,    // field, value: of a hash; "" = it has none
    must_stand,       // index, value: of a list
    lset,             // index, value: in the place of what a must_stand of this commit names
};
struct Write {
    Op op;
    std::string key;
    std::vector<std::string> arguments;
};
/// A document as extras hold it: version 0 and no bytes when it is not there.
struct Document {
    std::uint64_t version = 0;
    std::string bytes;
};
/// Errors: errc::unexpected_reply, it is too short to be one.
Result<Document> read_document(const std::optional<std::string>& stored);
/// The condition that a document beside the commit's own has this version (0: it is not there).
Write must_be_version(std::string key, std::uint64_t expected);
/// A second document: it must have version `expected`, and has the next one afterwards. Unmet when it has another.
void add_document(std::vector<Write>& writes, const std::string& key, std::uint64_t expected,
                  const std::string& bytes);

struct Commit {
    std::string once_key;      // "" = no guard (housekeeping)
    std::string once_index;    // zset of guards by time, for the sweeper; "" = not indexed
    std::string answer;        // what a repeat of this event gets
    std::string document_key;  // "" = no document
    std::uint64_t expected_version = 0;
    std::optional<std::string> document;  // nothing = delete it
    std::vector<Write> writes;
    std::int64_t now_ms = 0;  // the caller's clock; Redis' own decides, a difference over 30 s is reported
};
struct Committed {
    enum class Outcome {
        committed,
        duplicate,
        conflict,  // the document has another version
        unmet,     // a condition does not hold
    } outcome = Outcome::committed;
    std::string answer;          // duplicate: the stored answer
    std::uint64_t version = 0;   // the document's version now
    bool clock_suspect = false;  // caller and Redis disagree by more than 30 s
};
/// One round trip, all or nothing. Errors: as Client::execute (outcome_unknown: repeat the same commit, the guard makes
/// it safe), and errc::server_error when the function refused it before its first write.
Awaitable<Result<Committed>> commit(Client& client, const Commit& commit, Deadline deadline);

/// Members of zset `key` with a score of at most `now_ms`, lowest first. One round trip.
Awaitable<Result<std::vector<std::string>>> due(Client& client, std::string key, std::int64_t now_ms,
                                                int most, Deadline deadline);

/// What stands further ahead in zset `key` than `furthest_ms` becomes due now, at most `most`: a clock was ahead when it was
/// written, and it would wait until that time comes again. Scores from 2^50 on mean "never" and stay. Refused (0) when the
/// clocks disagree. Returns how many there were.
Awaitable<Result<std::int64_t>> pull_back(Client& client, std::string key, std::int64_t furthest_ms,
                                          std::int64_t now_ms, int most, Deadline deadline);

/// Deletes the guards in `once_index` that are older than `before_ms`, at most `most`; `prefix`-less: the members of
/// the index are whole key names and are passed as KEYS. Refused (0) when the clocks disagree. Returns how many went.
Awaitable<Result<std::int64_t>> sweep(Client& client, std::string once_index, std::int64_t before_ms,
                                      std::int64_t now_ms, int most, Deadline deadline);

/// Loads the functions (as the loading user) unless the same build's are there already.
Awaitable<Result<void>> load_functions(Client& client, Deadline deadline);

/// Has the server begin to write its append-only file anew (as the loading user): deleted values stay in the old one until
/// then. Errors: server_error when one is being written already, or the user may not; the connection's.
Awaitable<Result<void>> forget_deleted(Client& client, Deadline deadline);

/// The ACL rules of the user that may call the functions on keys matching `key_patterns`, and nothing else; of the user
/// that loads them; and of the one that reads everything and writes nothing, for backups and checks. Each is the argument
/// list of ACL SETUSER after the user name, without the password.
std::vector<std::string> caller_acl(const std::vector<std::string>& key_patterns);
std::vector<std::string> loader_acl();
std::vector<std::string> keeper_acl();

}  // namespace rightsline::redis
