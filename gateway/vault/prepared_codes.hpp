// PreparedCodes: a bounded stock of receipt codes that are ready to be given away, so that no Argon2id runs
// on a turn.
//
// The shell brings the worker threads: `post` puts a job on its pool and says when the pool is full. One job
// is in the pool at a time, so that a returning caller's own derivation never waits behind a whole stock.
// Invariant: a code is given away once. Threading: every function may be called from any thread.
#pragma once

#include <functional>
#include <memory>

#include "gateway/vault/receipt_code.hpp"

namespace rightsline::vault {

struct PreparedCode {
    ReceiptCode code;
    KeyedId index;
    MailboxPublicKey mailbox{};
};

/// Runs the job later on another thread. An error: the pool is full, the job was not taken.
using PostJob = std::function<Result<void>(std::function<void()> job)>;

class PreparedCodes {
 public:
    PreparedCodes(ReceiptDeriver deriver, PostJob post, std::size_t most);
    ~PreparedCodes();  // a job that still runs keeps what it needs; its code is thrown away
    PreparedCodes(const PreparedCodes&) = delete;
    PreparedCodes& operator=(const PreparedCodes&) = delete;

    /// Starts filling up to `most`. take() does so by itself; call it once at start.
    void fill();
    /// Errors: errc::no_code_ready.
    Result<PreparedCode> take();
    std::size_t ready() const;

 private:
    struct Stock;
    std::shared_ptr<Stock> stock_;
};

}  // namespace rightsline::vault
