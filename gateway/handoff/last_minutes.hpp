// LastMinutes: when a talk nears its end, and who has been told so.
//
// The provider lets all out of the room two minutes before the end, each in their own time: a person was in it up to twenty
// seconds before the caller, with whom it ends. Who comes out earlier than that was left by the others. Should the provider let nobody out, the
// caller is called out a minute later, and the room ends with them.
// Must never: tell a leg twice; a page that is asked for twice gets the same answer. Pure. Threading: plain values.
#pragma once

#include <optional>

#include "gateway/handoff/machine.hpp"

namespace rightsline::handoff {

/// Whether a leg that comes out of its room now is to hear that it is let out for that: it did not yet, or it asks for that
/// very page again. `warned`: when it heard so; the epoch: not yet. Of a call back to a worker (gateway/callbacks) as well.
bool is_warned_now(ops::UtcMs warned, ops::UtcMs now);

/// The event is a leg that was let out to be told, or the look at which the caller is called out.
bool nears_its_end(const HandOff& hand_off, const Event& event, ops::UtcMs now);
void note_last_minutes(HandOff& hand_off, const Event& event, ops::UtcMs now);
/// When it is to be looked whether they were let out; nothing: that is known.
std::optional<ops::UtcMs> look_at_last_minutes(const HandOff& hand_off);

}  // namespace rightsline::handoff
