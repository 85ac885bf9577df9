// Drain: what the spool holds goes to the store, oldest first, each through the turn that it would have taken.
//
// A record leaves the spool after its turn is committed, or was found committed before: killed in between, it comes again
// and the once-guard knows it. What cannot be taken now stays, and all behind it waits: the order of a worker's texts is
// part of what they said. Only what nobody can read is stepped over, with a log line.
// Must never: drop a record because the store, a program or a line is not there. Threading: the loop's.
// Owner: the composition root.
#pragma once

#include <functional>

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

 private:
    Awaitable<Result<void>> take(spool::Record record);
    Awaitable<Result<void>> take_text(conversations::SpooledText text, ops::UtcMs kept_at);

    DrainServices services_;
    std::uint64_t taken_ = 0;  // since something waited
    ops::RareLine stuck_;
};

}  // namespace rightsline::hooks
