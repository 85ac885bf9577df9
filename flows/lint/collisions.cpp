#include <algorithm>
#include <map>

#include "flows/lint/context.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {

namespace {

using locales::ReadingWords;
using locales::Words;

bool has(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words that mean two things to the engine, so that the second is never reached.
class CollisionLint {
 public:
    explicit CollisionLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
            check_reading(static_cast<LanguageIndex>(language));
            for (std::size_t block = 0; block < pack_.blocks.size(); ++block) {
                if (const auto* menu = std::get_if<MenuBlock>(&pack_.blocks[block].kind)) {
                    check_menu(static_cast<BlockIndex>(block), *menu, static_cast<LanguageIndex>(language));
                }
            }
        }
    }

 private:
    /// STOP is read before all else, in every language: a Haitian "ready" must not be a Spanish "stop".
    /// What the carriers take for STOP has a rule of its own.
    std::string stop_language(const std::string& word) const {
        const auto carriers = locales::carrier_stop_words();
        if (std::find(carriers.begin(), carriers.end(), word) != carriers.end()) {
            return {};
        }
        for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
            if (has(pack_.reading[i].stop, word)) {
                return pack_.language_names[i];
            }
        }
        return {};
    }

    void check_reading(LanguageIndex language) {
        const auto locale = lint_.build.sources.locales.find(pack_.languages[language].str());
        if (locale == lint_.build.sources.locales.end()) {
            return;
        }
        const ReadingWords& words = pack_.reading[language];
        const std::pair<const char*, const Words*> lists[] = {
            {"yes", &words.yes},        {"no", &words.no},         {"start", &words.start},
            {"help", &words.help},      {"cries", &words.cries},   {"menu", &words.menu},
            {"back", &words.back},      {"repeat", &words.repeat}, {"done", &words.done},
            {"skip", &words.skip},      {"thanks", &words.thanks}, {"erase", &words.erase},
            {"call_me", &words.call_me}};
        for (const auto& [name, list] : lists) {
            for (const std::string& word : *list) {
                const std::string other = stop_language(word);
                if (!other.empty()) {
                    lint_.at_node(locale->second.common["reading"][name], "word-collision",
                                  "'" + word + "' under " + name + ": means STOP in " + other +
                                      ", and STOP of every language ends all texts to that phone",
                                  "take the word out of one of the two lists");
                }
            }
        }
    }

    void check_menu(BlockIndex index, const MenuBlock& menu, LanguageIndex language) {
        const Block& block = pack_.blocks[index];
        if (pack_.message_only[language] || !(in_mode(block, Mode::sms) || in_mode(block, Mode::ussd))) {
            return;
        }
        for (const Choice& choice : menu.choices) {
            const auto words = choice.words.find(language);
            for (const std::string& word : words == choice.words.end() ? Words{} : words->second) {
                check_word(index, choice, language, word);
            }
        }
        check_twice(index, menu, language);
    }

    /// A word of two choices picks neither: the engine never guesses between them.
    void check_twice(BlockIndex index, const MenuBlock& menu, LanguageIndex language) {
        std::map<std::string, std::string> taken;  // word -> the choice that has it
        for (const Choice& choice : menu.choices) {
            const auto words = choice.words.find(language);
            for (const std::string& word : words == choice.words.end() ? Words{} : words->second) {
                const auto [first, fresh] = taken.emplace(word, choice.name);
                if (!fresh && first->second != choice.name) {
                    lint_.at_words(index, choice, language, "word-collision",
                                   "'" + word + "' in menu '" + pack_.blocks[index].name + "' (" +
                                       pack_.language_names[language] + ") is a word of choice '" +
                                       first->second + "' and of '" + choice.name + "', and picks neither",
                                   "take it out of one of the two");
                }
            }
        }
    }

    void check_word(BlockIndex index, const Choice& choice, LanguageIndex language, const std::string& word) {
        const std::string place =
            "'" + word + "' for choice '" + choice.name + "' (" + pack_.language_names[language] + ") ";
        if (const std::string other = stop_language(word); !other.empty()) {
            lint_.at_block(index, "word-collision",
                           place + "means STOP in " + other + ": a worker who sends it gets no more texts",
                           "say the choice in another way, or take the word out");
            return;
        }
        const Block& block = pack_.blocks[index];
        const BlockIndex meant = choice.go != no_block ? choice.go : block.exits.next;
        if (const std::string keyword = keyword_of(block, language, word, meant); !keyword.empty()) {
            lint_.at_block(index, "word-collision",
                           place + "is read as " + keyword + " before the menu sees it",
                           "take the word out, or lead the choice there", Complaint::Level::warning);
        }
    }

    /// What the engine takes the word for, when that leads elsewhere than the choice.
    std::string keyword_of(const Block& block, LanguageIndex language, const std::string& word,
                           BlockIndex meant) const {
        const Flow& flow = pack_.flows[block.flow];
        const ReadingWords& own = pack_.reading[language];
        if (has(own.back, word) || has(own.repeat, word)) {
            return has(own.back, word) ? "'back'" : "'repeat'";
        }
        const std::string name = has(own.help, word) || has(own.cries, word) ? "help"
                                 : has(own.menu, word)                       ? "menu"
                                                                             : word;
        const auto keyword = flow.keywords.find(name);
        const bool elsewhere = keyword != flow.keywords.end() && keyword->second != meant &&
                               name != "delete";  // a menu that offers it reads it first
        return elsewhere ? "the keyword '" + name + "'" : std::string{};
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_collisions(LintContext& lint) { CollisionLint(lint).run(); }

}  // namespace rightsline::flows
