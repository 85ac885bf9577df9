// Pages: what each leg of a call-back is told, as actions. Private to the room.
//
// To whoever picks up the worker's phone: words that name neither program nor topic, and ask for twelve digits. Pure.
#pragma once

#include <string>
#include <vector>

#include "flows/pack.hpp"
#include "flows/vocabulary.hpp"
#include "gateway/callbacks/machine.hpp"

namespace rightsline::callbacks {

/// `staff`: the person's language. The worker's is the call-back's own; where the program has it no more, its first.
std::vector<flows::Action> actions_of(const flows::Pack& pack, locales::LanguageTag staff, Reply reply,
                                      const CallBack& call_back);

}  // namespace rightsline::callbacks
