// Lease queue: durable jobs, each in one worker's hands at a time, of which we always know whether they were begun.
//
//   queued --claim--> claimed --mark_submitting--> submitting --settle--> done
//     ^                 | release, again, lease over     | again          (done is final)
//     +-----------------+--------------------------------+
//   submitting --settle unknown, lease over--> unknown --claim_unknown--> looking --settle--> done | queued | unknown
//   (in a commit) record_begun --> unknown
//
// A worker that dies before the submitting mark has provably done nothing: its job is queued again. One that dies after
// it leaves the job unknown, and only a look (by whoever can find out) leads out of that. Nothing is ever taken off
// without being somewhere else: an id that is not done is in exactly one of lanes, leased and unknown, with its payload.
//
// A lease is an owner and a number that no other lease of that job has. Who has lost it is told so (fenced) and has
// changed nothing. One exception, for the truth that comes late: as long as a job is unknown and nobody has looked since,
// the lease that submitted it may still settle it.
// Redis' clock decides what is due and which lease is over; delays are relative; the caller's clock is only compared.
// A clock that went back cannot hold a lease for longer than longest_lease: such a lease is over.
// A job whose state record cannot be read, or does not fit where the job was found, is put aside: into `unknown`, at a
// time that never comes. It is not done, not lost, does not stop the others, and survey() names it.
//
// State record (hash `states`): "<phase><lane><paid> <claims> <attempts> <doubts> <at> <owner> <note>", as in
// "s10 3 2 0 1763794626123 gw-7f3a ": phase q c s u l d; lane 0-7; paid 1 = the caps were charged for the attempt to
// come; claims = the number of the last lease; at = ms: due (q, c), submitted (s, u, l), settled (d); note = any bytes.
//
// All but the reads also work when Redis is out of memory (allow-oom): to send is what makes room.
// Must never: know a word of the domain, read a payload or a note, lead out of done, answer from the caller's clock.
// Threading: as the Client's. Every call is one round trip (sweep_settled two). Errors, besides the Client's:
// errc::out_of_bounds (an argument; nothing was sent), errc::server_error (refused before the first write: a key of
// another type, a release of what was submitted). outcome_unknown: repeat mark_submitting and settle as they are (a
// repeat by the same lease changes nothing and gets go; of done and unknown, settled; of again and release, fenced);
// what a claim took comes back by reap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::redis {

/// Every key of one queue; all carry one hash tag.
struct LeaseQueue {
    std::string jobs;                // hash: id -> payload
    std::string states;              // hash: id -> state record
    std::string leased;              // zset: id by the end of its lease
    std::string unknown;             // zset: id by when to look
    std::string settled;             // zset: id by when it was settled
    std::string rate;                // hash: GCRA's time, and what each lane owes to those below
    std::vector<std::string> lanes;  // zsets: id by due time; the first is the most urgent; 1 to 8
    std::string attached;  // beginning of a key's name, the id follows: goes with the record; "" = none
};

namespace lease_limits {
inline constexpr std::size_t lanes = 8;
inline constexpr std::size_t id_bytes = 128;
inline constexpr std::size_t owner_bytes = 64;  // letters, digits, '.', '_', ':', '-'
inline constexpr std::size_t payload_bytes = 65536;
inline constexpr std::size_t note_bytes = 256;
inline constexpr int most = 256;                           // jobs of one call
inline constexpr std::size_t guards = 8;                   // of each kind
inline constexpr std::int64_t longest_lease_ms = 600'000;  // 10 minutes
inline constexpr std::int64_t longest_delay_ms = 31LL * 86'400'000;
inline constexpr std::int64_t longest_interval_us = 86'400'000'000;  // one a day
inline constexpr std::int64_t largest_burst = 10'000;
}  // namespace lease_limits

/// What a commit carries to enqueue one job. `due_ms` is compared with Redis' clock; 0 = at once, whatever the clocks.
/// The first write is a condition: an id that is there, or was settled and is not swept yet, makes the commit unmet.
Result<std::vector<Write>> enqueue(const LeaseQueue& queue, std::size_t lane, std::string id,
                                   std::string payload, std::int64_t due_ms);

/// What a commit carries of a job that whoever commits does by itself, right after: it is unknown from the beginning, and
/// to be looked at `look_ms`, by Redis' clock. Until somebody looks, begun_lease() may settle it. The commit's once-guard
/// is what keeps it from being recorded twice.
Result<std::vector<Write>> record_begun(const LeaseQueue& queue, std::size_t lane, std::string id,
                                        std::string payload, std::int64_t begun_ms, std::int64_t look_ms);

/// One piece per `interval_us`, at most `burst` at once: in any window at most burst + window / interval.
struct Rate {
    std::int64_t interval_us = 0;
    std::int64_t burst = 1;
};

struct Lease {
    std::string id;
    std::string owner;
    std::int64_t number = 0;  // of this job's leases; how often it was claimed, too
};
/// Of a job that was recorded as begun.
Lease begun_lease(std::string id);
struct Leased {
    Lease lease;
    std::string payload;
    std::size_t lane = 0;
    std::int64_t attempts = 0;  // that count, begun so far
    std::int64_t doubts = 0;    // how often it became unknown
    std::int64_t at_ms = 0;     // claimed: was due; looking: was submitted
    std::string note;           // of the last settlement that had one
};
struct Claimed {
    std::vector<Leased> jobs;
    int aside = 0;  // put aside by this call: raise an alarm
    std::optional<std::int64_t>
        wait_ms;                 // until a claim may find more, of what is queued now; nothing = no job waits
    bool clock_suspect = false;  // caller and Redis disagree by more than 30 s
};

struct Claim {
    std::string owner;
    std::int64_t lease_ms = 0;
    int most = 1;
    // Where a lane and one below it both have due jobs, every n-th place goes below (2 to 1000; 0 = none does). It is
    // counted over calls, so that the share holds when most or the rate allow but one place.
    int below_every = 0;
    std::vector<std::size_t> skipped;  // lanes that are paused
    std::optional<Rate> rate;          // a look: no more than it lets out now, and nothing is used up
    std::int64_t now_ms = 0;
};
/// The most urgent lane first but for the share of the lower ones, each lane in order of due time.
Awaitable<Result<Claimed>> claim(Client& client, const LeaseQueue& queue, Claim claim, Deadline deadline);

/// The same for jobs that are unknown and due to be looked at. Takes owner, lease_ms, most, now_ms.
Awaitable<Result<Claimed>> claim_unknown(Client& client, const LeaseQueue& queue, Claim claim,
                                         Deadline deadline);

/// All are checked before anything is written, in this order.
struct Guards {
    struct NotIn {
        std::string key;  // a set
        std::string member;
    };
    struct Holds {
        std::string key;  // a hash
        std::string field;
        std::string value;  // that stands there still
    };
    struct Cap {
        std::string key;  // a counter
        std::int64_t limit = 0;
        std::int64_t add = 1;  // goes when counter + add <= limit, and is added then
    };
    std::int64_t not_after_ms = 0;  // by Redis' clock; 0 = whenever
    std::vector<NotIn> not_in;
    // Charged once for all attempts of which we know that they had no effect, and anew after a doubt.
    std::vector<Cap> caps;
    std::string cap_index;  // zset of counters by when each was begun, for sweep(); "" = none
    std::optional<Rate> rate;
    std::vector<Holds> holds{};  // checked after not_in
};
struct Marked {
    enum class Outcome {
        go,          // submitting: act now, once
        fenced,      // not yours (any more), or your lease is over
        too_late,    // not_after_ms has passed
        in_set,      // not_in[guard]
        over_limit,  // caps[guard]
        later,       // the rate lets it go in wait_ms
        differs,     // holds[guard]
    } outcome = Outcome::fenced;
    std::size_t guard = 0;
    std::int64_t wait_ms = 0;
};
/// The last thing before the act that may have an effect. The lease then ends `lease_ms` from now: let the act end
/// sooner. Whatever is not `go` has written nothing of the job: one that is still yours is claimed as before, settle it.
Awaitable<Result<Marked>> mark_submitting(Client& client, const LeaseQueue& queue, Lease lease,
                                          std::int64_t lease_ms, Guards guards, Deadline deadline);

struct Settlement {
    enum class What {
        done,     // final: the payload goes, the record stays until swept
        again,    // queued, due in delay_ms. Of what is submitting: only when it provably had no effect
        unknown,  // it may have had its effect: to be looked at in delay_ms. Not of what is only claimed
        // Not begun: back where it was (claimed: its lane, due as before; looking: unknown, at once). Not after a mark
        // whose outcome is unknown: that is `again`, which is right whether it was marked or not.
        release,
    } what = What::release;
    std::int64_t delay_ms = 0;
    bool counts = true;  // again: whether the attempt counts
    std::string note{};  // kept in the record, opaque; "" keeps the one before
};
enum class Settled { settled, fenced };
Awaitable<Result<Settled>> settle(Client& client, const LeaseQueue& queue, Lease lease, Settlement settlement,
                                  Deadline deadline);

struct Reaped {
    std::vector<std::string> queued;   // were claimed: back in their lanes, due as before
    std::vector<std::string> unknown;  // were submitting or looking: to be looked at now
    int aside = 0;
    bool clock_suspect = false;  // then nothing that was submitting was touched
};
/// Ends the leases that are over, at most `most`.
Awaitable<Result<Reaped>> reap(Client& client, const LeaseQueue& queue, int most, std::int64_t now_ms,
                               Deadline deadline);

struct JobState {
    enum class Phase { queued, claimed, submitting, unknown, looking, done } phase = Phase::queued;
    std::size_t lane = 0;
    bool paid = false;
    std::int64_t claims = 0;
    std::int64_t attempts = 0;
    std::int64_t doubts = 0;
    std::int64_t at_ms = 0;
    std::string owner;
    std::string note;
};
/// Errors: errc::unexpected_reply when it is no state record.
Result<JobState> read_job_state(std::string_view record);
/// Nothing: there is no such job (any more). A record that cannot be read is errc::unexpected_reply.
Awaitable<Result<std::optional<JobState>>> look(Client& client, const LeaseQueue& queue, std::string id,
                                                Deadline deadline);

/// Forgets jobs that were settled at `before_ms` or earlier, at most `most`, with what is attached to them. Not later
/// than the last repeat of what enqueued them: a forgotten id may be enqueued again. Refused (0) when the clocks disagree.
Awaitable<Result<std::int64_t>> sweep_settled(Client& client, const LeaseQueue& queue, std::int64_t before_ms,
                                              std::int64_t now_ms, int most, Deadline deadline);

struct Survey {
    struct Finding {
        std::string id;
        std::string what;  // a sentence
    };
    std::vector<Finding> findings;
    std::int64_t looked_at = 0;  // entries of all collections
    std::string next;            // pass it to the next call; "" = that was the last page
};
/// One page of a walk over states, payloads and places, both ways; begin with "". Each page is consistent in itself, so
/// it may be asked of a queue at work; an entry that moves meanwhile may be seen twice or, when it is new, not at all.
Awaitable<Result<Survey>> survey(Client& client, const LeaseQueue& queue, std::string from,
                                 Deadline deadline);

}  // namespace rightsline::redis
