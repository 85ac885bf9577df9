#include "gateway/keep/quarantine.hpp"

#include <unistd.h>

#include <boost/asio/this_coro.hpp>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "gateway/audit/entry.hpp"
#include "gateway/keep/ask.hpp"
#include "gateway/keep/error.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/outbox/line_out.hpp"
#include "gateway/outbox/retry.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/embedded.hpp"
#include "redis/error.hpp"
#include "redis/lease_doubt.hpp"
#include "redis/transaction.hpp"

namespace rightsline::keep {
namespace {

using namespace std::chrono_literals;

constexpr auto load_budget = 10min;  // a store of years
constexpr auto budget = 30s;
constexpr const char* page_size = "1000";
constexpr int most_rounds = 100'000;

redis::Deadline in(std::chrono::milliseconds patience) { return std::chrono::steady_clock::now() + patience; }

/// The store while it is looked at; its connections end before it does.
class Ward {
 public:
    Ward(std::unique_ptr<redis::Embedded> store, const boost::asio::any_io_executor& executor)
        : store_(std::move(store)),
          caller_(redis::make_client(executor, store_->caller())),
          loader_(redis::make_client(executor, store_->loader())),
          keeper_(redis::make_client(executor, store_->keeper())) {}
    Ward(const Ward&) = delete;
    Ward& operator=(const Ward&) = delete;
    ~Ward() {
        for (const std::unique_ptr<redis::Client>* client : {&caller_, &loader_, &keeper_}) {
            (*client)->close();
        }
    }

    Awaitable<Result<Restored>> treat(std::int64_t cut_ms);

 private:
    struct Queue {
        std::string program;
        std::string line;
        friend auto operator<=>(const Queue&, const Queue&) = default;
    };
    Awaitable<Result<void>> survey();
    void note(const std::string& key);
    Awaitable<Result<void>> doubt(Queue queue, std::int64_t cut_ms);
    Awaitable<Result<void>> note_restored(std::string program, std::int64_t cut_ms);
    Awaitable<Result<std::int64_t>> count(redis::Command command);

    std::unique_ptr<redis::Embedded> store_;
    std::unique_ptr<redis::Client> caller_;
    std::unique_ptr<redis::Client> loader_;
    std::unique_ptr<redis::Client> keeper_;
    std::set<Queue> queues_;
    std::set<std::string> programs_;
    Restored found_;
};

Awaitable<Result<std::int64_t>> Ward::count(redis::Command command) {
    const Result<redis::Reply> reply = co_await keeper_->execute(std::move(command), in(budget));
    if (!reply || reply->integer() == nullptr) {
        co_return reply ? make_error_code(redis::errc::unexpected_reply) : reply.error();
    }
    co_return *reply->integer();
}

/// "{fair-food}:os:+15005550006": the queue of a line; "{fair-food}:kx": a program with cases.
void Ward::note(const std::string& key) {
    const std::size_t end = key.find("}:");
    if (!key.starts_with('{') || end == std::string::npos) {
        return;
    }
    const std::string program = key.substr(1, end - 1);
    const std::string name = key.substr(end + 2);
    if (name.starts_with("os:") || name.starts_with("oj:")) {
        queues_.insert({program, name.substr(3)});
    } else if (name == "kx") {
        programs_.insert(program);
    }
}

Awaitable<Result<void>> Ward::survey() {
    std::string cursor = "0";
    do {
        std::vector<redis::Command> question{{"SCAN", cursor, "COUNT", page_size}};
        const Result<Replies> reply = co_await ask_all(*keeper_, std::move(question), in(budget));
        const std::vector<redis::Reply>* page = reply ? reply->front().array() : nullptr;
        if (page == nullptr || page->size() != 2 || (*page)[0].string() == nullptr ||
            (*page)[1].array() == nullptr) {
            co_return reply ? make_error_code(redis::errc::unexpected_reply) : reply.error();
        }
        cursor = *(*page)[0].string();
        for (const redis::Reply& key : *(*page)[1].array()) {
            note(key.string() == nullptr ? "" : *key.string());
        }
    } while (cursor != "0");
    co_return Result<void>();
}

Awaitable<Result<void>> Ward::doubt(Queue queue, std::int64_t cut_ms) {
    const redis::LeaseQueue keys = outbox::queue_of(stores::Keyspace(queue.program), queue.line);
    for (int round = 0; round < most_rounds; ++round) {
        std::string why(outbox::restored_note);
        const Result<redis::Doubted> doubted =
            co_await redis::doubt(*caller_, keys, cut_ms, std::move(why), in(budget));
        if (!doubted) {
            co_return doubted.error();
        }
        if (doubted->jobs == 0) {
            co_return Result<void>();
        }
        found_.in_doubt[queue.program] += doubted->jobs;
        found_.aside += doubted->aside;
    }
    co_return errc::store_refused;
}

/// The audit goes on from the backup's: what came after it was cut off, and says so.
Awaitable<Result<void>> Ward::note_restored(std::string program, std::int64_t cut_ms) {
    redis::Commit commit;
    commit.now_ms = cut_ms;
    audit::add_entry(commit.writes, stores::Keyspace(program),
                     {audit::What::restored, "", "uid:" + std::to_string(::geteuid())});
    const Result<redis::Committed> done = co_await redis::commit(*caller_, commit, in(budget));
    co_return done ? Result<void>() : Result<void>(done.error());
}

Awaitable<Result<Restored>> Ward::treat(std::int64_t cut_ms) {
    Result<void> done = co_await redis::load_functions(*loader_, in(budget));
    if (done) {
        done = co_await survey();
    }
    for (const Queue& queue : queues_) {
#ifdef RIGHTSLINE_TEST_POINTS
        if (ops::seeded_bug() == "restore_without_quarantine") {
            break;
        }
#endif
        if (done) {
            done = co_await doubt(queue, cut_ms);
        }
    }
    for (const std::string& program : programs_) {
        if (done) {
            done = co_await note_restored(program, cut_ms);
        }
    }
    redis::Command size{"DBSIZE"};
    const Result<std::int64_t> keys = co_await count(std::move(size));
    if (!done || !keys) {
        co_return done ? keys.error() : done.error();
    }
    found_.keys = *keys;
    for (const std::string& program : programs_) {
        redis::Command listed{"ZCARD", stores::Keyspace(program).cases()};
        const Result<std::int64_t> cases = co_await count(std::move(listed));
        found_.cases += cases ? *cases : 0;
    }
    co_return found_;
}

}  // namespace

Awaitable<Result<Restored>> quarantine(std::string folder, std::int64_t cut_ms) {
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    redis::EmbeddedOptions options;
    options.directory = std::move(folder);
    options.key_patterns = {std::string(stores::key_pattern)};
    Result<std::unique_ptr<redis::Embedded>> store =
        co_await redis::start_embedded(std::move(options), in(load_budget));
    if (!store) {
        co_return errc::store_refused;
    }
    Ward ward(std::move(*store), executor);
    co_return co_await ward.treat(cut_ms);
}

}  // namespace rightsline::keep
