// Room: who is in a talk with a caller, who is asked into it, and what is left of it when somebody goes.
//
// Part of the machine (machine.hpp), which decides with it. Pure: time is an argument. Threading: plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/handoff/machine.hpp"
#include "locales/result.hpp"

namespace rightsline::handoff {

/// The rings whose people are in the room, or on their way into it.
std::vector<std::size_t> in_room(const HandOff& hand_off);
bool is_in_room(const HandOff& hand_off, std::size_t ring);
bool is_in_room(const HandOff& hand_off, std::string_view person);

/// Whether `to` may be asked to take the talk over. `by`: who is in it and asks; "" = who runs the server.
/// Errors: errc::not_talking, errc::not_in_call, errc::in_call_already, errc::handed_on_already, errc::ends_soon,
/// errc::rung_enough.
Result<void> may_hand_on(const HandOff& hand_off, std::string_view by, std::string_view to);

/// A ring of a talk is over.
Meaning meaning_in_talk(const HandOff& hand_off, std::size_t ring, ops::UtcMs now);

/// When a caller who may be alone in a room is called back once more. Nothing: they are in none, or were called often enough:
/// then they are gone, and nobody said so.
std::optional<ops::UtcMs> next_nudge(const HandOff& hand_off);

/// How often a caller was called back who may be alone in the room, and since when they are.
void count_nudges(HandOff& after, const Rule& rule, Meaning meaning, const Event& event, ops::UtcMs now);

/// Who is in the room from now on, and who is asked into it.
void go_on_in_room(Step& taken, const Rule& rule, Meaning meaning, const Event& event, ops::UtcMs now);

}  // namespace rightsline::handoff
