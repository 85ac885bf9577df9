// What the spool's files share: one append that waits, one round of writing, the figures. Private to the room.
//
// Threading: the loop's. Owner: the Spool.
#pragma once

#include "gateway/spool/spool.hpp"

namespace rightsline::spool {

struct Spool::Waiter {
    Waiter(std::string what, ops::UtcMs now, const boost::asio::any_io_executor& executor, Deadline deadline)
        : bytes(std::move(what)), kept_at(now), done(executor, deadline) {}

    std::string bytes;
    ops::UtcMs kept_at;
    enum class Stage : std::uint8_t { pending, writing, finished } stage = Stage::pending;
    Result<void> result;
    boost::asio::steady_timer done;
};

struct Spool::Round {
    std::vector<std::shared_ptr<Waiter>> waiters;
    std::vector<Waiting> places;
    std::uint64_t offset = 0;
    std::string bytes;  // the records, one behind the other
    Head head;          // the next one
};

struct Spool::Gauges {
    explicit Gauges(ops::Metrics& metrics);

    ops::Gauge& waiting;
    ops::Gauge& bytes;
    ops::Gauge& oldest;
    ops::Gauge& writable;
    ops::Counter& kept;
    ops::Counter& refused;
    ops::Counter& unsure;
    ops::Counter& drained;
    ops::Counter& damaged;
};

}  // namespace rightsline::spool
