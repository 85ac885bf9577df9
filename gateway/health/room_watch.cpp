#include "gateway/health/room_watch.hpp"

#include <sys/statvfs.h>

#include <algorithm>

namespace rightsline::health {
namespace {

constexpr int ease = 5;

Fullness step_of(int percent, const Steps& steps, int less) {
    return percent >= steps.full - less      ? Fullness::full
           : percent >= steps.filling - less ? Fullness::filling
                                             : Fullness::room;
}

}  // namespace

bool RoomWatch::look(int percent) {
    const Fullness before = fullness_;
    const Fullness at_least = step_of(percent, steps_, 0);
    const Fullness at_most = step_of(percent, steps_, ease);
    fullness_ = std::clamp(before, at_least, at_most);
    return fullness_ > before;
}

std::optional<int> disk_percent(const std::string& folder) {
    struct statvfs facts{};
    if (::statvfs(folder.c_str(), &facts) != 0 || facts.f_blocks == 0) {
        return std::nullopt;
    }
    const auto used = static_cast<double>(facts.f_blocks - facts.f_bfree);
    const double all = used + static_cast<double>(facts.f_bavail);  // what root keeps for itself is not ours
    return all <= 0 ? 100 : static_cast<int>(used * 100 / all);
}

}  // namespace rightsline::health
