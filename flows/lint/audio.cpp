#include <algorithm>

#include "flows/lint/context.hpp"
#include "locales/audio.hpp"

namespace rightsline::flows {

namespace {

constexpr std::chrono::seconds longest_prompt{20};
constexpr int says_in_a_row = 8;  // further ones are not looked at

class AudioLint {
 public:
    explicit AudioLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (const StaleClip& stale : lint_.build.stale) {
            tell_stale(stale);
        }
        for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
            if (!pack_.allow_tts[i]) {
                check_language(static_cast<LanguageIndex>(i));
            }
        }
        for (const Block& block : pack_.blocks) {
            check_length(block);
        }
        for (std::size_t i = 0; i < pack_.text_keys.size();
             ++i) {  // shared words stand before tones and goodbyes
            const auto text = static_cast<TextIndex>(i);
            if (lint_.build.texts[text].common && lint_.used_in(text, Mode::voice)) {
                check_length(text);
            }
        }
        for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
            check_language_menu(static_cast<BlockIndex>(i));
        }
    }

 private:
    /// A recording of other words is never played; what is heard instead depends on the language.
    void tell_stale(const StaleClip& stale) {
        const bool spoken = pack_.allow_tts[stale.language];
        lint_.at_node(*stale.node, "stale-audio",
                      "the words of '" + pack_.text_keys[stale.text] +
                          "' have changed since they were recorded; " +
                          (spoken ? "until they are recorded again a synthetic voice speaks the new words"
                                  : "until they are recorded again a call is silent there"),
                      "record them again, or tick 'meaning unchanged'",
                      spoken ? Complaint::Level::warning : lint_.draft_level());
    }

    bool is_stale(LanguageIndex language, TextIndex text) const {
        const auto& all = lint_.build.stale;
        return std::any_of(all.begin(), all.end(), [&](const StaleClip& stale) {
            return stale.language == language && stale.text == text;
        });
    }

    bool is_said(LanguageIndex language, TextIndex text) const {
        const bool needed = !pack_.message_only[language] || lint_.build.texts[text].common;
        const auto pieces = pack_.text(language, text).pieces();
        return needed && !is_stale(language, text) && lint_.used_in(text, Mode::voice) &&
               lint_.own_words(language, text) &&
               std::any_of(pieces.begin(), pieces.end(), locales::is_recordable);
    }

    bool lacks_audio(LanguageIndex language, TextIndex text) const {
        const auto pieces = pack_.text(language, text).pieces();
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const AudioClip& clip = pack_.audio[language][text][i];
            const bool unplayable = clip.hash.empty() || (clip.draft && lint_.options.production);
            if (locales::is_recordable(pieces[i]) && unplayable) {
                return true;
            }
        }
        return false;
    }

    void check_language(LanguageIndex language) {
        std::vector<TextIndex> lacking;
        std::size_t said = 0;
        for (std::size_t i = 0; i < pack_.text_keys.size(); ++i) {
            const auto text = static_cast<TextIndex>(i);
            if (is_said(language, text)) {
                ++said;
                if (lacks_audio(language, text)) {
                    lacking.push_back(text);
                }
            }
        }
        if (lacking.size() == said && said > 1) {  // nothing recorded yet: one line, not one for every text
            lint_.findings.push_back(
                {"locales/" + pack_.languages[language].str() + "/" + pack_.program + ".yaml", 1,
                 "missing-audio",
                 "none of the " + std::to_string(said) + " texts that a call says in " +
                     pack_.language_names[language] + " has a recording",
                 "print the sheet with 'rightsline prompts sheet' and record it, or allow tts",
                 lint_.draft_level()});
            return;
        }
        for (const TextIndex text : lacking) {
            lint_.at_text(language, text, "missing-audio",
                          "has no recording, and no voice may speak this language",
                          "record it, or allow tts in program.yaml", lint_.draft_level());
        }
    }

    void check_language_menu(BlockIndex index) {
        const auto* menu = std::get_if<MenuBlock>(&pack_.blocks[index].kind);
        for (std::size_t i = 0; menu != nullptr && i < menu->choices.size(); ++i) {
            if (menu->choices[i].mute && in_mode(pack_.blocks[index], Mode::voice)) {
                lint_.at_block(index, "mute-language",
                               "calls leave out choice '" + menu->choices[i].name +
                                   "': its line has no recording, and no voice may speak that language",
                               "record the choice and 'common.option', or allow tts in program.yaml",
                               lint_.draft_level());
            }
        }
    }

    static bool listens_for_keys(const Block& block) {
        const auto* ask = std::get_if<AskBlock>(&block.kind);
        return std::holds_alternative<MenuBlock>(block.kind) ||
               (ask != nullptr && ask->kind != AskKind::text && ask->kind != AskKind::story);
    }

    /// Key-ahead works in menus, keypad questions and a say before one; what stands before a tone or the end must be heard out.
    bool can_be_cut(const Block& block) const {
        if (!std::holds_alternative<SayBlock>(block.kind)) {
            return listens_for_keys(block);
        }
        const Block* next = &block;
        for (int i = 0; i < says_in_a_row && std::holds_alternative<SayBlock>(next->kind); ++i) {
            if (next->end) {
                return false;
            }
            if (next->exits.next >= pack_.blocks.size()) {
                return true;  // back to whoever called the flow
            }
            next = &pack_.blocks[next->exits.next];
        }
        return !std::holds_alternative<AskBlock>(next->kind) || listens_for_keys(*next);
    }

    void check_length(const Block& block) {
        const auto* say = std::get_if<SayBlock>(&block.kind);
        const Prompt* prompt = say != nullptr ? &say->prompt : prompt_of(block);
        if (prompt == nullptr || can_be_cut(block) || !in_mode(block, Mode::voice)) {
            return;
        }
        check_length(wording(*prompt, Mode::voice));
        if (const auto* ask = std::get_if<AskBlock>(&block.kind)) {
            for (const TextIndex again : ask->again) {
                check_length(again);
            }
        }
    }

    void check_length(TextIndex text) {
        for (std::size_t i = 0; text != no_text && i < pack_.languages.size(); ++i) {
            std::chrono::milliseconds length{0};
            for (const AudioClip& clip : pack_.audio[i][text]) {
                length += clip.length;
            }
            if (length > longest_prompt && lint_.own_words(static_cast<LanguageIndex>(i), text)) {
                lint_.at_text(
                    static_cast<LanguageIndex>(i), text, "long-prompt",
                    "takes " + std::to_string(length.count() / 1000) + " s and no key cuts it short",
                    "keep it under 20 s, or put a menu behind it");
            }
        }
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_audio(LintContext& lint) { AudioLint(lint).run(); }

}  // namespace rightsline::flows
