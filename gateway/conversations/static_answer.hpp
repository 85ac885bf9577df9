// The answer when the store is gone: true words from a pack that was loaded at start, no store needed.
//
// A caller hears "one moment" and is sent back to the same event, twice at most: what was committed without our knowing
// is answered then, and a store that restarts is there again. After that the caller may leave a message where the spool
// takes the news of it; else they hear that nothing can be taken now. A text that is in the spool is told so; any other,
// that it was not kept or, when a write may have landed unheard, that we do not know.
// Must never: say of anything that it is kept unless it is behind an fsync; of a recording that the phone company holds, it
// says just that. Pure.
#pragma once

#include "flows/pack.hpp"
#include "gateway/conversations/turn.hpp"

namespace rightsline::conversations {

struct Gone {
    Kept kept = Kept::no;
    std::string message_url;  // where a caller's message goes; "" = none can be taken
};

/// The n= of the URL that a message comes to: whoever left one is not asked for another.
inline constexpr std::uint32_t left_a_message = 3;

/// The call will be asked to wait a moment, and comes back with the same event.
bool is_sent_back(const providers::Inbound& inbound);
/// A call that has waited twice and has nothing in its hands.
bool may_leave_message(const providers::Inbound& inbound);

http::Response store_gone_answer(const LineContext& line, const providers::Inbound& inbound,
                                 const flows::Pack* pack, const Gone& gone = {});

}  // namespace rightsline::conversations
