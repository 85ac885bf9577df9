// PictureNotice: a text came with pictures, sound or files. We do not keep those, and whoever sent them must hear so in
// the same answer, or they would take "we have it" for all that they sent.
//
// Must never: answer a phone that sent STOP. Threading: none; values only.
#pragma once

#include "flows/engine.hpp"

namespace rightsline::conversations {

/// Adds the notice to what `step` answers: first, but behind what is said of danger. In the worker's language, or in
/// each of the program's while nobody knows which it is.
void tell_of_pictures(const flows::Pack& pack, flows::Step& step);

}  // namespace rightsline::conversations
