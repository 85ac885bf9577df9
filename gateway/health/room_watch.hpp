// RoomWatch: how full something is, in three steps, and when somebody has to be told.
//
// A step up is taken at once; down only when it is five points below, so that a disk at the bound is no daily alarm.
// What may be told: a step up, and each day again while it lasts. Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rightsline::health {

enum class Fullness : std::uint8_t { room, filling, full };

struct Steps {
    int filling = 80;
    int full = 90;
};

class RoomWatch {
 public:
    explicit RoomWatch(Steps steps) : steps_(steps) {}
    /// True when it is worse than at the last look.
    bool look(int percent);
    Fullness fullness() const { return fullness_; }

 private:
    Steps steps_;
    Fullness fullness_ = Fullness::room;
};

/// How full the disk of `folder` is for those who are not root, in percent; nothing when nobody can tell.
std::optional<int> disk_percent(const std::string& folder);

}  // namespace rightsline::health
