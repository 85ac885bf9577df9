// Hearing: whether a person can have read what they were told by, as far as anybody knows.
//
// A P3 report is told to one person; when their phone did not take it, the next one is. Pure: a fate and its age in, a word
// out. Must never: take "delivered" for an acknowledgement. Threading: values.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "gateway/outbox/fate.hpp"

namespace rightsline::alerts {

enum class Hearing : std::uint8_t {
    open,     // it is still on its way: look again
    arrived,  // it is there, or was accepted so long ago that nothing more will be said of it
    lost,     // refused, stopped, given up, undelivered, or nobody will ever know
};

/// Of one message that left us, or was to, `age` ago.
Hearing hearing_of(const outbox::Fate& fate, std::chrono::milliseconds age);
/// Of all messages of one step of the ladder: one that arrived is enough. Of none: lost.
Hearing hearing_of(std::span<const outbox::Fate> fates, std::chrono::milliseconds age);
/// How long to rest before the next look.
std::chrono::milliseconds next_look(std::chrono::milliseconds age);

}  // namespace rightsline::alerts
