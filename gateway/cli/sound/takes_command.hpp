// takes: what has a recording and what waits for one, and the second listener's yes or no.
//
// Must never: let whoever recorded a take approve it, or bring into a program what nobody heard. Who acts is the name
// that was typed: these commands hold files on this machine, know no logins and write into no server's audit. Threading: one command per process.
#pragma once

#include "gateway/cli/sound/prompts.hpp"

namespace rightsline::cli {

/// Prompts × languages: how many of each state, or with `lines` each one. Returns an exit code, as all of these.
int prompts_status(const PromptsOptions& options);
/// The takes that are not approved: language, name, state, who, when, milliseconds, sound file or why it was rejected,
/// warnings, words, how the hash of the take begins.
int prompts_takes(const PromptsOptions& options);
/// Brings takes into the program's audio, and says which. Exit code 65: some were refused, and the reason of each is told.
int prompts_approve(const PromptsOptions& options);
/// The sound goes; the note says who listened and why. Exit code 65: as above.
int prompts_reject(const PromptsOptions& options);

}  // namespace rightsline::cli
