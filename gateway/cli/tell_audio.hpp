// tell_audio: what is known of a program's sound, in lines for whoever looks after it.
//
// Threading: one command at a time.
#pragma once

#include <ostream>

#include "flows/pack.hpp"

namespace rightsline::cli {

/// For each language how many prompts a person recorded and how many are drafts; and how long a caller listens until the key of
/// each language was named, and from that key until all that the next menu offers was.
void tell_audio(const flows::Pack& pack, std::ostream& out);

}  // namespace rightsline::cli
