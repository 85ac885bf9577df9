// PromptPlace: where a `prompts` command reads a program's words and sounds, and where it may write; troubles go to stderr.
//
// Blocking. Threading: one command per process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/prompts/folder_claim.hpp"
#include "gateway/prompts/program_script.hpp"

namespace rightsline::cli {

struct PromptPlace {
    std::string program;   // ".../flows/fair-food"
    std::string language;  // "" = all
    std::string out;       // a further audio folder; "" = the program's locales folder alone
};

prompts::ScriptPlace script_place(const PromptPlace& place);

/// Nothing when the program does not compile: its mistakes were told.
std::optional<std::vector<prompts::ScriptLine>> read_script(const PromptPlace& place);

/// Nothing when somebody else writes it, or it cannot be opened: that was told.
std::optional<prompts::FolderClaim> claim_folder(const std::string& folder);

}  // namespace rightsline::cli
