#include "gateway/cli/tell_audio.hpp"

#include <string>

#include "flows/language_waits.hpp"

namespace rightsline::cli {
namespace {

std::string in_seconds(std::chrono::milliseconds length) {
    const auto tenths = (length.count() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

void tell_recordings(const flows::Pack& pack, std::ostream& out) {
    for (std::size_t language = 0; language < pack.audio.size(); ++language) {
        std::size_t recorded = 0;
        std::size_t draft = 0;
        for (const std::vector<flows::AudioClip>& clips : pack.audio[language]) {
            for (const flows::AudioClip& clip : clips) {
                recorded += !clip.hash.empty() && !clip.draft ? 1 : 0;
                draft += !clip.hash.empty() && clip.draft ? 1 : 0;
            }
        }
        if (recorded + draft != 0) {
            out << pack.program << " " << pack.languages[language].str() << ": " << recorded
                << " prompts recorded, " << draft << " draft\n";
        }
    }
}

}  // namespace

void tell_audio(const flows::Pack& pack, std::ostream& out) {
    tell_recordings(pack, out);
    for (const flows::LanguageWait& wait : flows::language_waits(pack)) {
        out << pack.program << ": " << wait.language << " is named after " << (wait.guessed ? "about " : "")
            << in_seconds(wait.named) << " of a call";
        if (wait.next_named.count() != 0) {
            out << ", all that is offered next " << in_seconds(wait.next_named) << " after its key";
        }
        out << "\n";
    }
}

}  // namespace rightsline::cli
