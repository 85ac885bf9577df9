// RetentionDesk: once a day, deletes of a program's closed cases what has been kept long enough, and tells what it did.
//
// Leaderless: when the next run is due stands in the store, and whoever changes that first has the run. A run that is killed
// is begun again ten minutes later and finds what is left; each case is one commit, so there is no half of one. Missed days
// are one run. At most a fiftieth of the cases (twenty at least) goes in one run without an operator's word, so that a wrong
// clock or a wrong `retention` cannot empty a hotline overnight; the rest is told, and waits.
// Must never: run while the clocks disagree (its caller asks). Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/retention.hpp"

namespace rightsline::cases {

struct RetentionServices {
    redis::Client& redis;
    CaseDesk& desk;
    ops::Clock& clock;
    stores::PackShelf& packs;
    std::function<void()> erased;  // something is gone, and the store's file still has it
};

/// A case whose time is over, wholly or partly.
struct Aged {
    std::string alias;
    Overdue due;
    std::string counts;
    bool done =
        false;  // no: it is told only, or waits for an operator's word, or something was done to it meanwhile
};

struct Retained {
    std::vector<Aged> aged;
    std::int64_t looked_at = 0;
    std::int64_t held = 0;        // closed, and on hold
    std::int64_t unreadable = 0;  // nobody can say since when they are closed: kept
    std::int64_t waiting = 0;     // over the day's measure
    std::int64_t done = 0;
};

/// What is asked of a run.
enum class RunKind : std::uint8_t {
    look,     // changes nothing
    measure,  // at most a fiftieth
    all       // by an operator's word
};

/// The last run of the day's job, as the store has it; times are milliseconds.
struct LastRun {
    std::int64_t next = 0;
    std::int64_t at = 0;  // 0: none yet
    std::int64_t done = 0;
    std::int64_t waiting = 0;
};

class RetentionDesk {
 public:
    explicit RetentionDesk(RetentionServices services) : services_(std::move(services)) {}

    /// The day's run, if it is due.
    Awaitable<void> work(std::string program);
    /// Errors: errc::no_script, the store's.
    Awaitable<Result<Retained>> run(std::string program, RunKind kind);
    Awaitable<Result<LastRun>> last(std::string program);

 private:
    struct Walk {
        std::string program;
        flows::PackPtr pack;
        RunKind kind{};
        std::int64_t most = 0;
        Retained found;
    };
    Awaitable<Result<std::int64_t>> look_at_page(Walk& walk, std::vector<CaseFacts> cases);
    Awaitable<Result<bool>> look_at(Walk& walk, CaseFacts facts, Standing standing);
    Awaitable<Result<Inventory>> inventory(const stores::Keyspace& keys, std::string id);
    Awaitable<Result<bool>> shred(const Walk& walk, CaseFacts facts, Inventory inventory, Overdue due);
    Awaitable<Result<bool>> note_run(std::string program, std::uint64_t version, LastRun run);
    Awaitable<Result<std::pair<std::uint64_t, LastRun>>> stored(std::string program);

    RetentionServices services_;
};

}  // namespace rightsline::cases
