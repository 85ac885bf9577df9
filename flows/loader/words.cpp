#include <algorithm>
#include <unordered_map>

#include "flows/loader/build.hpp"

namespace rightsline::flows {

namespace {

using locales::ReadingWords;

std::vector<std::string> folded(const Node& node, Complaints& complaints) {
    std::vector<std::string> words;
    for (const std::string& word : read_list(node, complaints)) {
        std::string plain = locales::fold(word);
        if (!plain.empty() && std::find(words.begin(), words.end(), plain) == words.end()) {
            words.push_back(std::move(plain));
        }
    }
    return words;
}

ReadingWords read_reading(const Node& node, Complaints& complaints) {
    ReadingWords words;
    if (!is_map(node, complaints)) {
        return words;
    }
    const std::vector<std::pair<const char*, std::vector<std::string>*>> lists{
        {"yes", &words.yes},
        {"no", &words.no},
        {"stop", &words.stop},
        {"stop_phrases", &words.stop_phrases},
        {"start", &words.start},
        {"help", &words.help},
        {"cries", &words.cries},
        {"menu", &words.menu},
        {"back", &words.back},
        {"repeat", &words.repeat},
        {"done", &words.done},
        {"skip", &words.skip},
        {"courtesy", &words.courtesy},
        {"greetings", &words.greetings},
        {"small_talk", &words.small_talk},
        {"thanks", &words.thanks},
        {"erase", &words.erase},
        {"call_me", &words.call_me},
        {"option", &words.option}};
    std::vector<std::string> known{"numbers", "languages"};
    for (const auto& [name, list] : lists) {
        known.emplace_back(name);
        *list = folded(node[name], complaints);
    }
    locales::refuse_unknown_keys(node, known, complaints);
    const Node& numbers = node["numbers"];
    if (numbers && numbers.items().size() != words.numbers.size()) {
        complaints.push_back(numbers.complain(
            "bad-value", "numbers: holds " + std::to_string(numbers.items().size()) + " lists, not 13",
            "give the words for 0 to 12, one list each"));
    }
    for (std::size_t i = 0; i < std::min(numbers.items().size(), words.numbers.size()); ++i) {
        words.numbers[i] = folded(numbers.items()[i], complaints);
    }
    for (const auto& [tag, list] : node["languages"].entries()) {
        words.languages[tag] = folded(list, complaints);
    }
    return words;
}

class WordBuilder {
 public:
    explicit WordBuilder(Build& build) : build_(build), pack_(*build.pack) {}

    void build() {
        pack_.reading.resize(pack_.languages.size());
        pack_.danger_words.resize(pack_.languages.size());
        pack_.calm_words.resize(pack_.languages.size());
        index_choices();
        add_words(pack_.danger_words[0], build_.sources.program["danger_words"]);
        for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
            const auto language = static_cast<LanguageIndex>(i);
            for (LanguageTag tag = pack_.languages[i]; !tag.is_undetermined(); tag = tag.parent()) {
                read_locale(language, tag.str());
            }
            add_said_words(language);
        }
        index_danger(pack_);
        for (const auto& [tag, source] : build_.sources.locales) {
            check_file(tag, source);
        }
    }

 private:
    void index_choices() {
        for (std::size_t b = 0; b < pack_.blocks.size(); ++b) {
            auto* menu = std::get_if<MenuBlock>(&pack_.blocks[b].kind);
            if (menu == nullptr) {
                continue;
            }
            const std::string block = pack_.block_key(static_cast<BlockIndex>(b));
            for (Choice& choice : menu->choices) {
                const std::string key = block + "." + choice.name;
                choices_[key].push_back(&choice);
                const bool family = choice.say != no_text && pack_.text_keys[choice.say] != key;
                if (family) {  // program.families.<key>: one list of words for every menu that offers it
                    choices_[pack_.text_keys[choice.say]].push_back(&choice);
                }
            }
        }
    }

    static void add(Choice& choice, LanguageIndex language, const std::vector<std::string>& words) {
        std::vector<std::string>& place = choice.words[language];
        for (const std::string& word : words) {
            if (!word.empty() && std::find(place.begin(), place.end(), word) == place.end()) {
                place.push_back(word);
            }
        }
    }

    void add_words(std::vector<std::string>& list, const Node& node) {
        const std::vector<std::string> words = folded(node, build_.complaints);
        list.insert(list.end(), words.begin(), words.end());
    }

    void read_locale(LanguageIndex language, const std::string& tag) {
        const auto found = build_.sources.locales.find(tag);
        if (found == build_.sources.locales.end()) {
            return;
        }
        const LocaleSource& source = found->second;
        if (source.common.has("reading") && pack_.reading[language].yes.empty()) {
            pack_.reading[language] = read_reading(source.common["reading"], build_.complaints);
        }
        add_words(pack_.danger_words[language], source.program["danger_words"]);
        add_words(pack_.calm_words[language], source.program["no_danger_words"]);
        for (const auto& [key, words] : source.program["words"].entries()) {
            const auto choice = choices_.find(key);
            if (choice == choices_.end()) {
                complain_unknown(words, key);
                continue;
            }
            const std::vector<std::string> list = folded(words, build_.complaints);
            for (Choice* each : choice->second) {
                add(*each, language, list);
            }
        }
    }

    void complain_unknown(const Node& node, const std::string& key) {
        std::vector<std::string> keys;
        keys.reserve(choices_.size());
        for (const auto& [name, choices] : choices_) {
            keys.push_back(name);
        }
        const auto near = locales::nearest(key, keys);
        build_.complain(
            node, "unknown-choice", "no menu has a choice '" + key + "'",
            near ? "did you mean '" + *near + "'?" : "take it out, or mend its flow and block name");
    }

    /// What a menu says is what a worker may type back.
    void add_said_words(LanguageIndex language) {
        for (auto& [key, choices] : choices_) {
            for (Choice* choice : choices) {
                const auto* said =
                    choice->say == no_text ? nullptr : pack_.texts[language][choice->say].get();
                if (said != nullptr && said->placeholders().empty()) {
                    add(*choice, language, {locales::fold(said->text({}))});
                }
            }
        }
    }

    void check_file(const std::string& tag, const LocaleSource& source) {
        locales::refuse_unknown_keys(source.common,
                                     {"language", "name", "review", "texts", "reading", "from", "note"},
                                     build_.complaints);
        locales::refuse_unknown_keys(source.program,
                                     {"program", "language", "review", "texts", "words", "danger_words",
                                      "no_danger_words", "from", "note"},
                                     build_.complaints);
        for (const Node* root : {&source.common, &source.program}) {
            const Node& language = (*root)["language"];
            if (!root->missing() && language.text() != tag) {
                build_.complain(
                    language, "wrong-language",
                    "the file says language '" + language.text() + "' and its folder says '" + tag + "'",
                    "make the two agree");
            }
        }
    }

    Build& build_;
    Pack& pack_;
    std::map<std::string, std::vector<Choice*>> choices_;
};

}  // namespace

void build_words(Build& build) { WordBuilder(build).build(); }

}  // namespace rightsline::flows
