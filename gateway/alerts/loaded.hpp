// What the desk's files share: an alert as it was loaded.
//
// Private to the room. Threading: plain values.
#pragma once

#include <optional>
#include <string>

#include "gateway/alerts/alert_desk.hpp"

namespace rightsline::alerts {

struct AlertDesk::Loaded {
    std::optional<Alert> alert;  // nothing: no desk has seen this case yet
    std::uint64_t version = 0;
};

}  // namespace rightsline::alerts
