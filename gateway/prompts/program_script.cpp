#include "gateway/prompts/program_script.hpp"

#include <algorithm>

#include "flows/loader.hpp"
#include "gateway/prompts/audio_shelf.hpp"

namespace rightsline::prompts {
namespace {

/// As the loader judges it: a line that has a draft plays that, one that has nothing but other words plays nothing.
void mark_stale(std::vector<ScriptLine>& script, const std::string& folder) {
    AudioShelf shelf(folder);
    for (ScriptLine& line : script) {
        if (line.state == ScriptLine::State::missing && shelf.has_stale(line)) {
            line.state = ScriptLine::State::stale;
        }
    }
}

void mark_all_stale(std::vector<ScriptLine>& script, const stores::SourceRoots& roots) {
    mark_stale(script, roots.locales_directory);
    for (const std::string& folder : roots.audio_directories) {
        mark_stale(script, folder);
    }
}

/// Somebody approved a recording of these words since the pack was read.
void mark_ahead(ScriptLine& line, AudioShelf& shelf) {
    const locales::AudioEntry* approved =
        line.state == ScriptLine::State::untranslated ? nullptr : shelf.approved(line);
    if (approved != nullptr && approved->hash != line.hash) {
        line.state = ScriptLine::State::recorded;
        line.hash = approved->hash;
        line.length = approved->length;
        line.is_ahead = true;
    }
}

}  // namespace

std::vector<ScriptLine> read_script(const ScriptPlace& place, const std::string& language,
                                    locales::Complaints& complaints) {
    const flows::Bundle bundle = stores::read_bundle(place.roots, complaints);
    const flows::Compiled compiled = flows::compile(bundle);
    complaints.insert(complaints.end(), compiled.complaints.begin(), compiled.complaints.end());
    if (!compiled.pack) {
        return {};
    }
    std::vector<ScriptLine> script = script_sheet(*compiled.pack, language);
    mark_all_stale(script, place.roots);
    return script;
}

std::vector<ScriptLine> script_of(const flows::Pack& pack, const ScriptPlace& place,
                                  const std::string& language) {
    std::vector<ScriptLine> script = script_sheet(pack, language);
    AudioShelf shelf(place.recordings);
    for (ScriptLine& line : script) {
        mark_ahead(line, shelf);
    }
    mark_all_stale(script, place.roots);
    return script;
}

std::optional<ScriptLine> line_of(const flows::Pack& pack, const ScriptPlace& place,
                                  const std::string& language, const std::string& name) {
    std::vector<ScriptLine> script = script_sheet(pack, language);
    const auto found = std::ranges::find(script, name, &ScriptLine::name);
    if (language.empty() || found == script.end()) {
        return std::nullopt;
    }
    AudioShelf shelf(place.recordings);
    mark_ahead(*found, shelf);
    return *std::move(found);
}

}  // namespace rightsline::prompts
