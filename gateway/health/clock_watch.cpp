#include "gateway/health/clock_watch.hpp"

namespace rightsline::health {

bool ClockWatch::look(ops::UtcMs wall, Deadline steady) {
    using std::chrono::milliseconds;
    const milliseconds offset =
        wall.time_since_epoch() - std::chrono::duration_cast<milliseconds>(steady.time_since_epoch());
    const bool jumped = offset_ && (offset - *offset_ > most || *offset_ - offset > most);
    offset_ = offset;
    if (jumped) {
        jumped_ = steady;
        unheard_ = true;
        ++jumps_;
    }
    return jumped;
}

}  // namespace rightsline::health
