#include "gateway/cli/sound/prompt_place.hpp"

#include <iostream>

namespace rightsline::cli {

prompts::ScriptPlace script_place(const PromptPlace& place) {
    const std::string beside = stores::locales_beside(place.program);
    stores::SourceRoots roots{place.program, beside, {}};
    if (!place.out.empty()) {
        roots.audio_directories.push_back(place.out);
    }
    return {std::move(roots), place.out.empty() ? beside : place.out};
}

std::optional<std::vector<prompts::ScriptLine>> read_script(const PromptPlace& place) {
    locales::Complaints complaints;
    std::vector<prompts::ScriptLine> script =
        prompts::read_script(script_place(place), place.language, complaints);
    for (const locales::Complaint& complaint : complaints) {
        if (complaint.level == locales::Complaint::Level::error) {
            std::cerr << to_line(complaint) << "\n";
        }
    }
    return has_errors(complaints) ? std::nullopt : std::optional(std::move(script));
}

std::optional<prompts::FolderClaim> claim_folder(const std::string& folder) {
    Result<prompts::FolderClaim> claim = prompts::FolderClaim::take(folder);
    if (!claim) {
        std::cerr << folder << ": " << claim.error().message() << "\n";
        return std::nullopt;
    }
    return *std::move(claim);
}

}  // namespace rightsline::cli
