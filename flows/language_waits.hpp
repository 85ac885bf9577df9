// Language waits: how long a caller listens before the key of each language was named, and then before the next choices were.
//
// Measured on what the engine really plays to whoever calls and presses that key, by the lengths of its recordings. Words that a
// machine voice speaks have no length yet: they count by their letters, and `guessed` says so. Pauses between two recordings,
// which the phone company makes, are not in it. Pure.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "flows/pack.hpp"

namespace rightsline::flows {

struct LanguageWait {
    std::string language;                // in itself: "Español"
    std::string key;                     // that picks it
    std::chrono::milliseconds named{0};  // from the first sound of the call to the end of "Español: oprime 2"
    std::chrono::milliseconds next_named{
        0};                // from that key to the end of the last choice of the menu behind it; 0: none
    bool guessed = false;  // some of `named` is spoken by a machine voice
};

/// In the order in which a call offers them. None: the script does not begin with a menu of languages.
std::vector<LanguageWait> language_waits(const Pack& pack);

}  // namespace rightsline::flows
