// PromptJobs: what the prompt desk does with files, each a job of its worker's thread.
//
// Each looks, or writes, under the claims of the folders and leaves them again; what stands between two of them is the
// desk's (prompt_desk.hpp). Blocking. Threading: one job at a time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/program_script.hpp"
#include "gateway/prompts/take_folder.hpp"

namespace rightsline::prompts {

struct LineName {
    std::string program;
    std::string language;  // "st"
    std::string name;      // "hotline.main.menu.0": ScriptLine::name()
    std::string words{};   // keep: hex of the locales::hash_text() that was read; "" = whatever it says now
    std::string sound{};   // approve, reject: Take::hash of what was heard; "" = whatever waits
};

/// All that a job needs, its own.
struct LinePlace {
    LineName which;
    flows::PackPtr pack;
    ScriptPlace script;
    std::string takes;

    std::vector<ScriptLine> lines() const;
    /// Errors: errc::no_such_line.
    Result<ScriptLine> line() const;
};

/// A line and its take, to be judged.
struct Judged {
    ScriptLine line;
    Take take;
};
using MayJudge = std::function<Result<void>(const Judged& one, AudioShelf& shelf)>;

/// Errors: errc::no_such_line, errc::no_take, errc::other_take.
Result<Judged> take_of(const LinePlace& place);
/// Errors: as TakeFolder::keep_bytes; errc::no_such_line, errc::untranslated, errc::other_words, errc::busy.
Result<WavReport> keep_take(const LinePlace& place, const std::string& sound, const Recorded& recorded);
/// The take that waits, when `may` allows to judge it; nothing is written. Errors: as take_of and `may`; errc::busy.
Result<Judged> look_at(const LinePlace& place, const MayJudge& may);
/// Does to `one` what `take`, its note from now on, says: on the shelf and synced when it was approved, then the note. Only of
/// the very take that was looked at: a command may have brought another meanwhile. Errors: as shelve; errc::other_take,
/// errc::busy, errc::cannot_write.
Result<void> settle_take(const LinePlace& place, const Judged& one, const Take& take);
/// What a call plays of it. Errors: errc::no_such_line, errc::no_sound.
Result<std::string> played(const LinePlace& place);

}  // namespace rightsline::prompts
