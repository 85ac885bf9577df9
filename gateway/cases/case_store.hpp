// CaseStore: cases as the console and the command line read them.
//
// Reads facts and sealed parts and takes the lock of the month off them (epoch_lock.hpp); opens nothing, for the server
// holds no key that could.
// Threading: the loop's.
#pragma once

#include <string>
#include <vector>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::cases {

/// Some of a program's cases, and how many there are.
struct CasePage {
    std::vector<CaseFacts> cases;
    std::int64_t total = 0;
};

/// Some of a case's sealed parts, in the order in which they were told, and how many there are.
struct PartPage {
    std::vector<std::string> parts;
    std::int64_t total = 0;
};

/// A page of a list of sealed things as they are stored, as many as one reply may hold.
Awaitable<Result<PartPage>> read_page(redis::Client& client, std::string key, int skip,
                                      redis::Deadline deadline);
/// A reply as it is stored, and when its worker read it, cut to the hour; 0 = not yet.
struct StoredReply {
    Reply reply;
    std::int64_t read_hour = 0;
};

/// Copies of recordings that were brought for another organisation, and that no offer has taken. Errors: the store's.
Awaitable<Result<std::vector<std::string>>> brought_recordings(redis::Client& client, std::string program,
                                                               std::string id, redis::Deadline deadline);

class CaseStore {
 public:
    /// For facts alone: what is sealed is handed on as it is stored.
    explicit CaseStore(redis::Client& client) : client_(client) {}
    CaseStore(redis::Client& client, vault::Vault& vault) : client_(client), vault_(&vault) {}

    /// Most urgent first, of these the newest; `most` of them after the first `skip`. Errors: the store's.
    Awaitable<Result<CasePage>> list(std::string program, int skip, int most, redis::Deadline deadline);
    /// Errors: stores::errc::no_such_case.
    Awaitable<Result<CaseFacts>> facts(std::string program, std::string id, redis::Deadline deadline);
    /// Those after the first `skip`, as many as one reply may hold.
    Awaitable<Result<PartPage>> parts(std::string program, std::string id, int skip,
                                      redis::Deadline deadline);
    /// The case's mailbox as it is stored; "" = it has none. Errors: the store's.
    Awaitable<Result<std::string>> mailbox(std::string program, std::string id, redis::Deadline deadline);
    /// In the order in which they were written. Errors: the store's, stores::errc::damaged.
    Awaitable<Result<std::vector<StoredReply>>> replies(std::string program, std::string id,
                                                        redis::Deadline deadline);
    /// Both copies of a reply, as they are to be stored. Errors: the vault's.
    Awaitable<Result<Reply>> locked(std::string program, std::string id, Reply reply);
    /// A recording as its reader gets it, of the bytes of its file. Errors: the vault's.
    Awaitable<Result<std::string>> recording(std::string program, std::string recording_id,
                                             std::string stored);

 private:
    Awaitable<Result<std::vector<std::string>>> unlocked(std::string context,
                                                         std::vector<std::string> stored);
    Awaitable<Result<void>> unlock_replies(std::string program, std::string id,
                                           std::vector<StoredReply>& replies);

    redis::Client& client_;
    vault::Vault* vault_ = nullptr;
};

}  // namespace rightsline::cases
