// MonthDesk: which cases keep something that is locked under the key of a month, and locks it anew under the month that it is.
//
// A month's key can be destroyed when nothing is locked under it any more. What is deleted by retention frees it by itself;
// what is kept longer, because it is open or on hold, is moved: the lock is taken off and put on anew, with the bytes inside
// as they were. Each commit says what it found, so that a number that its worker erases meanwhile does not come back, and
// what was moved before a kill is not moved again. A recording's file is written anew beside the old one and renamed.
// Drafts are not looked at: they are hours old, and the months that can be destroyed are older than the last one.
// Must never: open what is inside. Threading: the loop's; a file of a few MB is copied on it. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/cases/case_store.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/epoch.hpp"

namespace rightsline::cases {

struct MonthServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    std::function<std::string(const std::string& recording)> blob_path;
};

/// How many cases keep something of a month; of how many a recording is not on this machine, so that nobody here can say.
struct MonthUse {
    std::map<vault::Month, std::int64_t> cases;
    std::int64_t elsewhere = 0;
};

class MonthDesk {
 public:
    explicit MonthDesk(MonthServices services) : services_(std::move(services)) {}

    /// Errors: the store's.
    Awaitable<Result<MonthUse>> use(std::string program);
    /// Locks anew whatever is of `last` or an older month: how many cases it was. Errors: the store's, the vault's,
    /// errc::contended (something was changed meanwhile: ask again), errc::damaged (a file that cannot be written).
    Awaitable<Result<std::int64_t>> move(std::string program, vault::Month last, std::string who);

 private:
    enum class Form : std::uint8_t { list, reply, string, field, file };
    struct Piece {
        Form form{};
        std::string key;      // of the store, or the file's path
        std::string where;    // index or field
        std::string context;  // of its lock
        std::string stored;
    };
    struct Kept {
        std::vector<Piece> pieces;
        bool elsewhere = false;
    };
    static std::vector<vault::Month> months_of(const Piece& piece);
    Awaitable<Result<std::vector<std::string>>> ids(std::string program);
    Awaitable<Result<Kept>> gather(std::string program, std::string id);
    Awaitable<Result<void>> gather_list(Form form, std::string key, std::string context, Kept& into);
    Awaitable<Result<void>> gather_hash(std::string key, std::string context, Kept& into);
    Awaitable<Result<void>> gather_one(redis::Command question, Piece piece, Kept& into);
    Awaitable<Result<void>> gather_files(std::string program, std::string id, Kept& into);
    Awaitable<Result<std::string>> relocked(Piece piece);
    Awaitable<Result<void>> move_case(std::string program, std::string id, std::vector<Piece> pieces,
                                      std::string who);
    struct Batch {
        std::vector<redis::Write> conditions;
        std::vector<redis::Write> writes;
        std::size_t bytes = 0;
    };
    static Result<void> put(const Piece& piece, std::string after, Batch& batch);
    Awaitable<Result<void>> commit(std::string program, std::string id, Batch batch, std::string who);

    MonthServices services_;
};

}  // namespace rightsline::cases
