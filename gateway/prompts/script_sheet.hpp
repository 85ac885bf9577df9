// ScriptSheet: every piece of text that needs a recording, in the order of the script.
//
// Pure: from a compiled pack. Texts that are only sent (".sms", ".ussd") need no voice. The pack does not know a
// recording of other words, so nothing is `stale` here; program_script.hpp looks at the shelves for that.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "flows/pack.hpp"

namespace rightsline::prompts {

struct ScriptLine {
    /// stale: a recording is there, of other words, and no call hears it. untranslated: the first language's words
    /// are said, by its voice; nothing to record before somebody has translated them.
    enum class State { missing, draft, stale, recorded, untranslated };
    std::string language;
    std::string group;  // "common" or the program: the folder of its audio
    std::string key;    // "hotline.main.menu"
    unsigned piece = 0;
    std::string text;
    State state = State::missing;
    std::string hash = {};  // of the clip that a call plays; "" = none
    std::chrono::milliseconds length{0};
    bool is_ahead = false;  // recorded since the pack was read: no call hears it before that is done again

    std::string name() const { return key + "." + std::to_string(piece); }
};

std::string_view word(ScriptLine::State state);

/// `language` empty: all of them.
std::vector<ScriptLine> script_sheet(const flows::Pack& pack, const std::string& language);

}  // namespace rightsline::prompts
