// Tasks: what is to be done about a case, by when, and by whom.
//
// Two keys of a case. The list is one string of JSON lines that only grows: a task that was set, or the news that one is
// done; so that any commit may add to it, also a server's by itself, and nobody overwrites anybody. It holds names of the
// team and times, as the audit does, and words of ours ("no_answer"); never what is to be done. That stands beside it, in a
// hash by the task's id, sealed to the circle where it was written. Lines that we cannot read are a newer build's: passed over.
// Must never: hold words of a worker or of a monitor in clear. Pure: time and ids are arguments. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/circle.hpp"
#include "locales/result.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

struct Task {
    std::string id;  // hex; the first of an id counts, so that to set it again changes nothing
    std::string
        kind;  // why the server set it, a word of ours; "" = somebody of the team did, and its words say what
    std::string by;         // who set it, as the audit names them; "" = the server
    std::string who;        // a name; "" = whoever has the case
    std::int64_t made = 0;  // seconds since 1970
    std::int64_t due = 0;   // the same
    std::int64_t done = 0;  // the same; 0 = open
    std::string done_by{};

    bool is_open() const { return done == 0; }
    bool is_late(std::int64_t now) const { return is_open() && due <= now; }
};

/// A kind: its worker was asked several times how they are, and did not answer.
inline constexpr std::string_view task_no_answer = "no_answer";

inline constexpr std::size_t longest_task = 1000;         // bytes of words
inline constexpr std::size_t longest_sealed_task = 4500;  // padded and sealed
inline constexpr std::size_t most_tasks = 200;  // of one case that people set, the done ones included

std::string task_context(std::string_view program, std::string_view case_id);
/// On the writer's machine.
std::string seal_task(const vault::CirclePublicKey& circle, std::string_view program,
                      std::string_view case_id, std::string_view words);
/// Errors: as CirclePrivateKey::open.
Result<std::string> open_task(const vault::CirclePrivateKey& key, std::string_view program,
                              std::string_view case_id, std::string_view sealed);
/// What a server can tell of it. Errors: errc::bad_task.
Result<void> check_task(const vault::CirclePublicKey& circle, std::string_view sealed);

/// In the order in which they were set.
std::vector<Task> read_tasks(std::string_view stored);

/// The writes that set a task on a case that is there, with their audit entry; whoever is to do it is told when it is due.
/// `sealed`: its words; "" where its kind says everything.
std::vector<redis::Write> task_writes(const stores::Keyspace& keys, const std::string& case_id,
                                      const Task& task, std::string sealed);
/// The writes that say that it is done. `who`: as the audit names them.
std::vector<redis::Write> task_done_writes(const stores::Keyspace& keys, const std::string& case_id,
                                           const Task& task, const std::string& who, std::int64_t at);

}  // namespace rightsline::cases
