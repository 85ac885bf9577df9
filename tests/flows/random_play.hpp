// Random packs and random events from a stream of bytes, for the stateful test and the fuzz target.
//
// Every pack is valid (all targets exist) but nothing else is promised: loops without input, calls into themselves,
// secrets, sealed stories and USSD screens of any length all occur. Threading: one test.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"

namespace rightsline::flows::testing {

/// Bytes as choices; zero when they run out, so that every input is a whole play.
class Choices {
 public:
    explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    unsigned below(unsigned bound) { return bound == 0 ? 0 : next() % bound; }
    bool one_in(unsigned odds) { return below(odds) == 0; }
    bool empty() const { return bytes_.empty(); }
    std::uint8_t next();
    std::string bytes(unsigned most);

 private:
    std::span<const std::uint8_t> bytes_;
};

PackPtr random_pack(Choices& choices);
Event random_event(Choices& choices);
/// Everything a step says and leaves, as one string, to compare two runs.
std::string all_of(const Step& step);

/// Plays random events on a random pack; returns what went wrong, or "".
std::string play(std::span<const std::uint8_t> bytes);

/// The kinds of block (as index of Block::kind) that such a play meets, and in which mode: those without which a worker
/// would notice another course. A kind that is merely in the pack does not count.
std::set<std::pair<std::size_t, Mode>> reached(std::span<const std::uint8_t> bytes);

}  // namespace rightsline::flows::testing
