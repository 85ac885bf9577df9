#include "gateway/audit/reader.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "gateway/audit/bytes.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::audit {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 30s;
constexpr auto second_look = 4s;
constexpr unsigned version_bytes = 8;  // in front of the head, as of every versioned document
constexpr std::int64_t blocks_a_page = 200;
constexpr std::size_t entries_a_page = 1000;

Deadline soon() { return std::chrono::steady_clock::now() + budget; }

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

class Reader {
 public:
    Reader(redis::Client& client, std::string program, Verifier verifier,
           std::function<void(const Entry&)> seen)
        : client_(client), keys_(program), verifier_(std::move(verifier)), seen_(std::move(seen)) {}

    Awaitable<Result<Verdict>> run();

 private:
    Awaitable<Result<void>> begin();
    Awaitable<Result<std::uint64_t>> head();
    Awaitable<Result<std::size_t>> blocks();
    Awaitable<Result<void>> entries(StreamId until);
    Awaitable<Result<void>> look_again(Verdict& verdict);
    Awaitable<Result<redis::Reply>> ask(redis::Command command);

    redis::Client& client_;
    stores::Keyspace keys_;
    Verifier verifier_;
    std::function<void(const Entry&)> seen_;
    bool no_blocks_ = false;
    std::int64_t listed_ = 0;
    StreamId read_{};
};

/// Errors: also errc::server_error, of a refusal; a key of another kind is an answer.
Awaitable<Result<redis::Reply>> Reader::ask(redis::Command command) {
    Result<redis::Reply> reply = co_await client_.execute(std::move(command), soon());
    const bool refused = reply && reply->error() != nullptr && !reply->error()->text.starts_with("WRONGTYPE");
    co_return refused ? Result<redis::Reply>(redis::errc::server_error) : reply;
}

/// How many blocks it counts; 0 = there is none.
Awaitable<Result<std::uint64_t>> Reader::head() {
    redis::Command question{"GET", keys_.audit_head()};
    const Result<redis::Reply> reply = co_await ask(std::move(question));
    if (!reply) {
        co_return reply.error();
    }
    const std::string* stored = reply->string();
    if (stored == nullptr || stored->size() < version_bytes) {
        co_return std::uint64_t{0};
    }
    ByteReader from(*stored);
    const std::uint64_t version = from.number(version_bytes);
    verifier_.expect_head(version, std::string_view(*stored).substr(version_bytes));
    co_return version;
}

/// The head is asked for before the list, which is at least as long then. The first block of all may be closed in between.
Awaitable<Result<void>> Reader::begin() {
    const Result<std::uint64_t> there = co_await head();
    if (!there || *there != 0) {
        co_return there ? Result<void>() : Result<void>(there.error());
    }
    redis::Command question{"LLEN", keys_.audit_blocks()};
    const Result<redis::Reply> count = co_await ask(std::move(question));
    if (!count) {
        co_return count.error();
    }
    no_blocks_ = count->integer() != nullptr && *count->integer() == 0;
    if (no_blocks_) {
        co_return Result<void>();
    }
    const Result<std::uint64_t> now = co_await head();
    co_return now ? Result<void>() : Result<void>(now.error());
}

/// One page; how many.
Awaitable<Result<std::size_t>> Reader::blocks() {
    if (no_blocks_) {
        co_return std::size_t{0};
    }
    redis::Command question{"LRANGE", keys_.audit_blocks(), std::to_string(listed_),
                            std::to_string(listed_ + blocks_a_page - 1)};
    const Result<redis::Reply> page = co_await ask(std::move(question));
    if (!page) {
        co_return page.error();
    }
    if (page->array() == nullptr) {
        verifier_.block("");  // a key of another kind
        co_return std::size_t{0};
    }
    for (const redis::Reply& one : *page->array()) {
        verifier_.block(one.string() == nullptr ? "" : *one.string());
    }
    listed_ += static_cast<std::int64_t>(page->array()->size());
    co_return page->array()->size();
}

Awaitable<Result<void>> Reader::entries(StreamId until) {
    for (bool more = read_ < until; more;) {
        redis::Command question{"XRANGE",    keys_.audit(), "(" + read_.str(),
                                until.str(), "COUNT",       std::to_string(entries_a_page)};
        const Result<redis::Reply> page = co_await ask(std::move(question));
        if (!page) {
            co_return page.error();
        }
        const std::optional<std::vector<Entry>> read = read_entries(*page);
        if (!read) {
            verifier_.unreadable_entries();
            read_ = last_of_all;
            co_return Result<void>();
        }
        for (const Entry& entry : *read) {
            verifier_.entry(entry);
            seen_(entry);
            read_ = entry.id;
        }
        more = read->size() == entries_a_page && read_ < until;
    }
    read_ = until == last_of_all ? read_ : std::max(read_, until);
    co_return Result<void>();
}

Awaitable<Result<Verdict>> Reader::run() {
    const Result<void> began = co_await begin();
    if (!began) {
        co_return began.error();
    }
    for (std::size_t page = 1; page != 0;) {
        const Result<std::size_t> read = co_await blocks();
        if (!read) {
            co_return read.error();
        }
        page = *read;
        const StreamId until = page == 0 ? last_of_all : verifier_.sealed_until().value_or(StreamId{});
        const Result<void> held = co_await entries(until);
        if (!held) {
            co_return held.error();
        }
    }
    Verdict verdict = verifier_.finish(now_ms());
    const Result<void> looked = co_await look_again(verdict);
    co_return looked ? Result<Verdict>(std::move(verdict)) : looked.error();
}

/// A server that has just been started seals in a moment what waited while none ran.
Awaitable<Result<void>> Reader::look_again(Verdict& verdict) {
    const auto waits = std::ranges::find(verdict.findings, Fault::waits_too_long, &AuditFinding::fault);
    if (waits == verdict.findings.end()) {
        co_return Result<void>();
    }
    (void)co_await ops::pause(second_look);
    redis::Command question{"GET", keys_.audit_head()};
    const Result<redis::Reply> reply = co_await ask(std::move(question));
    if (!reply) {
        co_return reply.error();
    }
    const std::string* stored = reply->string();
    const std::optional<Block> last = stored == nullptr || stored->size() < version_bytes
                                          ? std::nullopt
                                          : parse_block(stored->substr(version_bytes));
    if (last && last->last >= waits->from) {
        verdict.findings.erase(waits);
    }
    co_return Result<void>();
}

}  // namespace

Awaitable<Result<Verdict>> read_audit(redis::Client& client, std::string program, Verifier verifier,
                                      std::function<void(const Entry&)> seen) {
    Reader reader(client, std::move(program), std::move(verifier), std::move(seen));
    co_return co_await reader.run();
}

}  // namespace rightsline::audit
