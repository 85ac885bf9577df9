// Drain: what the spool holds goes to the store, oldest first, each through the turn that it would have taken.
//
// A record leaves the spool after its turn is committed, or was found committed before: killed in between, it comes again
// and the once-guard knows it. What cannot be taken now stays, and all behind it waits: the order of a worker's texts is
// part of what they said. Only what nobody can read is stepped over, with a log line; and what is of a program that cannot
// be loaded waits by itself, looked at again every minute: it must not hold up those of other programs.
// Must never: drop a record because the store, a program or a line is not there. Threading: the loop's.
// Owner: the composition root.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "gateway/conversations/spooled.hpp"
#include "gateway/conversations/turn.hpp"
#include "gateway/ops/rare_line.hpp"
#include "gateway/spool/spool.hpp"

namespace rightsline::hooks {

struct DrainServices {
    spool::Spool& spool;
    conversations::Turns& turns;
    conversations::RecordingDesk& recordings;
    ops::Clock& clock;
    /// The context of a line; of one that is not configured any more, a plain one.
    std::function<conversations::LineContext(const conversations::SpooledText&)> line;
};

class Drain {
 public:
    explicit Drain(DrainServices services) : services_(std::move(services)) {}

    /// Takes what waits, until nothing does (true) or something cannot be taken now (false: come again).
    Awaitable<bool> work();
    /// Records that wait and are not of a program that cannot be loaded.
    std::size_t waiting() const {
        return services_.spool.waiting() - std::min(apart_, services_.spool.waiting());
    }

 private:
    enum class Went : std::uint8_t { taken, apart, stuck };
    Awaitable<Went> take_next(spool::Record record);
    Awaitable<Result<void>> take(spool::Record record);
    Awaitable<Result<void>> take_text(conversations::SpooledText text, ops::UtcMs kept_at);
    void look_again_at_all();
    void tell_of(boost::system::error_code error);

    DrainServices services_;
    std::uint64_t taken_ = 0;           // since something waited
    std::uint64_t behind_ = 0;          // up to this one all that is left waits for its program
    std::size_t apart_ = 0;             // how many these are
    Deadline look_again_{};             // at them
    std::set<std::string> not_loaded_;  // their programs: what they said later does not overtake them
    ops::RareLine stuck_;
};

/// Whether what is in the spool goes before anything leaves: it may be STOP. It ends `longest` after the store took commits
/// again, for a record that cannot be taken must not hold every answer for ever.
class DrainsFirst {
 public:
    static constexpr std::chrono::minutes longest{10};

    void look(bool store_takes, std::size_t waiting, Deadline now) {
        until_ = store_takes && waiting > 0 ? until_ : now + longest;
    }
    bool holds(std::size_t waiting, Deadline now) const { return waiting > 0 && now < until_; }

 private:
    Deadline until_{};
};

}  // namespace rightsline::hooks
