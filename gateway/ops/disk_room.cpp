#include "gateway/ops/disk_room.hpp"

#include <sys/statvfs.h>

#include <utility>

namespace rightsline::ops {
namespace {

constexpr std::uint64_t least_room = 2U << 20U;  // twice the largest commit

}  // namespace

std::optional<std::uint64_t> free_bytes(const std::string& folder) {
    struct statvfs facts{};
    if (::statvfs(folder.c_str(), &facts) != 0) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize;
}

bool DiskRoom::full() const {
    const std::optional<std::uint64_t> room = free_bytes(folder_);
    return room && *room < least_room;
}

bool DiskRoom::newly_full() {
    const bool now = full();
    return !std::exchange(was_full_, now) && now;
}

}  // namespace rightsline::ops
