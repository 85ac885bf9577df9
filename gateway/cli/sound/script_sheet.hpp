// ScriptSheet: every piece of text that needs a recording, in the order of the script.
//
// Pure: from a compiled pack. Texts that are only sent (".sms", ".ussd") need no voice.
#pragma once

#include <string>
#include <vector>

#include "flows/pack.hpp"

namespace rightsline::cli {

struct ScriptLine {
    enum class State { missing, draft, recorded };
    std::string language;
    std::string group;  // "common" or the program: the folder of its audio
    std::string key;    // "hotline.main.menu"
    unsigned piece = 0;
    std::string text;
    State state = State::missing;

    std::string name() const { return key + "." + std::to_string(piece); }
};

/// `language` empty: all of them.
std::vector<ScriptLine> script_sheet(const flows::Pack& pack, const std::string& language);

}  // namespace rightsline::cli
