// prompts: what a voice needs: a sheet to read from, recordings brought in, drafts spoken by espeak-ng.
//
// Must never: overwrite an approved recording with a draft, or bring in a file whose loudness it did not check.
// Threading: one command per process.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/sound/prompt_place.hpp"

namespace rightsline::cli {

struct PromptsOptions {
    PromptPlace place;  // place.out: the audio folder for import, draft and approve
    std::string from;   // import: folder of sound files named <key>.<piece>.wav; export: where to
    std::string takes;  // folder of the takes that wait to be heard; "" = none
    std::string by;     // who recorded, or who listened
    std::string why;    // reject: what to do differently
    std::string
        heard;  // approve, reject: hash of the take that they heard, or how it begins; "" = whatever waits
    std::vector<std::string> names;  // approve, reject: <key>.<piece>
    bool all = false;                // approve: every take that waits
    bool missing_only = false;
    bool lines = false;
    bool json = false;
};

/// Prints the script as tab-separated lines: language, name, state, text, number. Returns an exit code.
int prompts_sheet(const PromptsOptions& options);
/// Brings in a folder of recordings: as approved, or, where `takes` is given, as takes of `by` that wait to be heard.
/// Every file ends in a line that says what became of it. Exit code 65: some were refused.
int prompts_import(const PromptsOptions& options);
/// Speaks what is missing or changed with espeak-ng and marks it draft. Repeats nothing that is there.
int prompts_draft(const PromptsOptions& options);

}  // namespace rightsline::cli
