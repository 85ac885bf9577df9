// RecordingDesk: brings a worker's voice home. Fetch, seal as a stream, fsync, erase the provider's copy; until all of
// that is done the recording is pending, and nobody says "saved".
//
// The job is in the store before the provider hears our answer, so a crash at any point resumes it. Every step may be
// repeated. Attempts back off from 1 s to 5 min and never give up: an overdue one is an alarm, not a loss.
// Threading: the loop's. Owner: the composition root; stop() before it is destroyed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/conversations/recording_job.hpp"
#include "gateway/http/client.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
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
    std::function<const vault::CirclePublicKey*(const std::string& program)> circle;
    http::Client& client;
    std::string blob_directory;
};

class RecordingDesk {
 public:
    RecordingDesk(redis::Client& client, vault::Vault& vault, ops::Clock& clock, RecordingRoutes routes);

    /// The writes that make `job` durable; part of the turn's commit.
    Awaitable<Result<std::vector<redis::Write>>> adopt(const RecordingJob& job);
    /// Works off what is due in `program`; call after a commit that adopted one, and every few seconds.
    Awaitable<void> work(std::string program);
    /// The writes that make a withdrawal durable; part of the turn's commit. work() then deletes the files, however
    /// often we were killed in between.
    std::vector<redis::Write> withdraw(const std::string& program, const std::vector<std::string>& ids) const;
    /// Deletes the sealed files of recordings that a worker withdrew.
    void forget(const std::vector<std::string>& ids);
    std::string blob_path(const std::string& id) const;

 private:
    Awaitable<Result<RecordingJob>> open_job(const std::string& program, const std::string& id);
    Awaitable<void> delete_withdrawn(std::string program);
    Awaitable<void> advance(std::string program, std::string id);
    Awaitable<void> put_off(std::string program, std::string id);
    Awaitable<Result<void>> fetch(const RecordingJob& job);
    Awaitable<Result<void>> erase(const RecordingJob& job);
    /// 1: the case still wants the recording; 0: the worker withdrew it.
    Awaitable<Result<std::int64_t>> wanted(const RecordingJob& job);
    Awaitable<Result<void>> settle(RecordingJob job, bool done);

    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
    RecordingRoutes routes_;
    std::map<std::string, bool> busy_;  // ids under way in this process
};

}  // namespace rightsline::conversations
