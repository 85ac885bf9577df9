// check_store: walks through everything that is stored and says what does not fit together.
//
// Reads only, page by page (SCAN), as the user "keeper"; a running server goes on beside it. What looks wrong is looked at
// again a moment later, so that a turn under way is no finding. It opens conversations, whose key is here, to see which
// draft they hold; what workers told stays sealed: of a part its form, length and key id are read.
// Memory: one page, and a note of about ninety bytes for each case. Threading: a loop's. Owner: `rightsline fsck`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gateway/keep/finding.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::keep {

struct CheckedLine {
    std::string program;
    std::string line;
};

struct CheckedStore {
    redis::Client& client;
    vault::Vault& vault;
    const vault::Keys& keys;
    std::vector<std::string> programs;
    std::vector<CheckedLine> lines;
    std::string blobs;  // folder of sealed recordings
};

struct Checked {
    std::int64_t keys = 0;
    std::int64_t cases = 0;
    std::int64_t drafts = 0;
    std::int64_t conversations = 0;
    std::int64_t recordings = 0;
    std::int64_t messages = 0;      // entries of the outbox's collections
    std::int64_t audit = 0;         // entries
    std::vector<Finding> findings;  // sorted, each once
    bool more = false;              // and so many others that we stopped to count them
};

/// `progress` is told after each page. Errors: the store's: nobody there, or the user may not read.
Awaitable<Result<Checked>> check_store(CheckedStore store, std::function<void(const Checked&)> progress);

}  // namespace rightsline::keep
