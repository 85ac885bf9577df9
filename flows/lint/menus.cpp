#include <algorithm>

#include "flows/limits.hpp"
#include "flows/lint/context.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {

namespace {

/// Answering a menu with one of these cuts the worker off: the carrier takes it for STOP.
bool is_opt_out(std::string_view word) {
    const auto words = locales::carrier_stop_words();
    return std::find(words.begin(), words.end(), word) != words.end();
}

class MenuLint {
 public:
    explicit MenuLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
            if (const auto* menu = std::get_if<MenuBlock>(&pack_.blocks[i].kind)) {
                check(static_cast<BlockIndex>(i), *menu);
            }
        }
        for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
            check_reading(static_cast<LanguageIndex>(i));
        }
        for (const Flow& flow : pack_.flows) {
            check_keywords(flow);
        }
    }

 private:
    void check(BlockIndex index, const MenuBlock& menu) {
        const Block& block = pack_.blocks[index];
        if (in_mode(block, Mode::voice) && menu.choices.size() > limits::choices_on_voice) {
            lint_.at_block(index, "too-many-choices",
                           "menu '" + block.name + "' offers " + std::to_string(menu.choices.size()) +
                               " choices on a call; people keep five in mind",
                           "split it into two menus");
        }
        for (const Choice& choice : menu.choices) {
            check_key(index, choice);
            check_words(index, choice);
        }
        for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
            check_yes_no(index, menu, static_cast<LanguageIndex>(i));
        }
    }

    void check_key(BlockIndex index, const Choice& choice) {
        const Flow& flow = pack_.flows[pack_.blocks[index].flow];
        const char key = choice.key.empty() ? '\0' : choice.key[0];
        const bool taken = flow.hotkeys.count(key) != 0 || key == flow.repeat_key || key == flow.back_key;
        if (choice.key.size() == 1 && taken) {
            lint_.at_node(
                lint_.choice_node(index, choice), "key-collision",
                "key " + choice.key + " picks choice '" + choice.name + "' and is a hotkey of the flow too",
                "give the choice another key, or the hotkey");
        }
    }

    void check_words(BlockIndex index, const Choice& choice) {
        for (const auto& [language, words] : choice.words) {
            const auto bad = std::find_if(words.begin(), words.end(), is_opt_out);
            if (bad != words.end()) {
                lint_.at_words(
                    index, choice, language, "opt-out-word",
                    "'" + *bad +
                        "' is what a carrier takes for STOP: a worker who sends it gets no more texts",
                    "take the word out, or say it in another way");
            }
        }
    }

    void check_reading(LanguageIndex language) {
        const auto& words = pack_.reading[language];
        const auto locale = lint_.build.sources.locales.find(pack_.languages[language].str());
        if (locale == lint_.build.sources.locales.end()) {
            return;
        }
        const Node& reading = locale->second.common["reading"];
        for (const auto& [name, list] :
             {std::pair("yes", &words.yes), std::pair("no", &words.no), std::pair("menu", &words.menu),
              std::pair("back", &words.back), std::pair("repeat", &words.repeat),
              std::pair("done", &words.done), std::pair("skip", &words.skip)}) {
            const auto bad = std::find_if(list->begin(), list->end(), is_opt_out);
            if (bad != list->end()) {
                lint_.at_node(reading[name], "opt-out-word",
                              "'" + *bad + "' under " + name + ": is what a carrier takes for STOP",
                              "take the word out");
            }
        }
    }

    void check_keywords(const Flow& flow) {
        for (const auto& [word, where] : flow.keywords) {
            const auto* act = where == no_block ? nullptr : std::get_if<DoBlock>(&pack_.blocks[where].kind);
            if (is_opt_out(word) && (act == nullptr || act->action != "opt_out")) {
                lint_.findings.push_back({flow.file, keyword_line(flow, word), "opt-out-word",
                                          "keyword '" + word + "' is what a carrier takes for STOP",
                                          "lead it to a block with do: opt_out, or take it out",
                                          Complaint::Level::error});
            }
        }
    }

    int keyword_line(const Flow& flow, const std::string& word) const {
        for (const FlowSource& source : lint_.build.sources.flows) {
            for (const auto& [typed, node] : source.root["keywords"].entries()) {
                if (source.name == flow.name && locales::fold(typed) == word) {
                    return node.line();
                }
            }
        }
        return 0;
    }

    static bool accepts(const Choice& choice, LanguageIndex language, const std::vector<std::string>& list) {
        const auto words = choice.words.find(language);
        return words != choice.words.end() &&
               std::any_of(words->second.begin(), words->second.end(), [&](const auto& w) {
                   return std::find(list.begin(), list.end(), w) != list.end();
               });
    }

    /// A plain "yes" must mean one thing, and where it means something, "no" must too.
    void check_yes_no(BlockIndex index, const MenuBlock& menu, LanguageIndex language) {
        int yes = 0;
        int no = 0;
        bool both = false;
        for (const Choice& choice : menu.choices) {
            const bool says_yes = accepts(choice, language, pack_.reading[language].yes);
            const bool says_no = accepts(choice, language, pack_.reading[language].no);
            yes += says_yes ? 1 : 0;
            no += says_no ? 1 : 0;
            both = both || (says_yes && says_no);
        }
        if (both || yes > 1 || no > 1 || (yes == 0) != (no == 0)) {
            const std::string& name = pack_.language_names[language];
            const std::string what = both                ? "one choice takes both a yes and a no"
                                     : yes > 1 || no > 1 ? "a plain yes or no fits two choices"
                                                         : "a plain yes or no fits on one side only";
            lint_.at_block(index, "yes-no-trap",
                           "in menu '" + pack_.blocks[index].name + "', " + what + " (" + name + ")",
                           "give one choice the yes words and one the no words, or neither",
                           Complaint::Level::warning);
        }
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_menus(LintContext& lint) { MenuLint(lint).run(); }

}  // namespace rightsline::flows
