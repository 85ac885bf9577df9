// Words: what a person of the roster hears whose phone rang for a caller. Content-free, in their language.
//
// Pure. Threading: values.
#pragma once

#include <string>
#include <vector>

#include "flows/pack.hpp"
#include "flows/vocabulary.hpp"
#include "gateway/handoff/hand_off.hpp"

namespace rightsline::handoff {

/// `room`: of Reply::join and join_on. What is of no person (a caller's reply) hangs up without a word.
std::vector<flows::Action> actions_of(const flows::Pack& pack, locales::LanguageTag language, Reply reply,
                                      const std::string& room);

}  // namespace rightsline::handoff
