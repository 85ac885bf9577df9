// Case terms: what a program settles of its cases that no worker hears: by when they are answered, how long what they keep is
// kept, and what monitors sort them into.
//
// Plain values. Read by the loader, const in a pack.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "flows/vocabulary.hpp"

namespace rightsline::flows {

/// By when a program answers its workers; gateway/cases/clocks.hpp has the times.
enum class ClockPreset : std::uint8_t { eu, wsr, p1 };

/// How long what a closed case keeps is kept after it was closed; zero = for ever.
struct Retention {
    std::chrono::seconds recordings{0};  // the voices
    std::chrono::seconds relay{0};       // the worker's number, the mailbox and what was written to and fro
    std::chrono::seconds content{0};     // everything
};

/// What monitors sort a report into; a worker hears only its family.
struct Category {
    std::string key;
    std::string family;
    std::string name;
    Urgency urgency = Urgency::p3;
};

}  // namespace rightsline::flows
