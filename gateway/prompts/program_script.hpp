// ProgramScript: a program's script line by line, each line with what a call has of it today.
//
// From its files, as the commands see it, or from the pack that a server speaks, with what was approved since. Blocking:
// reads every index. Threading: any; packs are only read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/prompts/script_sheet.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::prompts {

struct ScriptPlace {
    stores::SourceRoots roots;
    std::string recordings;  // where recordings go: one of the roots' audio folders, or their locales folder
};

/// The languages that are asked for ("" = all), in the program's order. Empty, with an error among `complaints`, when the
/// program does not compile.
std::vector<ScriptLine> read_script(const ScriptPlace& place, const std::string& language,
                                    locales::Complaints& complaints);

/// The script that `pack` speaks. A line that got a recording of its words since the pack was read is `recorded`, and
/// `is_ahead`: calls hear it once the server has read its programs again.
std::vector<ScriptLine> script_of(const flows::Pack& pack, const ScriptPlace& place,
                                  const std::string& language);

/// One of these lines, without reading what is stale of all the others: `missing` may be stale.
std::optional<ScriptLine> line_of(const flows::Pack& pack, const ScriptPlace& place,
                                  const std::string& language, const std::string& name);

}  // namespace rightsline::prompts
