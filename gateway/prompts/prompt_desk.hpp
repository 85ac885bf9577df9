// PromptDesk: what people do with the recordings of a server that runs: record, hear, approve.
//
// The one door for the API and for whoever records by phone. The files are read and written on a thread of their own, one
// job at a time; a command that writes them meanwhile keeps it out and is kept out (folder_claim.hpp). "Kept" and "approved"
// are said once the files are synced and the audit has the entry. What is to be judged is looked at first, then the audit has
// its entry, then the files follow: no call plays what the audit does not say was approved, and what was cut short between
// them is done again by whoever judges it again. Must never: touch a file on the loop, let whoever recorded a take approve
// it, or let two people at one line at once (line_turns.hpp). Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/workers.hpp"
#include "gateway/prompts/line_turns.hpp"
#include "gateway/prompts/prompt_jobs.hpp"
#include "gateway/prompts/prompt_matrix.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "redis/client.hpp"

namespace rightsline::prompts {

/// Of one program alone: no two share any of them but what they read.
struct PromptFolders {
    std::string takes;
    ScriptPlace script;
};

struct PromptServices {
    const stores::PackShelf& packs;
    redis::Client& redis;
    ops::Workers& worker;  // of one thread, so that no two jobs write at once
    ops::Clock& clock;
    std::function<void()> renew;  // something was approved: calls shall come to hear it
};

class PromptDesk {
 public:
    /// `folders`: by program.
    PromptDesk(PromptServices services, std::map<std::string, PromptFolders> folders)
        : services_(std::move(services)), folders_(std::move(folders)) {}

    /// Every line of the script, with what calls hear of it and what waits. `language`: "" = all. Errors of all below:
    /// errc::no_such_line (also: no such program), the worker's ops::errc::busy and deadline.
    Awaitable<Result<std::vector<ScriptedLine>>> lines(std::string program, std::string language,
                                                       Deadline deadline);
    /// Makes of `sound`, the bytes of a sound file, a take that waits to be heard; `how`: as Take::way. Errors: as
    /// TakeFolder::keep_bytes; errc::untranslated, errc::other_words, errc::under_way; the store's: then it is kept, and the audit does not say so.
    Awaitable<Result<WavReport>> keep(LineName which, std::string sound, std::string by, std::string how,
                                      Deadline deadline);
    /// The take that waits, as the phone plays it. Errors: errc::no_take, errc::not_whole.
    Awaitable<Result<std::string>> take_sound(LineName which, Deadline deadline);
    /// What a call plays of it, or will before long. Errors: errc::no_sound.
    Awaitable<Result<std::string>> played_sound(LineName which, Deadline deadline);
    /// `by` has listened. Errors: as shelve; errc::no_take, errc::other_take, errc::under_way; the store's, or the disk's: then
    /// it is approved once this is done again, and the audit may say so already.
    Awaitable<Result<Take>> approve(LineName which, std::string by, std::string how, Deadline deadline);
    /// Errors: as may_refuse; errc::no_take, errc::other_take, errc::under_way; the store's: then it still waits.
    Awaitable<Result<Take>> reject(LineName which, std::string by, std::string why, std::string how,
                                   Deadline deadline);

 private:
    Result<LinePlace> place_of(LineName which) const;
    template <class Job>
    auto on_worker(LineName which, Job job, Deadline deadline)
        -> Awaitable<std::invoke_result_t<Job, const LinePlace&>>;
    Awaitable<Result<Take>> settle(LineName which, Judged one, Take take, audit::Act act, Deadline deadline);
    Awaitable<Result<void>> note(LineName which, audit::Act act, Deadline deadline);

    PromptServices services_;
    std::map<std::string, PromptFolders> folders_;
    LineTurns turns_;
};

}  // namespace rightsline::prompts
