// One hand-off that a test plays, event by event, and its clock.
//
// Threading: one test.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/handoff/machine.hpp"

namespace rightsline::handoff {

using namespace std::chrono_literals;

inline const ops::UtcMs start{std::chrono::hours(500'000)};

inline HandOff wish(std::vector<std::string> people, bool all_at_once = false) {
    HandOff fresh;
    fresh.until = start + 75s;
    fresh.to_ring = std::move(people);
    fresh.all_at_once = all_at_once;
    fresh.room = "room";
    return fresh;
}

/// A hand-off under way, and the clock.
class Line {
 public:
    explicit Line(HandOff fresh) : last(begin(std::move(fresh), "turn-0", start)) {}

    Reply tell(Event::Told told, std::size_t ring = 0) {
        Event event{told, ring};
        if (is_of_caller(told)) {
            event.turn = "turn-" + std::to_string(++turns);
        }
        return give(event);
    }
    Reply give(const Event& event) {
        last = step(std::move(last.after), event, now);
        return last.reply;
    }
    State state() const { return last.after.state; }
    Ring::Stage stage(std::size_t ring) const { return last.after.rings.at(ring - 1).stage; }

    ops::UtcMs now = start;
    int turns = 0;
    Step last;
};

/// ana has the key pressed, the caller is in the room with her, and a minute has passed.
inline Line talk_with(HandOff fresh) {
    Line line(std::move(fresh));
    line.tell(Event::Told::accepts, 1);
    line.tell(Event::Told::asks);
    line.now += 1min;
    return line;
}

}  // namespace rightsline::handoff
