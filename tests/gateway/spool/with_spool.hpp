// WithSpool: a spool over a disk in memory, its writer at work on the test's loop.
//
// Threading: one test. Owner: the test.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "gateway/spool/error.hpp"
#include "gateway/spool/spool.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/spool/memory_file.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/support/run.hpp"

namespace rightsline::spool {

class WithSpool : public ::testing::Test {
 protected:
    /// The calendar is the test's, deadlines are real.
    class Calendar final : public ops::Clock {
     public:
        ops::UtcMs now() const override { return now_; }
        Deadline steady() const override { return std::chrono::steady_clock::now(); }
        ops::UtcMs now_{std::chrono::days(20'000)};
    };

    ~WithSpool() override { end(); }

    static Deadline far() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }

    /// Opens the file as a start does. Errors: as Spool::open.
    Result<void> open() {
        end();
        Result<std::unique_ptr<Spool>> opened =
            tests::run(io, Spool::open({*vault, calendar, metrics, *workers, io.get_executor()}, file));
        if (!opened) {
            return opened.error();
        }
        spool = std::move(*opened);
        ended = false;
        boost::asio::co_spawn(io, spool->keep_writing(),
                              boost::asio::bind_cancellation_slot(
                                  stop.slot(), [this](const std::exception_ptr&) { ended = true; }));
        return {};
    }
    /// As kill -9 does: nothing is said to the file.
    void end() {
        if (spool && !ended) {
            stop.emit(boost::asio::cancellation_type::terminal);
            tests::run_until(io, [this] { return ended; });
        }
        spool.reset();
    }
    Result<void> keep(const std::string& words) { return tests::run(io, spool->append(words, far())); }
    std::string oldest() {
        const Result<std::optional<Record>> record = tests::run(io, spool->oldest());
        return record && *record ? (*record)->bytes : "";
    }
    /// All that waits, oldest first, drained.
    std::vector<std::string> drain() {
        std::vector<std::string> all;
        for (;;) {
            const Result<std::optional<Record>> record = tests::run(io, spool->oldest());
            if (!record || !*record) {
                return all;
            }
            all.push_back((*record)->bytes);
            spool->drained((*record)->sequence);
        }
    }
    /// Lets the writer do what it has to.
    void settle(int syncs) {
        tests::run_until(io, [this, syncs] { return file->syncs >= syncs; });
        io.poll();
    }

    /// The writer has seen that all is drained.
    void begin_again() {
        tests::run_until(io, [this] {
            spool->measure();
            return metrics.gauge("rightsline_spool_bytes", "").value() == 0;
        });
    }

    boost::asio::io_context io{1};
    vault::KeyFolder folder;
    std::unique_ptr<vault::Vault> vault = vault::make_vault(folder.keys());
    Calendar calendar;
    ops::Metrics metrics;
    std::unique_ptr<ops::Workers> workers =
        std::make_unique<ops::Workers>(io.get_executor(), ops::Workers::Options{});
    std::shared_ptr<MemoryFile> file = std::make_shared<MemoryFile>();
    boost::asio::cancellation_signal stop;
    std::unique_ptr<Spool> spool;
    bool ended = true;
};

}  // namespace rightsline::spool
