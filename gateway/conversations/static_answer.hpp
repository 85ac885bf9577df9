// The answer when the store is gone: true words from a pack that was loaded at start, no store needed.
//
// A caller hears "one moment" and is sent back to the same event, twice at most: what was committed without our knowing
// is answered then, and a store that restarts is there again. After that the caller hears that nothing can be taken now
// and the local emergency number; a text is told that it was not kept or, when a commit may have landed
// unheard, that we do not know.
// Pure.
#pragma once

#include "flows/pack.hpp"
#include "gateway/conversations/turn.hpp"

namespace rightsline::conversations {

http::Response store_gone_answer(const LineContext& line, const providers::Inbound& inbound,
                                 const flows::Pack* pack, Kept kept = Kept::no);

}  // namespace rightsline::conversations
