// Approving: from a take that waits to what a call plays, in the order in which a power cut does no harm.
//
// shelve() each, save the shelf, then settle() each: until the shelf is saved calls play nothing of it. A take that was
// shelved and not settled is one that somebody approved: it can be approved again, which finishes that, and not be
// rejected, for calls play it. A server asks may_shelve(), has its audit say "approved", and only then does the rest.
// Must never: skip a listener's check. Blocking. Threading: one writer at a time
// (folder_claim.hpp), in both folders.
#pragma once

#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/take_folder.hpp"

namespace rightsline::prompts {

/// Whether shelve() would do it, as far as that can be known before. Errors: as may_approve; errc::not_whole,
/// errc::unreadable_index.
Result<void> may_shelve(const ScriptLine& line, const Take& take, const std::string& by,
                        const TakeFolder& takes, AudioShelf& shelf);

/// Whether the take can be rejected. Errors: as may_reject; errc::already_judged, too, of one that lies on the shelf, in
/// whatever state its note is; errc::unreadable_index.
Result<void> may_refuse(const ScriptLine& line, const Take& take, AudioShelf& shelf);

/// Puts `take` on the shelf for `by`, who has listened. Errors: as may_shelve; errc::cannot_write.
Result<void> shelve(const ScriptLine& line, const Take& take, const std::string& by, const TakeFolder& takes,
                    AudioShelf& shelf);

}  // namespace rightsline::prompts
