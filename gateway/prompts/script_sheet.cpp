#include "gateway/prompts/script_sheet.hpp"

#include <set>

#include "locales/audio.hpp"

namespace rightsline::prompts {
namespace {

bool is_spoken(const std::string& key) { return !key.ends_with(".sms") && !key.ends_with(".ussd"); }

/// What a call plays of that piece of a text.
void attach_clip(ScriptLine& line, const std::vector<flows::AudioClip>& clips) {
    if (line.piece >= clips.size() || clips[line.piece].hash.empty()) {
        return;
    }
    const flows::AudioClip& clip = clips[line.piece];
    line.state = clip.draft ? ScriptLine::State::draft : ScriptLine::State::recorded;
    line.hash = clip.hash;
    line.length = clip.length;
}

/// Texts that stay the same in every language, such as the languages' names in the menu that offers them.
std::set<std::size_t> fixed_texts(const flows::Pack& pack) {
    std::set<std::size_t> fixed;
    for (const flows::Block& block : pack.blocks) {
        const auto* menu = std::get_if<flows::MenuBlock>(&block.kind);
        for (std::size_t i = 0; menu != nullptr && i < menu->choices.size(); ++i) {
            if (menu->choices[i].fixed) {
                fixed.insert(menu->choices[i].say);
            }
        }
    }
    return fixed;
}

/// The loader shares the first language's message where another has no words of its own.
bool is_untranslated(const flows::Pack& pack, std::size_t language, std::size_t text,
                     const std::set<std::size_t>& fixed) {
    return language != 0 && pack.texts[language][text] == pack.texts[0][text] && !fixed.contains(text);
}

void add_text(std::vector<ScriptLine>& sheet, const flows::Pack& pack, std::size_t language, std::size_t text,
              bool untranslated) {
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
        attach_clip(line, pack.audio[language][text]);
        if (untranslated) {
            line.state = ScriptLine::State::untranslated;
        }
        sheet.push_back(std::move(line));
    }
}

}  // namespace

std::string_view word(ScriptLine::State state) {
    switch (state) {
        case ScriptLine::State::draft:
            return "draft";
        case ScriptLine::State::stale:
            return "stale";
        case ScriptLine::State::recorded:
            return "recorded";
        case ScriptLine::State::untranslated:
            return "untranslated";
        case ScriptLine::State::missing:
            break;
    }
    return "missing";
}

std::vector<ScriptLine> script_sheet(const flows::Pack& pack, const std::string& language) {
    const std::set<std::size_t> fixed = fixed_texts(pack);
    std::vector<ScriptLine> sheet;
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        if (!language.empty() && pack.languages[i].str() != language) {
            continue;
        }
        for (std::size_t text = 0; text < pack.text_keys.size(); ++text) {
            add_text(sheet, pack, i, text, is_untranslated(pack, i, text, fixed));
        }
    }
    return sheet;
}

}  // namespace rightsline::prompts
