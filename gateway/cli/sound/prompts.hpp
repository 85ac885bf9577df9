// prompts: what a voice needs: a sheet to read from, recordings brought in, drafts spoken by espeak-ng.
//
// Must never: overwrite an approved recording with a draft, or bring in a file whose loudness it did not check.
// Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct PromptsOptions {
    std::string program;   // ".../flows/fair-food"
    std::string language;  // "" = all
    std::string out;       // audio folder for import and draft; "" = the program's locales folder
    std::string from;      // import: folder of sound files named <key>.<piece>.wav
    bool missing_only = false;
};

/// Prints the script as tab-separated lines: language, name, state, text. Returns an exit code.
int prompts_sheet(const PromptsOptions& options);
/// Brings in a folder of recordings, as approved. Every file ends in a line that says what became of it.
int prompts_import(const PromptsOptions& options);
/// Speaks what is missing or changed with espeak-ng and marks it draft. Repeats nothing that is there.
int prompts_draft(const PromptsOptions& options);

}  // namespace rightsline::cli
