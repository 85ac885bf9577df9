// RecordingDesk: brings a worker's voice home. Fetch, seal as a stream, fsync, erase the provider's copy; until all of
// that is done the recording is pending, and nobody says "saved".
//
// The job is in the store before the provider hears our answer, so a crash at any point resumes it. Every step may be
// repeated. Attempts back off from 1 s to 5 min and never give up: an overdue one is an alarm, not a loss. What more of
// the same cannot mend is put aside: an alarm with a reason that a person can read, and a look each hour or each day.
// Fair: what has failed once, perhaps because its bytes only drip, never takes the places of what comes in fresh.
// Threading: the loop's. Owner: the composition root; stop() before it is destroyed.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/conversations/recording_job.hpp"
#include "gateway/conversations/recording_policy.hpp"
#include "gateway/http/client.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/providers/provider.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {

/// How the desk reaches the outside; the composition root fills it in.
struct RecordingRoutes {
    /// The provider and credentials of an account; null when the account is no longer configured.
    std::function<std::pair<const providers::Provider*, const providers::Credentials*>(const std::string&)>
        account;
    /// By its name; a program's own has the program's.
    std::function<const vault::CirclePublicKey*(const std::string& name)> circle;
    http::Client& client;
    std::string blob_directory;
    std::function<void(Awaitable<void>)> spawn;  // starts one recording's way beside the others
    std::chrono::milliseconds head_start{
        3000};  // of the server that may hold what the provider no longer has
};

class RecordingDesk {
 public:
    RecordingDesk(redis::Client& client, vault::Vault& vault, ops::Clock& clock, ops::Metrics& metrics,
                  RecordingRoutes routes);

    /// The writes that make `job` durable; part of the turn's commit. `rest`: nothing is done about it before. A job of no case
    /// is nobody's: only the provider's copy is erased.
    Awaitable<Result<std::vector<redis::Write>>> adopt(const RecordingJob& job,
                                                       std::chrono::seconds rest = std::chrono::seconds(0));
    /// Starts what is due in `program`, several side by side; call after a commit that adopted one, and every second.
    Awaitable<void> work(std::string program);
    /// Counts for the operator what waits and what was put aside, in all of `programs`.
    Awaitable<void> measure(std::vector<std::string> programs);
    /// No recording is under way in this process.
    bool idle() const;
    /// The provider told of a recording by itself. Kept, durably or (while the store is gone) in memory, until it is
    /// known that a turn took it. Errors: the store's; then the provider may well tell it again.
    Awaitable<Result<void>> hear(RecordingJob news);
    /// The same without the memory: in the store when it succeeds. Errors: the store's.
    Awaitable<Result<void>> write_news(RecordingJob news);
    /// What was heard of and had time enough to be taken by a turn.
    Awaitable<std::vector<RecordingJob>> untaken(std::string program);
    /// The writes with which `news` is taken now, unless a turn has taken it (then the commit's condition is unmet).
    Awaitable<Result<std::vector<redis::Write>>> claim(const RecordingJob& news);
    /// A turn has taken it: nothing is left to do.
    Awaitable<Result<void>> drop_news(RecordingJob news);
    /// The writes that make a withdrawal durable; part of the turn's commit. work() then deletes the files, however
    /// often we were killed in between.
    std::vector<redis::Write> withdraw(const std::string& program, const std::vector<std::string>& ids) const;
    /// Deletes the sealed files of recordings that a worker withdrew.
    void forget(const std::vector<std::string>& ids);
    std::string blob_path(const std::string& id) const;

 private:
    /// Errors: errc::gone, the store's, the vault's.
    Awaitable<Result<RecordingJob>> open_job(std::string key);
    Awaitable<void> delete_withdrawn(std::string program);
    bool has_place(const std::set<std::string>& busy, const std::string& id) const;
    void note_failure(const std::string& id, const boost::system::error_code& error);
    bool lets_another_first(const std::string& id);
    Awaitable<std::int64_t> count(std::string how, std::string key);
    Awaitable<Result<std::string>> seal_job(std::string key, const RecordingJob& job);
    /// Counts how often the provider's recording was taken.
    Awaitable<Result<std::string>> taken_key(const RecordingJob& job);
    Awaitable<void> write_unwritten();
    // ---- recording_errand.cpp
    Awaitable<void> carry(std::string program, std::string id);
    Awaitable<void> advance(std::string program, std::string id);
    Awaitable<Result<void>> bring_home(RecordingJob& job, bool wanted_still);
    Awaitable<void> put_aside(RecordingJob job, Aside aside, boost::system::error_code error);
    Awaitable<void> put_off(std::string index, std::string id);
    /// Its job is not there: another server finished it between our two looks.
    Awaitable<void> leave(std::string index, std::string id);
    Awaitable<Result<void>> fetch(const RecordingJob& job);
    Awaitable<Result<void>> erase(const RecordingJob& job);
    /// 1: the case still wants the recording; 0: the worker withdrew it.
    Awaitable<Result<std::int64_t>> wanted(const RecordingJob& job);
    Awaitable<Result<void>> settle(RecordingJob job, bool done);

    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
    RecordingRoutes routes_;
    ops::Counter& put_aside_;
    ops::Gauge& waiting_now_;
    ops::Gauge& aside_now_;
    std::set<std::string> failed_;  // ids that did not come home when they were tried last
    std::map<std::string, std::set<std::string>> busy_;  // by program: ids under way in this process
    /// The provider's copy is gone and no file is here: perhaps another server has it. Since when it is due again, if it is.
    std::map<std::string, std::optional<Deadline>> gone_here_;
    std::deque<RecordingJob> unwritten_;  // heard of while the store was gone
};

}  // namespace rightsline::conversations
