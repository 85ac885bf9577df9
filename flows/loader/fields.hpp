// Reading single values of an authored file. Each takes a node, complains in place and gives a usable value.
//
// Must never throw or stop: a mistake is one complaint, and the reading goes on to find the next.
// A missing node is never a complaint here; it gives the fallback.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "flows/vocabulary.hpp"
#include "locales/authored.hpp"

namespace rightsline::flows {

using locales::Complaint;
using locales::Complaints;
using locales::Node;

/// A scalar's text, "" with a complaint for a list or a map.
std::string read_text(const Node& node, Complaints& complaints);
bool read_flag(const Node& node, bool fallback, Complaints& complaints);
std::optional<std::int64_t> read_whole(const Node& node, Complaints& complaints);
/// "6s", "3m", "24h", "2d"; a bare number is refused: nobody knows whether it is seconds.
std::optional<Seconds> read_duration(const Node& node, Complaints& complaints);
/// How long something is kept; zero = for ever. Less than a day would delete what somebody has just closed by mistake.
std::chrono::seconds read_kept(const Node& node, Complaints& complaints);
std::optional<Urgency> read_urgency(const Node& node, Complaints& complaints);
std::optional<Mode> read_mode(const Node& node, Complaints& complaints);
/// One bit per Mode; all modes when the node is missing.
std::uint8_t read_modes(const Node& node, Complaints& complaints);
/// A scalar or a list of scalars.
std::vector<std::string> read_list(const Node& node, Complaints& complaints);
/// False, with a complaint, for anything but a map; false without one for a missing node.
bool is_map(const Node& node, Complaints& complaints);
/// Lower-case letters, digits, '_' and '-', so that a name fits a text key and a Redis key.
bool is_name(const std::string& text);
/// "08:00-20:00"
bool is_hours(const std::string& text);
/// The mend for a name that is none of `known`.
std::string suggest(const std::string& typed, const std::vector<std::string>& known);

}  // namespace rightsline::flows
