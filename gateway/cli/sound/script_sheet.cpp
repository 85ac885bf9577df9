#include "gateway/cli/sound/script_sheet.hpp"

#include "locales/audio.hpp"

namespace rightsline::cli {
namespace {

bool is_spoken(const std::string& key) { return !key.ends_with(".sms") && !key.ends_with(".ussd"); }

ScriptLine::State state_of(const flows::Pack& pack, std::size_t language, std::size_t text,
                           std::size_t piece) {
    const auto& clips = pack.audio[language][text];
    if (piece >= clips.size() || clips[piece].hash.empty()) {
        return ScriptLine::State::missing;
    }
    return clips[piece].draft ? ScriptLine::State::draft : ScriptLine::State::recorded;
}

void add_text(std::vector<ScriptLine>& sheet, const flows::Pack& pack, std::size_t language,
              std::size_t text) {
    const auto& message = pack.texts[language][text];
    const std::string& key = pack.text_keys[text];
    if (!message || !is_spoken(key)) {
        return;
    }
    const auto pieces = message->pieces();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!locales::is_recordable(pieces[i])) {
            continue;
        }
        ScriptLine line;
        line.language = pack.languages[language].str();
        line.group = key.starts_with("common.") ? "common" : pack.program;
        line.key = key;
        line.piece = static_cast<unsigned>(i);
        line.text = std::get<locales::TextPiece>(pieces[i]).text;
        line.state = state_of(pack, language, text, i);
        sheet.push_back(std::move(line));
    }
}

}  // namespace

std::vector<ScriptLine> script_sheet(const flows::Pack& pack, const std::string& language) {
    std::vector<ScriptLine> sheet;
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        if (!language.empty() && pack.languages[i].str() != language) {
            continue;
        }
        for (std::size_t text = 0; text < pack.text_keys.size(); ++text) {
            add_text(sheet, pack, i, text);
        }
    }
    return sheet;
}

}  // namespace rightsline::cli
